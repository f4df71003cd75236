"""What a refresh survives: killed, out of disk, not allowed, raced by readers. Real processes."""

import json
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
import small_disk
import small_plan
from warehouses import Warehouse

AS_OF = ("--as-of", small_plan.AFTER_LATE_REGISTRATION)


@pytest.fixture(scope="module")
def folders(tmp_path_factory) -> tuple[Path, Path]:
    """The small plan, and the same files a month later, grown as planning offices export them."""
    root = tmp_path_factory.mktemp("folders")
    contents = small_plan.tables()
    first = small_plan.write_folder(root / "first", contents)
    contents["metas_ejecutadas"] += small_plan.late_registrations()
    contents["metas_programadas"] += small_plan.reprogramming()
    return first, small_plan.write_folder(root / "later", contents)


@pytest.fixture(scope="module")
def before_faults(tmp_path_factory, folders) -> Warehouse:
    """The first of the two loads, published. Shared: copy it."""
    warehouse = Warehouse(tmp_path_factory.mktemp("before") / "warehouse")
    warehouse.refresh("--data", folders[0], *AS_OF)
    return warehouse


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, before_faults, folders) -> Warehouse:
    """Both loads with nothing going wrong: what must come out in the end. Shared: read it."""
    warehouse = before_faults.copy_to(tmp_path_factory.mktemp("undisturbed") / "warehouse")
    warehouse.refresh("--data", folders[1], *AS_OF)
    return warehouse


@pytest.fixture
def exposed(tmp_path, before_faults) -> Warehouse:
    """A copy of the first load, to which something will happen."""
    return before_faults.copy_to(tmp_path / "warehouse")


def kill_in_stage(command: list[str], stage: int, delay: float) -> bool:
    """Start a refresh and kill -9 it `delay` seconds into a stage; False if it was past it."""
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    for line in process.stderr:
        if line.startswith(f"[{stage}/"):
            break
    time.sleep(delay)
    process.kill()
    _, rest = process.communicate()
    return process.returncode == -signal.SIGKILL and f"[{stage + 1}/" not in rest


# Columns that say when something was loaded: all that two equal histories may differ in.
MOMENTS = (
    "cargado_en",
    "registrado_en",
    "cuarentena_en",
    "resuelta_en",
    "retirada_en",
    "evaluada_en",
)
# Nothing loaded, but the memory of the last computation, evaluation and publication: a rerun after
# a kill is one from nothing.
MEMORY = (
    "calculo",
    "plan_tocado",
    "publicado",
    "plan_sin_publicar",
    "juzgado",
    "plan_sin_juzgar",
)


def raw_rows(warehouse: Warehouse) -> dict[str, list[tuple]]:
    """Everything loaded, without when it was loaded."""
    build = warehouse.root / "private" / "build.duckdb"
    with duckdb.connect(str(build), read_only=True) as connection:
        tables = connection.execute(
            f"""
            select table_name from duckdb_tables()
            where schema_name = 'raw' and table_name not in {MEMORY} order by all
            """
        ).fetchall()
        return {
            name: sorted(
                connection.execute(
                    f"select columns(lambda c: not c in {MOMENTS}) from raw.{name}"
                ).fetchall(),
                key=repr,
            )
            for (name,) in tables
        }


# Seconds into the stage. Loading takes some tenths of a second, dbt's start two or three, and so
# does that of Great Expectations.
KILLS = {
    1: (0.0, 0.1, 0.25, 0.5),
    2: (0.3, 2.0, 4.0, 6.0),
    3: (0.5, 4.0, 6.0, 7.0),
    4: (0.0, 0.05, 0.1, 0.2),
    5: (0.1, 0.5),
}


@pytest.mark.slow
@pytest.mark.parametrize("stage", KILLS, ids=["load", "build", "assess", "publish", "draw"])
def test_killed_refresh_is_recovered_by_a_plain_rerun(exposed, folders, undisturbed, stage):
    old, new = exposed.contents(), undisturbed.contents()
    command = exposed.command("refresh", "--data", folders[1], *AS_OF)
    killed = 0
    for delay in KILLS[stage]:
        killed += kill_in_stage(command, stage, delay)
        assert exposed.contents() in (old, new), f"half a state after {delay} s"
    assert killed > 0, "every kill came too late to prove anything"
    exposed.refresh("--data", folders[1], *AS_OF)
    assert exposed.contents() == new
    assert raw_rows(exposed) == raw_rows(undisturbed)


def test_killed_first_load_leaves_nothing_behind(warehouse, folders, before_faults):
    command = warehouse.command("refresh", "--data", folders[0], *AS_OF)
    assert kill_in_stage(command, stage=1, delay=0.1)
    refused = warehouse.run("refresh", *AS_OF)
    assert refused.returncode == 1
    assert "no tiene datos; cárguelos con --data" in refused.stderr
    warehouse.refresh("--data", folders[0], *AS_OF)
    assert warehouse.contents() == before_faults.contents()
    assert raw_rows(warehouse) == raw_rows(before_faults)


# What is left on the disk decides where it fills up: at the load, in dbt, in the publication.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "spare_kib", "reason"),
    [
        ("full", 0, "no queda espacio"),
        ("full", 512, "no queda espacio"),
        ("full", 2048, "no queda espacio"),
        ("read-only", 0, "solo lectura"),
    ],
)
def test_disk_that_refuses_is_one_line_and_the_old_publication_stands(
    tmp_path, before_faults, folders, undisturbed, kind, spare_kib, reason
):
    disk = tmp_path / "disk"
    disk.mkdir()
    script = [sys.executable, small_disk.__file__, kind, disk, before_faults.root]
    refresh = [folders[1], small_plan.AFTER_LATE_REGISTRATION, str(spare_kib)]
    done = subprocess.run(
        [*small_disk.namespace(), *script, *refresh],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    outcome = json.loads(done.stdout)
    assert outcome["code"] == 1
    refusal = outcome["stderr"].splitlines()[-1]
    assert refusal.startswith("semaforo: ")
    assert reason in refusal
    assert "Traceback" not in outcome["stderr"]
    assert outcome["untouched"]
    assert outcome["recovered"] == repr(undisturbed.contents())


REFRESHES = """
import sys
from datetime import date
from pathlib import Path
from rich.console import Console
from orchestration.progress import StageProgress
from orchestration.refresh import refresh, stages
from orchestration.settings import make_settings
warehouse, *days = sys.argv[1:]
for day in days:
    settings = make_settings(
        today=date.today(), warehouse=Path(warehouse), as_of=day, dashboard=False
    )
    refresh(settings, StageProgress(Console(quiet=True), stages(settings)))
"""

# Every table that says as of when it is, or how many rows: together they name one state.
STATE = """
    select
        (select max(fecha_reporte) from marts.dim_plan),
        (select count(*) from marts.fct_avance_actividad where estado = 'S.I.'),
        (select sum(n_si) from marts.fct_avance_entidad),
        (select count(*) from marts.fct_meta_mensual where ejecutado_fisico is not null)
"""


@pytest.mark.slow
def test_reader_in_a_loop_sees_only_whole_states(undisturbed, tmp_path):
    """Twenty refreshes, a day each; what is read must be the state of one of those days."""
    first, last = map(date.fromisoformat, (small_plan.AS_OF, small_plan.AFTER_LATE_REGISTRATION))
    before = [first + timedelta(days=number) for number in range(10)]
    after = [last - timedelta(days=number) for number in range(9, -1, -1)]
    warehouse = undisturbed.copy_to(tmp_path / "warehouse")
    (late,) = warehouse.query(STATE)
    warehouse.refresh("--as-of", small_plan.AS_OF)
    (early,) = warehouse.query(STATE)
    assert early[1:] != late[1:]
    # Between the two days only the registrations of the first two of June come in.
    states = {(day, *early[1:]) for day in before} | {(day, *late[1:]) for day in after}
    writer = subprocess.Popen(
        [sys.executable, "-c", REFRESHES, str(warehouse.root), *map(str, before + after)]
    )
    seen = set()
    manifests = set()
    while writer.poll() is None:
        (state,) = warehouse.query(STATE)
        seen.add(state)
        manifest = json.loads((warehouse.root / "manifest.json").read_text(encoding="utf-8"))
        manifests.add(manifest["publicacion"])
        copies = warehouse.root / "parquet" / "dim_plan" / "dim_plan.parquet"
        assert duckdb.sql(f"select count(*) from '{copies}'").fetchall() == [(1,)]
        time.sleep(0.2)
    assert writer.returncode == 0
    assert seen <= states
    assert min(len(seen), len(manifests)) > 10, "the reader was too slow to meet most publications"


def test_second_refresh_says_who_holds_the_lock(warehouse, small_folder):
    first = subprocess.Popen(
        warehouse.command("refresh", "--data", small_folder), stderr=subprocess.PIPE, text=True
    )
    assert first.stderr.readline().startswith("[1/")
    second = warehouse.run("refresh", "--data", small_folder)
    assert second.returncode == 1
    assert f"proceso {first.pid}" in second.stderr
    waiting = warehouse.run("refresh", "--data", small_folder, "--wait", "120")
    assert waiting.returncode == 0, waiting.stderr
    first.communicate()
    assert first.returncode == 0
