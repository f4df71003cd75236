"""The alerts on the calendar: after each refresh what is news, before the deadline what is missing.

Belongs here: when Dagster tells units, and what it shows of it. Does not: what is told, or how.
"""

from collections.abc import Iterator

from dagster import (
    AssetCheckResult,
    AssetCheckSpec,
    AssetExecutionContext,
    AssetKey,
    AssetSpec,
    DefaultScheduleStatus,
    Failure,
    MaterializeResult,
    OpExecutionContext,
    RunRequest,
    ScheduleEvaluationContext,
    SkipReason,
    in_process_executor,
    job,
    multi_asset,
    op,
    schedule,
)

from orchestration.alerts import smtp
from orchestration.alerts.delivery import SendReport, send
from orchestration.alerts.preparing import Choice
from orchestration.alerts.preview import messages_to_send
from orchestration.errors import SemaforoError
from orchestration.scheduler.assets import DASHBOARD, MONTHS, PUBLICATION, start_run
from orchestration.scheduler.calendar import REMINDER_CRON, TIMEZONE, is_of_now, is_reminder_day
from orchestration.scheduler.jobs import ONE_AT_A_TIME
from orchestration.scheduler.resources import WAIT_SECONDS, Warehouse
from orchestration.settings import WarehousePaths

ALERTS = AssetKey(["publicacion", "avisos"])
DELIVERED = "entregados"

_NO_SERVER = f"sin {smtp.PREFIX}SERVIDOR no se envía nada"


@multi_asset(
    name="avisos",
    # After the dashboard, to which the messages link.
    specs=[AssetSpec(ALERTS, deps=[PUBLICATION, DASHBOARD])],
    check_specs=[
        AssetCheckSpec(DELIVERED, asset=ALERTS, description="Llegó todo lo que había que avisar.")
    ],
    partitions_def=MONTHS,
)
def tell(
    context: AssetExecutionContext, warehouse: Warehouse
) -> Iterator[MaterializeResult | AssetCheckResult]:
    """Tell each unit what is news to it; what cannot be delivered waits in the outbox."""
    settings, _ = start_run(context, warehouse)
    paths = settings.warehouse
    report = SendReport()
    if not is_of_now(settings.as_of, settings.today):
        metadata = {"motivo": "un mes pasado no se avisa"}
    elif not smtp.is_configured():
        metadata = {"motivo": _NO_SERVER, "por_avisar": _told(messages_to_send, paths)}
    else:
        report = _told(send, paths, wait=WAIT_SECONDS)
        metadata = _shown(context, report)
    yield MaterializeResult(asset_key=ALERTS, metadata=metadata)
    yield AssetCheckResult(asset_key=ALERTS, check_name=DELIVERED, passed=report.complete)


@op(name="recordar_plazo", description="Recuerda a cada unidad lo que falta registrar este mes.")
def remind(context: OpExecutionContext, warehouse: Warehouse) -> None:
    """Send the reminder of what falls due this month."""
    report = _told(send, warehouse.paths, choice=Choice(deadline=True), wait=WAIT_SECONDS)
    context.add_output_metadata(_shown(context, report))


@job(
    name="recordatorio",
    executor_def=in_process_executor,
    tags=ONE_AT_A_TIME,
    description="Recuerda el plazo de registro a las unidades a las que les falta.",
)
def reminder_job() -> None:
    """Send the reminder."""
    remind()


@schedule(
    job=reminder_job,
    cron_schedule=REMINDER_CRON,
    execution_timezone=TIMEZONE,
    default_status=DefaultScheduleStatus.RUNNING,
    description="Cinco días antes del último día del mes, que es el plazo de registro.",
)
def reminder(context: ScheduleEvaluationContext) -> RunRequest | SkipReason:
    """Send the reminder on one day a month, where there is a mail server."""
    day = context.scheduled_execution_time.date()
    if not is_reminder_day(day):
        return SkipReason(f"El {day:%d/%m/%Y} no es el día del recordatorio.")
    if not smtp.is_configured():
        return SkipReason(f"No hay servidor de correo: {_NO_SERVER}.")
    return RunRequest(run_key=day.isoformat())


def _told(step, paths: WarehousePaths, **options: object):
    """Run a step; a refusal fails the run in one line."""
    try:
        return step(paths, **options)
    except SemaforoError as refusal:
        raise Failure(str(refusal), allow_retries=False) from refusal


def _shown(
    context: AssetExecutionContext | OpExecutionContext, report: SendReport
) -> dict[str, object]:
    for line in report.lines():
        (context.log.info if report.complete else context.log.warning)(line)
    return {
        "mensajes_nuevos": report.kept,
        "entregados": report.delivered,
        "por_reintentar": len(report.failed),
        "en_espera": report.waiting,
        "rechazados": len(report.refused),
        "sin_destinatario": len(report.unaddressed),
    }
