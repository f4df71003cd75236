"""Dagster's own folder: where it keeps runs and schedules, and how it is told to behave.

Belongs here: the instance's settings and the command that starts it. Does not: any asset.
"""

import os
import signal
import socket
import subprocess
import sys
from enum import StrEnum
from pathlib import Path

from orchestration.errors import MisuseError, PassingError, SemaforoError
from orchestration.failures import make_folder
from orchestration.lock import refresh_lock
from orchestration.settings import WarehousePaths
from orchestration.system_words import in_spanish

MODULE = "orchestration.scheduler.definitions"
HOST = "127.0.0.1"  # The webserver has no login: it never leaves this machine.
STORES_SECONDS = 120.0
TERMINAL_SECONDS = 10.0


class Part(StrEnum):
    """What of Dagster to run: both in a terminal, each by itself as a service."""

    BOTH = "todo"
    WEBSERVER = "web"
    DAEMON = "demonio"


def parse_part(text: str) -> Part:
    """Read the option --parte.

    Raises:
        MisuseError: there is no such part.
    """
    try:
        return Part(text)
    except ValueError:
        raise MisuseError(f"--parte: «{text}» no existe; escriba {', '.join(Part)}") from None


_INSTANCE = """\
telemetry:
  enabled: false
nux:
  enabled: false
concurrency:
  runs:
    max_concurrent_runs: 1
run_monitoring:
  enabled: true
  start_timeout_seconds: 300
run_retries:
  enabled: true
  max_retries: 2
  retry_on_asset_or_op_failure: false
"""
# Nux asks whoever opens the pages for an address.
# The last: a run that was killed is done again, or what had arrived would not be loaded until the
# next file. What a run refuses stays refused.


_FULL = "database or disk is full"  # SQLite's words.
_MAKE_STORES = """\
import sys
from dagster import DagsterInstance
try:
    DagsterInstance.get().dispose()
except Exception as error:
    sys.exit(str(error))
"""

# Dagster keeps a run whose processes were killed, as by a machine that stopped, as started for
# ever; and one at a time is the rule, so that no other would begin. Where its server is gone, whose
# socket its tag names, nobody is at work on it.
_END_LOST_RUNS = """\
import json, socket
from dagster import DagsterInstance, DagsterRunStatus, RunsFilter
def answers(path):
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(path)
        except OSError:
            return False
    return True
with DagsterInstance.get() as instance:
    at_work = [DagsterRunStatus.STARTED, DagsterRunStatus.CANCELING]
    for run in instance.get_runs(RunsFilter(statuses=at_work)):
        server = json.loads(run.tags.get(".dagster/grpc_info", "{}")).get("socket")
        if server and not answers(server):
            instance.report_run_failed(run, "Se detuvo a medias: su proceso ya no existe.")
"""


def prepare_home(home: Path) -> Path:
    """Make the folder with its settings, unless the operator has put some of his own there."""
    make_folder(home)
    settings = home / "dagster.yaml"
    if not settings.exists():
        # Half of it, or nothing, would stay for ever where the disk is full.
        whole = home / f"dagster.yaml.{os.getpid()}"
        try:
            whole.write_text(_INSTANCE, encoding="utf-8")
            whole.replace(settings)
        finally:
            whole.unlink(missing_ok=True)
    return home


def make_stores(environ: dict[str, str]) -> None:
    """Make Dagster's databases where they are missing, one process at a time.

    Dagster itself makes them unguarded: of two services started together on a new folder, one
    finds half of the other's tables and ends.

    Raises:
        SemaforoError: another process has been at it for longer than STORES_SECONDS, or Dagster
            refuses the folder's settings.
    """
    home = Path(environ["DAGSTER_HOME"])
    with refresh_lock(home / "lock", wait=STORES_SECONDS, work="el arranque de Dagster"):
        made = subprocess.run(
            [sys.executable, "-c", _MAKE_STORES],
            env=environ,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    if made.returncode and _FULL in made.stderr:
        raise PassingError(f"{home}: no queda espacio en el disco: libere espacio y repita")
    if made.returncode:
        raise SemaforoError(
            f"{home / 'dagster.yaml'}: Dagster no pudo preparar sus bases de datos; corrija el "
            f"archivo: {' '.join(made.stderr.split())}"
        )


def end_lost_runs(environ: dict[str, str]) -> None:
    """Note as failed the runs that Dagster holds for started and nobody is at work on."""
    subprocess.run([sys.executable, "-c", _END_LOST_RUNS], env=environ, check=False)


def environment(paths: WarehousePaths, inbox: Path | None) -> dict[str, str]:
    """Variables for Dagster's processes; DAGSTER_HOME may be set from outside."""
    home = Path(os.environ.get("DAGSTER_HOME") or paths.private / "dagster")
    watched = str(inbox.absolute()) if inbox else os.environ.get("SEMAFORO_BANDEJA", "")
    return {
        **os.environ,
        "DAGSTER_HOME": str(prepare_home(home)),
        "SEMAFORO_ALMACEN": str(paths.root),
        "SEMAFORO_BANDEJA": watched,
        "SEMAFORO_PUBLISH": os.environ.get("SEMAFORO_PUBLISH", ""),
        "DO_NOT_TRACK": "1",
    }


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        # As the webserver itself does: a port that was just left is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as refusal:
            why = in_spanish(refusal.strerror)
            raise SemaforoError(
                f"--port: no se puede usar el puerto {port} ({why}); elija otro"
            ) from None


def serve(paths: WarehousePaths, *, inbox: Path | None, port: int, part: Part = Part.BOTH) -> int:
    """Run webserver, daemon or both, on loopback, until interrupted; gives the exit code.

    Raises:
        SemaforoError: the inbox is no folder, another program has the port, or Dagster refuses the
            settings in its folder.
    """
    if inbox and not inbox.is_dir():
        raise SemaforoError(f"--inbox: la carpeta {inbox} no existe; créela o corrija la ruta")
    if part is not Part.DAEMON:
        _check_port(port)
    programs = Path(sys.executable).parent
    where = ["-m", MODULE, "-h", HOST, "-p", str(port)]
    command = {
        Part.BOTH: [sys.executable, "-m", "dagster", "dev", *where],
        Part.WEBSERVER: [str(programs / "dagster-webserver"), *where],
        Part.DAEMON: [str(programs / "dagster-daemon"), "run", "-m", MODULE],
    }[part]
    environ = environment(paths, inbox)
    make_stores(environ)
    if part is not Part.WEBSERVER:
        end_lost_runs(environ)
    return _run_to_its_end(command, environ)


def _run_to_its_end(command: list[str], environ: dict[str, str]) -> int:
    """Run Dagster until it ends; who asks semaforo to end has asked Dagster, and is waited for.

    Left behind, it would go on starting runs.
    """
    asked: list[int] = []
    dagster: subprocess.Popen | None = None

    def hand_on(number: int, _frame: object) -> None:
        asked.append(number)
        if len(asked) == 1 and dagster is not None:
            dagster.terminate()

    signal.signal(signal.SIGTERM, hand_on)
    # A script that starts this with «&» has it ignore SIGINT, and Dagster takes SIGTERM as SIGINT.
    heeded = signal.signal(signal.SIGINT, signal.SIG_DFL)
    dagster = subprocess.Popen(command, env=environ)
    signal.signal(signal.SIGINT, heeded)
    if asked:
        # It may have come before there was a process to hand it to.
        dagster.terminate()
    code = _wait_for(dagster)
    if asked:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTERM)
    return code


def _wait_for(dagster: subprocess.Popen) -> int:
    try:
        return dagster.wait()
    except KeyboardInterrupt:
        # A terminal tells Dagster too; `kill -INT` does not. Told twice, it leaves its own behind.
        try:
            dagster.wait(TERMINAL_SECONDS)
        except subprocess.TimeoutExpired:
            dagster.terminate()
            dagster.wait()
        raise
