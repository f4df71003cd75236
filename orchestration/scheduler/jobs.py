"""When the refresh runs: the job, its monthly schedule, the reminder and the inbox sensor.

Belongs here: calendar and triggers. Does not: what a run does.
"""

import hashlib
import os
from pathlib import Path

from dagster import (
    AssetSelection,
    DefaultScheduleStatus,
    DefaultSensorStatus,
    RunRequest,
    ScheduleEvaluationContext,
    SensorEvaluationContext,
    SkipReason,
    define_asset_job,
    in_process_executor,
    schedule,
    sensor,
)

from orchestration.contract import contract
from orchestration.files import awaited, being_written
from orchestration.scheduler.assets import MONTHS
from orchestration.scheduler.calendar import TIMEZONE, closed_month
from orchestration.scheduler.resources import Warehouse

# Dagster's queue runs one run with this tag at a time (home.py).
ONE_AT_A_TIME = {"semaforo/almacen": "uno"}
# A run that is done again begins anew: another date may have been computed since it stopped.
_FROM_THE_START = {"dagster/retry_strategy": "ALL_STEPS"}

refresh_job = define_asset_job(
    "refresh",
    selection=AssetSelection.all(),
    executor_def=in_process_executor,
    tags=ONE_AT_A_TIME | _FROM_THE_START,
    description="Carga, calcula, publica y avisa.",
)


@schedule(
    job=refresh_job,
    cron_schedule="0 6 1 * *",
    execution_timezone=TIMEZONE,
    default_status=DefaultScheduleStatus.RUNNING,
    description="El día 1 a las 06:00, cerrado el plazo de registro del mes anterior.",
)
def monthly(context: ScheduleEvaluationContext) -> RunRequest:
    """Refresh as of the first of the month."""
    tick = context.scheduled_execution_time.date()
    return RunRequest(run_key=tick.isoformat(), partition_key=closed_month(tick))


def fingerprint(inbox: Path) -> str | None:
    """Name the content of the inbox: the same files give the same name; None = nothing there."""
    files = awaited(inbox, contract())
    if not files:
        return None
    digest = hashlib.sha256()
    for file in files:
        digest.update(os.fsencode(file.name) + b"\0" + _content(file))
    return digest.hexdigest()[:32]


def _content(file: Path) -> bytes:
    """Digest a file; of what cannot be read, a folder or a stranger's file, the load says why."""
    if not file.is_file():
        return b""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").digest()
    except OSError:
        return b""


@sensor(
    job=refresh_job,
    minimum_interval_seconds=30,
    default_status=DefaultSensorStatus.RUNNING,
    description="Actualiza cuando llegan archivos nuevos a la bandeja de entrada.",
)
def inbox(context: SensorEvaluationContext, warehouse: Warehouse) -> RunRequest | SkipReason:
    """Start one run for each new content of the inbox folder."""
    if not warehouse.inbox:
        return SkipReason("No hay bandeja de entrada: defina SEMAFORO_BANDEJA.")
    folder = Path(warehouse.inbox)
    content = fingerprint(folder)
    if content is None:
        return SkipReason(f"{warehouse.inbox} no tiene archivos CSV.")
    turn, _, seen = (context.cursor or "0").partition(" ")
    if content == seen:
        return SkipReason("La bandeja tiene lo mismo que la última vez.")
    if unfinished := [file.name for file in awaited(folder, contract()) if _is_open(file)]:
        # The load would leave them, and their content, which is whole, would never be news again.
        return SkipReason(f"Se está escribiendo {', '.join(unfinished)}; se mira de nuevo.")
    turn = str(int(turn) + 1)
    context.update_cursor(f"{turn} {content}")
    # What was there before and comes back is news: the latest load holds.
    return RunRequest(run_key=f"{turn}-{content}", partition_key=MONTHS.get_last_partition_key())


def _is_open(file: Path) -> bool:
    return file.is_file() and os.access(file, os.R_OK) and being_written(file)
