"""A warehouse refreshed month by month equals one that is computed from nothing, row for row.

Random plans of every kind, their targets and registrations arriving in monthly files: on time,
late, and some before their date. In between a tree of centres and the weights of actions change.
What is published of it, each time upon the publication before, equals one made from nothing too;
and where only what changed is judged, the findings are those of judging everything.
"""

import contextlib
import os
import shutil
from datetime import date
from pathlib import Path
from random import Random

import duckdb
import pytest
from reference.drafting import Draft
from reference.strategies import FolderSeed

from orchestration import findings
from orchestration.errors import SemaforoError
from orchestration.loading import load_folder
from orchestration.publishing.publication import publish
from orchestration.quality import assess
from orchestration.settings import SHIPPED_SEEDS, WarehousePaths
from orchestration.transform import run_models

# A folder holds dozens of plans of every kind, and costs two minutes; more find rarer cases.
EXAMPLES = int(os.environ.get("SEMAFORO_MONTHLY_EXAMPLES", "1"))
STEPS = (date(2024, 9, 10), date(2024, 11, 2), date(2025, 1, 31), date(2025, 3, 5))
# The third is computed and not published, as where something critical is found.
PUBLISHED = (1, 2, 4)
# Later than every date in the shipped catalogs.
TODAY = date(2026, 12, 31)
DATED = {"metas_programadas": "fecha_version", "metas_ejecutadas": "fecha_registro"}


def monthly_files(example: FolderSeed) -> list[dict[str, list[dict]]]:
    """Deal the rows of a random folder out to the steps."""
    tables, dice = example.draft().tables, Random(example.seed)  # noqa: S311
    files = [{table: [] for table in tables} for _ in STEPS]
    for table, rows in tables.items():
        for row in rows:
            step = 0
            if table in DATED:
                day = row[DATED[table]]
                step = next((i for i, end in enumerate(STEPS) if day <= end), len(STEPS) - 1)
                # One in five comes in a later file, one in ten before its date.
                step += dice.choice((0,) * 7 + (1, 1, -1))
            files[min(max(step, 0), len(STEPS) - 1)][table].append(row)
    actions = tables["acciones"]
    files[2]["acciones"] = [dice.choice(actions) | {"ponderacion": 7}]
    leaves = [row for row in tables["centros_costo"] if row.get("centro_padre_id")]
    files[3]["centros_costo"] = [dice.choice(leaves) | {"centro_padre_id": None}]
    return files


def load(paths: WarehousePaths, rows: dict[str, list[dict]], folder: Path) -> None:
    """Load rows as a folder of contract CSVs."""
    folder.mkdir()
    part = Draft(1, TODAY)
    part.tables = {table: found for table, found in rows.items() if found}
    part.write(folder)
    report = load_folder(paths.build_db, folder, today=TODAY, catalogs=SHIPPED_SEEDS)
    assert not [file for file in report.files if file.quarantined or file.reason], report.faults


def compute(paths: WarehousePaths, as_of: date) -> None:
    """Run the models as a refresh does."""
    run_models(paths, as_of=as_of, target="duckdb")


def touched(paths: WarehousePaths) -> tuple[int, int]:
    """How many plans the last run computed anew, and how many there are."""
    with duckdb.connect(str(paths.build_db), read_only=True) as connection:
        return connection.execute("""
            select (select count(*) from raw.plan_tocado),
                (select count(*) from staging.stg_planes)
        """).fetchone()


def differences(paths: WarehousePaths, root: Path, as_of: date) -> list[tuple[str, int]]:
    """Compute a copy from nothing; name each table that is not the same, both ways."""
    other = WarehousePaths(root)
    other.private.mkdir(parents=True)
    shutil.copy(paths.build_db, other.build_db)
    with duckdb.connect(str(other.build_db)) as connection:
        connection.execute("drop schema marts cascade")
        connection.execute("drop schema intermediate cascade")
        connection.execute("drop table raw.calculo")
    compute(other, as_of)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{paths.build_db}' as kept (read_only)")
        connection.execute(f"attach '{other.build_db}' as fresh (read_only)")
        # By name: a column's place is not part of what a table says.
        tables = connection.execute("""
            select schema_name || '.' || table_name, string_agg(column_name, ', ')
            from duckdb_columns()
            inner join duckdb_tables() using (database_name, schema_name, table_name)
            where database_name = 'fresh' and schema_name in ('intermediate', 'marts')
            group by all
        """).fetchall()
        assert len(tables) > 30
        found = []
        for table, columns in tables:
            kept, fresh = (f"(select {columns} from {side}.{table})" for side in ("kept", "fresh"))
            (count,) = connection.execute(f"""
                select (select count(*) from ({kept} except all {fresh}))
                    + (select count(*) from ({fresh} except all {kept}))
            """).fetchone()
            found.append((table, count))
    return [(table, count) for table, count in found if count]


def published_differences(paths: WarehousePaths, root: Path, as_of: date) -> list[str]:
    """Publish the computation in `root` from nothing; name each table that is not the same.

    Parquet copies are held against their own table.
    """
    other = WarehousePaths(root)
    publish(other, as_of=as_of, target="duckdb")
    found = []
    with duckdb.connect() as connection:
        connection.execute(f"attach '{paths.published}' as kept (read_only)")
        connection.execute(f"attach '{other.published}' as fresh (read_only)")
        names = connection.execute("""
            select schema_name, table_name from duckdb_tables() where database_name = 'fresh'
        """).fetchall()
        assert len(names) > 30
        for schema, name in names:
            kept, fresh = (f"{side}.{schema}.{name}" for side in ("kept", "fresh"))
            copies = f"read_parquet('{paths.parquet}/{name}/*.parquet')"
            for one, two in ((kept, fresh), (fresh, kept), (copies, kept), (kept, copies)):
                (count,) = connection.execute(
                    f"select count(*) from (from {one} except all from {two})"
                ).fetchone()
                if count:
                    found.append(f"{count} rows of {one} are not in {two}")
    return found


def unpublished(paths: WarehousePaths) -> tuple[int, int]:
    """How many plans the next publication renews, and how many publications may be built upon."""
    with duckdb.connect(str(paths.build_db), read_only=True) as connection:
        return connection.execute("""
            select (select count(distinct (entidad_id, plan_id)) from raw.plan_sin_publicar),
                (select count(*) from raw.publicado)
        """).fetchone()


def judge(paths: WarehousePaths, as_of: date) -> int:
    """Judge what is computed, critical findings or not; gives how many evaluations there are."""
    with contextlib.suppress(SemaforoError):
        assess(paths, as_of=as_of)
    with duckdb.connect(str(paths.build_db), read_only=True) as connection:
        return connection.execute("select count(*) from raw.evaluacion").fetchone()[0]


def left_out(paths: WarehousePaths) -> bool:
    """Whether what is computed is to be judged where something changed only."""
    with duckdb.connect(str(paths.build_db), read_only=True) as connection:
        return findings.scope(connection) == findings.ONLY_TOUCHED


def check(example: FolderSeed, place: Path) -> None:
    """Refresh month by month; compare at the end, and after a step back in time."""
    paths = WarehousePaths(place / "warehouse")
    paths.private.mkdir(parents=True)
    anew = []
    renewed = []
    for number, (rows, as_of) in enumerate(
        zip(monthly_files(example), STEPS, strict=True), start=1
    ):
        load(paths, rows, place / f"month{number}")
        compute(paths, as_of)
        if number > 1:
            anew.append(touched(paths))
            assert left_out(paths)
        evaluations = judge(paths, as_of)
        if number in PUBLISHED:
            renewed.append(unpublished(paths))
            publish(paths, as_of=as_of, target="duckdb")
            assert unpublished(paths) == (0, 1)
        if number == len(STEPS):
            found = differences(paths, place / f"rebuilt{number}", as_of)
            assert not found, f"{example}, as of {as_of}: {found}"
            rebuilt = WarehousePaths(place / f"rebuilt{number}")
            assert not left_out(rebuilt)
            # The last evaluation of a date stands for one that finds the very same.
            assert evaluations == number == judge(rebuilt, as_of), f"{example}, as of {as_of}"
            found = published_differences(paths, place / f"rebuilt{number}", as_of)
            assert not found, f"{example}, published as of {as_of}: {found}"
    assert any(0 < some < every for some, every in anew), f"never a part of the plans: {anew}"
    plans = anew[-1][1]
    assert [basis for _, basis in renewed] == [0, 1, 1]
    assert any(0 < some < plans for some, _ in renewed), f"never a part is published: {renewed}"
    # Back in time nothing that was computed later may remain.
    compute(paths, STEPS[1])
    assert unpublished(paths)[1] == 0, "what is computed from nothing is published from nothing"
    found = differences(paths, place / "back", STEPS[1])
    assert not found, f"{example}, back as of {STEPS[1]}: {found}"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_month_by_month_equals_a_rebuild(seed, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(findings, "JUDGED_WHOLE", 0)
    check(FolderSeed(seed, 30, date(2025, 2, 10)), tmp_path)
