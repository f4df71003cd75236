"""The job runs for real: on the small plan, on a bad file, and under the daemon."""

import csv
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import date
from pathlib import Path

import pytest
import small_disk
import small_plan
from dagster import AssetCheckKey, DagsterInstance, DagsterRunStatus
from dagster._core.storage.asset_check_execution_record import AssetCheckExecutionRecordStatus
from dagster._core.storage.tags import GRPC_INFO_TAG
from dagster._core.test_utils import create_run_for_test
from forking import run_command
from rich.console import Console

from orchestration import refresh
from orchestration.errors import SemaforoError
from orchestration.progress import StageProgress
from orchestration.scheduler.home import MODULE, end_lost_runs, environment, make_stores
from orchestration.scheduler.jobs import refresh_job
from orchestration.scheduler.project import QUALITY
from orchestration.scheduler.resources import Warehouse
from orchestration.settings import SHIPPED_SEEDS, WarehousePaths


def run_job(root: Path, inbox: Path, partition: str = "2024-05-01") -> subprocess.CompletedProcess:
    """Run the job in a process of its own, as the daemon does."""
    command = [
        sys.executable, "-m", "dagster", "job", "execute",
        "-m", MODULE, "-j", "refresh", "--tags", f'{{"dagster/partition": "{partition}"}}',
    ]  # fmt: skip
    return subprocess.run(
        command,
        env=environment(WarehousePaths(root), inbox),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_the_job_publishes_the_small_plan_as_of_the_partition(warehouse, small_folder) -> None:
    done = run_job(warehouse.root, small_folder)
    assert done.returncode == 0, done.stderr[-3000:]
    # As of 2024-06-01: April is due since the end of May.
    assert warehouse.query("select distinct fecha_reporte::varchar from marts.dim_plan") == [
        ("2024-06-01",)
    ]
    assert warehouse.query(
        "select avance_fisico_pct from marts.fct_avance_actividad "
        "where actividad_id = 'A1' and mes_corte = 3"
    ) == [(83.33,)]


def test_the_job_copies_to_the_server_that_the_service_names(
    warehouse, small_folder, server, monkeypatch
) -> None:
    server.create_database("del_servicio")
    monkeypatch.setenv("SEMAFORO_PUBLISH", server.url("postgres", "clave-7", "del_servicio"))
    done = run_job(warehouse.root, small_folder)
    assert done.returncode == 0, done.stderr
    assert "clave-7" not in done.stdout + done.stderr
    assert server.run("select plan_id from marts.dim_plan", database="del_servicio") == [
        ("poi-2024",)
    ]


def test_a_refused_file_fails_the_job_at_once_and_publishes_nothing(
    warehouse, small_folder
) -> None:
    (small_folder / "planes.csv").write_text("entidad_id,otra\nmuni,x\n", encoding="utf-8")
    (small_folder / "leame.txt").touch()
    done = run_job(warehouse.root, small_folder)
    assert done.returncode != 0
    # What became of the other files, and what was left, is told as the command line tells it.
    assert "leame.txt: no se lee" in done.stderr
    assert "entidades.csv: 1 leída = 1 cargada" in done.stderr
    assert "planes.csv" in done.stderr + done.stdout
    assert not warehouse.published.exists()
    # A refusal is no passing fault: nothing is tried again.
    assert "STEP_UP_FOR_RETRY" not in done.stderr + done.stdout


def test_who_waits_for_the_first_files_does_not_get_the_shipped_plans(tmp_path) -> None:
    """The schedule may tick before: decision 20, and the contract, section 1."""
    inbox = tmp_path / "bandeja"
    inbox.mkdir()
    settings = Warehouse(root=str(tmp_path / "almacen"), inbox=str(inbox)).settings(date.max)
    with refresh.exclusive(settings), pytest.raises(SemaforoError, match="no tiene ningún CSV"):
        refresh.load(settings, StageProgress(Console(quiet=True), stages=1))
    # Nor by the tick after that.
    settings = Warehouse(root=str(tmp_path / "almacen"), inbox=str(inbox)).settings(date.max)
    with refresh.exclusive(settings), pytest.raises(SemaforoError, match="no tiene datos"):
        refresh.load(settings, StageProgress(Console(quiet=True), stages=1))


def test_a_critical_finding_ends_the_job_before_anything_is_published(
    warehouse, small_folder
) -> None:
    with (SHIPPED_SEEDS / "reglas_calidad.csv").open(encoding="utf-8", newline="") as file:
        rule = next(row for row in csv.DictReader(file) if row["regla_id"] == "S01")
    rules = {"reglas_calidad": [rule | {"severidad": "critica"}]}
    small_plan.write_folder(small_folder, rules)
    done = run_job(warehouse.root, small_folder)
    told = done.stderr + done.stdout
    assert done.returncode != 0
    assert "no se publica: S01 Mes vencido sin registro" in told
    with DagsterInstance.from_config(str(warehouse.root / "private" / "dagster")) as instance:
        checks = {
            key.name: record.status
            for key, record in instance.event_log_storage.get_latest_asset_check_execution_by_key(
                [AssetCheckKey(QUALITY, name) for name in ("S01", "I01")]
            ).items()
        }
    assert checks == {
        "S01": AssetCheckExecutionRecordStatus.FAILED,
        "I01": AssetCheckExecutionRecordStatus.SUCCEEDED,
    }
    assert "STEP_UP_FOR_RETRY" not in told
    assert not warehouse.published.exists()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition, seconds: float, what: str):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(1)
    raise AssertionError(f"{what} did not happen in {seconds:g} s")


@pytest.mark.slow
def test_a_file_in_the_inbox_starts_one_run_and_the_same_file_none(tmp_path, small_folder) -> None:
    inbox = tmp_path / "bandeja"
    inbox.mkdir()
    root = tmp_path / "almacen"
    port = free_port()
    environ = environment(WarehousePaths(root), inbox)
    command = [
        str(Path(sys.executable).parent / "semaforo"), "ui",
        "--warehouse", str(root), "--inbox", str(inbox), "--port", str(port),
    ]  # fmt: skip
    log = (tmp_path / "log").open("w")
    process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
    try:
        wait_for(lambda: answers(port), 120, "the webserver's answer")
        for file in small_folder.iterdir():
            shutil.copy(file, inbox)
        wait_for((root / "semaforo.duckdb").exists, 240, "a publication")
        wait_for(lambda: finished_runs(environ) == 1, 60, "the end of the run")
        # The same content once more: the sensor ticks again and starts nothing.
        (inbox / "planes.csv").touch()
        time.sleep(45)
        assert finished_runs(environ) == 1
    finally:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        log.close()


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/server_info", timeout=5) as reply:
            return reply.status == 200
    except OSError:
        return False


def finished_runs(environ: dict[str, str]) -> int:
    """Count the instance's runs, all of which must be over and successful."""
    program = (
        "from dagster import DagsterInstance\n"
        "runs = DagsterInstance.get().get_runs()\n"
        "print(len(runs) if all(run.is_success for run in runs) else -1)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return int(done.stdout.split()[-1])


@pytest.mark.slow
def test_webserver_and_daemon_run_by_themselves_as_services(tmp_path) -> None:
    port = free_port()
    semaforo = str(Path(sys.executable).parent / "semaforo")
    logs = {part: tmp_path / part for part in ("web", "demonio")}
    services = []
    for part, log in logs.items():
        command = [semaforo, "ui", "--parte", part, "--warehouse", str(tmp_path / "almacen")]
        with log.open("w") as output:
            services.append(
                subprocess.Popen(
                    [*command, "--port", str(port)],
                    stdout=output,
                    stderr=output,
                    start_new_session=True,
                )
            )
    try:
        wait_for(lambda: answers(port), 120, "the webserver's answer")
        wait_for(lambda: "SensorDaemon" in logs["demonio"].read_text(), 120, "the daemon's start")
    finally:
        for service in services:
            os.killpg(service.pid, signal.SIGINT)
        for service in services:
            service.wait(timeout=60)


@pytest.mark.slow
@pytest.mark.parametrize("part", ["todo", "web", "demonio"])
def test_who_ends_semaforo_ends_dagster(tmp_path, part) -> None:
    """Also where a script started it with «&», which makes it ignore SIGINT."""
    port = free_port()
    command = [
        "sh", "-c", 'trap "" INT; exec "$@"', "sh", str(Path(sys.executable).parent / "semaforo"),
        "ui", "--parte", part, "--warehouse", str(tmp_path / "almacen"), "--port", str(port),
    ]  # fmt: skip
    log = tmp_path / "log"
    with log.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True)
    try:
        if part != "demonio":
            wait_for(lambda: answers(port), 120, "the webserver's answer")
        if part != "web":
            wait_for(lambda: "SensorDaemon" in log.read_text(), 120, "the daemon's start")
        process.terminate()
        assert process.wait(timeout=90) == -signal.SIGTERM
        # The code server, Dagster's own child, may be putting its things in order.
        wait_for(lambda: not alive(process.pid), 60, "the end of the group")
    finally:
        if alive(process.pid):
            os.killpg(process.pid, signal.SIGKILL)


def alive(group: int) -> bool:
    """Say whether any process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_services_started_together_on_a_new_folder_find_whole_databases(tmp_path) -> None:
    environ = environment(WarehousePaths(tmp_path / "almacen"), None)
    program = (
        "import os; from orchestration.scheduler.home import make_stores\n"
        "make_stores(dict(os.environ))\n"
    )
    started = [subprocess.Popen([sys.executable, "-c", program], env=environ) for _ in range(4)]
    assert [process.wait(timeout=120) for process in started] == [0, 0, 0, 0]


def test_a_run_whose_processes_are_gone_does_not_keep_the_others_waiting(
    tmp_path, monkeypatch
) -> None:
    environ = environment(WarehousePaths(tmp_path / "almacen"), None)
    monkeypatch.setenv("DAGSTER_HOME", environ["DAGSTER_HOME"])
    at_work = tmp_path / "socket"
    with DagsterInstance.get() as instance, socket.socket(socket.AF_UNIX) as server:
        server.bind(str(at_work))
        server.listen()
        lost, alive, unknown = (
            create_run_for_test(
                instance,
                job_name="refresh",
                status=DagsterRunStatus.STARTED,
                tags=tags | dict(refresh_job.tags),
            ).run_id
            for tags in (
                {GRPC_INFO_TAG: json.dumps({"socket": str(tmp_path / "gone")})},
                {GRPC_INFO_TAG: json.dumps({"socket": str(at_work)})},
                {},
            )
        )
        end_lost_runs(environ)
        statuses = {run.run_id: run.status for run in instance.get_runs()}
        again = instance.get_run_by_id(lost).tags
    assert statuses == {
        lost: DagsterRunStatus.FAILURE,
        alive: DagsterRunStatus.STARTED,
        unknown: DagsterRunStatus.STARTED,
    }
    # The daemon does it again, all of it: another date may have been computed since.
    assert again["dagster/will_retry"] == "true"
    assert again["dagster/retry_strategy"] == "ALL_STEPS"


def test_settings_that_dagster_refuses_are_said_in_one_line(tmp_path) -> None:
    environ = environment(WarehousePaths(tmp_path / "almacen"), None)
    Path(environ["DAGSTER_HOME"], "dagster.yaml").write_text("telemetry: [no]\n")
    with pytest.raises(SemaforoError, match="telemetry must be dict") as refused:
        make_stores(environ)
    assert "\n" not in str(refused.value)


_ON_A_FULL_DISK = """
import os, subprocess, sys
from pathlib import Path
from small_disk import fill
from orchestration.scheduler.home import make_stores, prepare_home
home, spare = Path(sys.argv[1]), int(sys.argv[2])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", home], check=True)
fill(home, spare)
try:
    make_stores(os.environ | {"DAGSTER_HOME": str(prepare_home(home))})
except Exception as failure:
    print(failure)
settings = home / "dagster.yaml"
print(settings.exists() and settings.stat().st_size)
"""


@pytest.mark.parametrize(("spare_kib", "settings"), [(0, False), (16, True)])
def test_a_full_disk_is_said_and_leaves_no_half_settings(tmp_path, spare_kib, settings) -> None:
    """Settings are never replaced: empty ones would let two runs at once, for ever."""
    done = subprocess.run(
        [*small_disk.namespace(), sys.executable, "-c", _ON_A_FULL_DISK, tmp_path, str(spare_kib)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    said, size = done.stdout.splitlines()
    assert "no queda espacio en el disco" in said or "No space left on device" in said
    assert "corrija" not in said
    assert (size != "False") is settings
    assert size != "0"


def test_nobody_who_opens_the_pages_is_asked_for_an_address(tmp_path) -> None:
    home = environment(WarehousePaths(tmp_path / "almacen"), None)["DAGSTER_HOME"]
    with DagsterInstance.from_config(home) as instance:
        assert not instance.nux_enabled


def refused_ui(folder: Path, *options: object) -> str:
    """What `semaforo ui` says before it starts anything."""
    done = run_command(["ui", "--warehouse", str(folder / "almacen"), *map(str, options)])
    assert done.returncode in {1, 2}
    assert not (folder / "almacen").exists()
    assert len(done.stderr.splitlines()) == 1
    return done.stderr


def test_unknown_part_is_refused(tmp_path) -> None:
    said = refused_ui(tmp_path, "--parte", "todos")
    assert "--parte: «todos» no existe; escriba todo, web, demonio" in said


def test_an_inbox_that_is_no_folder_is_refused(tmp_path) -> None:
    said = refused_ui(tmp_path, "--inbox", tmp_path / "bandeja")
    assert f"--inbox: la carpeta {tmp_path / 'bandeja'} no existe; créela" in said


def test_a_port_that_another_program_has_is_refused(tmp_path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = refused_ui(tmp_path, "--port", port)
    assert (
        f"--port: no se puede usar el puerto {port} (ya lo usa otro programa); elija otro" in said
    )


@pytest.mark.parametrize(("port", "limit"), [(99999, "máximo, 65535"), (0, "mínimo, 1")])
def test_a_port_that_there_is_none_of_is_refused(tmp_path, port, limit) -> None:
    said = refused_ui(tmp_path, "--port", port)
    assert f"--port: el valor no es válido; como {limit};" in said
