"""The stages that are measured, each run in a process of its own: `python -m benchmarks.stages`.

Belongs here: what a stage does and how many rows it goes through. Does not: how its memory and
processor time are taken, or how stages compare (bench).
"""

import json
import random
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from benchmarks import generator
from benchmarks.queries import QUESTIONS
from benchmarks.sizes import MONTH_BEFORE, REPORT_DATE, SIZES, Size
from orchestration import quality, transform
from orchestration.publishing import publication
from orchestration.settings import PROJECT_ROOT, WarehousePaths

THREADS = 2


class Bench:
    """The warehouse that is measured, in folder `root`."""

    def __init__(self, root: Path, size: Size):
        self.paths = WarehousePaths(root / "warehouse")
        self.size = size
        self.months_db = root / "months.duckdb"
        self.parquet = root / "raw"

    def connect(self, database: Path | None = None, **options) -> duckdb.DuckDBPyConnection:
        """Open the build database, or another, with the settings of all measures."""
        connection = duckdb.connect(str(database or self.paths.build_db), **options)
        connection.execute(f"set threads = {THREADS}")
        connection.execute("set preserve_insertion_order = false")
        return connection

    def count(self, *tables: str) -> int:
        """Add up the rows of tables of the build database."""
        with self.connect(read_only=True) as connection:
            return sum(
                connection.execute(f"select count(*) from {table}").fetchone()[0]
                for table in tables
            )


RAW_FACTS = ("raw.metas_programadas", "raw.metas_ejecutadas")


def generate(bench: Bench) -> dict:
    """Make the raw rows up to the month before the last."""
    bench.paths.private.mkdir(parents=True)
    with bench.connect() as connection:
        generator.generate(connection, bench.size)
    return {"rows": bench.count(*RAW_FACTS)}


def parse(bench: Bench) -> dict:
    """Parse the project as after an installation: what dbt does once for each state of it."""
    shutil.rmtree(PROJECT_ROOT / "target" / "parsed", ignore_errors=True)
    transform.parsed_manifest(bench.paths, target="duckdb")
    return {}


def _models(bench: Bench, as_of) -> dict:
    built = transform.run_models(bench.paths, as_of=as_of, target="duckdb")
    return {"rows": bench.count(*RAW_FACTS), "models": built.seconds_by_model}


def _measured_models(bench: Bench) -> dict:
    """Build as of the report date; the time and processor are those of the build alone."""
    wall, cpu = time.perf_counter(), time.process_time()
    built = _models(bench, REPORT_DATE)
    return built | {"seconds": time.perf_counter() - wall, "processor": time.process_time() - cpu}


def models(bench: Bench) -> dict:
    """Build every model from nothing."""
    return _models(bench, MONTH_BEFORE)


def next_month(bench: Bench) -> dict:
    """Build again after one month more was registered; the load itself is not counted."""
    with bench.connect() as connection:
        generator.prepare(connection, bench.size)
        generator.next_month(connection)
    return _measured_models(bench)


def late_correction(bench: Bench) -> dict:
    """Build again after one entity corrected a month of the first year, its load not counted."""
    with bench.connect() as connection:
        generator.late_correction(connection, REPORT_DATE)
    return _measured_models(bench)


def _assess(bench: Bench, as_of) -> dict:
    quality.assess(bench.paths, as_of=as_of)
    return {"rows": bench.count("intermediate.int_calidad")}


def assess(bench: Bench) -> dict:
    """Judge the quality of what was built from nothing; rows are all measures there are."""
    return _assess(bench, MONTH_BEFORE)


def assess_month(bench: Bench) -> dict:
    """Judge what next_month computed."""
    return _assess(bench, REPORT_DATE)


def assess_correction(bench: Bench) -> dict:
    """Judge what late_correction computed."""
    return _assess(bench, REPORT_DATE)


def publish(bench: Bench) -> dict:
    """Publish everything, as after a computation from nothing: database, Parquet, manifest."""
    published = publication.publish(bench.paths, as_of=REPORT_DATE, target="duckdb")
    return {"rows": sum(published.rows.values())}


def publish_month(bench: Bench) -> dict:
    """Publish what next_month computed upon what was published before."""
    return publish(bench)


def publish_correction(bench: Bench) -> dict:
    """Publish what late_correction computed upon what was published before."""
    return publish(bench)


# The eight columns that any roll-up reads: key, month, four figures.
_EIGHT = """
    entidad_id, plan_id, actividad_id, mes, programado_fisico, ejecutado_fisico,
    programado_financiero, ejecutado_financiero
"""


def months(bench: Bench) -> dict:
    """Keep the eight columns in a native table of their own, for the scan."""
    with bench.connect(bench.months_db) as connection:
        connection.execute(f"attach '{bench.paths.build_db}' as build (read_only)")
        connection.execute(
            f"create table months as select {_EIGHT} from build.marts.fct_meta_mensual "
            "order by entidad_id, plan_id"
        )
    return {}


def scan(bench: Bench) -> dict:
    """Read every value of the eight columns: the unit of all ratios. The best of five."""
    columns = ", ".join(f"max({name.strip()})" for name in _EIGHT.split(","))
    with bench.connect(bench.months_db, read_only=True) as connection:
        (rows,) = connection.execute("select count(*) from months").fetchone()
        seconds, processor = [], []
        for _ in range(5):
            wall, cpu = time.perf_counter(), time.process_time()
            connection.execute(f"select {columns} from months").fetchall()
            seconds.append(time.perf_counter() - wall)
            processor.append(time.process_time() - cpu)
    return {"rows": rows, "seconds": min(seconds), "processor": min(processor)}


def questions(bench: Bench) -> dict:
    """Ask the six questions of random entities: 5 times of a file just opened, 100 warm."""
    chance = random.Random(1)  # noqa: S311
    with duckdb.connect(str(bench.paths.published), read_only=True) as connection:
        targets = connection.execute("""
            select distinct entidad_id, plan_id, anio, oei_id from marts.fct_avance_objetivo
            where mes_corte = 12 order by all
        """).fetchall()
    answer = {}
    for name, sql in QUESTIONS.items():

        def ask(connection, sql=sql):
            entity, plan, year, objective = chance.choice(targets)
            text = sql.format(entidad=entity, plan=plan, anio=year, oei=objective)
            started = time.perf_counter()
            connection.execute(text).fetchall()
            return 1000 * (time.perf_counter() - started)

        cold = []
        for _ in range(5):
            with bench.connect(bench.paths.published, read_only=True) as connection:
                cold.append(ask(connection))
        with bench.connect(bench.paths.published, read_only=True) as connection:
            warm = sorted(ask(connection) for _ in range(100))
        answer[name] = {"warm_p50": warm[49], "warm_p95": warm[94], "first": max(cold)}
    return {"rows": len(targets), "questions": answer}


def overhead(bench: Bench) -> dict:
    """Build again where there is nothing to compute: what dbt itself costs."""
    with bench.connect() as connection:
        for table in RAW_FACTS:
            connection.execute(f"delete from {table}")
    return _models(bench, REPORT_DATE)


STAGES: dict[str, Callable[[Bench], dict]] = {
    stage.__name__: stage
    for stage in (
        generate, parse, models, assess, publish, next_month, assess_month, publish_month,
        late_correction, assess_correction, publish_correction, months, scan, questions, overhead,
    )
}  # fmt: skip


def main() -> None:
    """Run one stage and print what it found as a line of JSON."""
    name, size, root = sys.argv[1:]
    stages = dict(STAGES)
    if name not in stages:
        from benchmarks import engines, yardsticks

        stages |= yardsticks.STAGES | engines.STAGES
    bench = Bench(Path(root), SIZES[size])
    wall, cpu = time.perf_counter(), time.process_time()
    found = stages[name](bench)
    result = {
        "seconds": time.perf_counter() - wall,
        "processor": time.process_time() - cpu,
    } | found
    print(json.dumps(result))


if __name__ == "__main__":
    main()
