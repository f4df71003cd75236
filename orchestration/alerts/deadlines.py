"""The reminder before a deadline: what a unit has still to register this month.

Belongs here: the rows of fct_registro_por_vencer, unit by unit, as messages. Does not: which
month falls due when (the model says so).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from orchestration.alerts.digests import message_id
from orchestration.alerts.findings import Published, Unit
from orchestration.alerts.links import page_url
from orchestration.alerts.messages import Link, compose, counted
from orchestration.alerts.outbox import DEADLINE, Message
from orchestration.alerts.sheet import sheet
from orchestration.errors import SemaforoError

ATTACHMENT = "por_registrar.xlsx"
SHOWN = 12

# The rule that finds the month once its deadline has passed: what to do is the same before.
_RULE = "S01"

_PENDING = """
    select
        registro.entidad_id,
        coalesce(entidad.nombre, registro.entidad_id),
        registro.centro_costo_id,
        coalesce(centro.nombre, registro.centro_costo_id),
        registro.plan_id,
        coalesce(plan.nombre, registro.plan_id),
        registro.actividad_id,
        coalesce(actividad.nombre, ''),
        registro.aei_id,
        lower(periodo.nombre_mes),
        registro.anio,
        registro.bloquea,
        registro.fecha_limite
    from marts.fct_registro_por_vencer as registro
    left join marts.dim_entidad as entidad on registro.entidad_id = entidad.entidad_id
    left join marts.dim_centro_costo as centro
        on registro.entidad_id = centro.entidad_id
        and registro.centro_costo_id = centro.centro_costo_id
    left join marts.dim_plan as plan
        on registro.entidad_id = plan.entidad_id and registro.plan_id = plan.plan_id
    left join marts.dim_actividad as actividad
        on registro.entidad_id = actividad.entidad_id and registro.plan_id = actividad.plan_id
        and registro.actividad_id = actividad.actividad_id
    left join marts.dim_periodo as periodo
        on registro.anio = periodo.anio and registro.mes = periodo.mes
    where registro.fecha_limite >= $dia and ($entidad is null or registro.entidad_id = $entidad)
    order by registro.entidad_id, registro.centro_costo_id, registro.plan_id, registro.actividad_id
"""

_COLUMNS = (
    ("Plan", 24),
    ("Mes", 12),
    ("Año", 8),
    ("Actividad", 20),
    ("Nombre", 60),
    ("Acción", 14),
    ("Vence", 12),
)


@dataclass(frozen=True)
class Registration:
    """A month of an activity that is still to be registered.

    Attributes:
        plan, plan_name: its plan.
        activity, activity_name: the activity.
        action: the action that waits for it.
        month, year: the month to register.
        blocks: without it the action has no advance; else it counts 0.
        deadline: last day to register it.
    """

    plan: str
    plan_name: str
    activity: str
    activity_name: str
    action: str
    month: str
    year: int
    blocks: bool
    deadline: date


def pending(
    marts: Published, entity: str | None, day: date
) -> Iterator[tuple[Unit, list[Registration]]]:
    """Give each unit with what it has to register before the month of `day` ends.

    Raises:
        SemaforoError: the publication is of another month and does not know.
    """
    if (marts.as_of.year, marts.as_of.month) != (day.year, day.month):
        raise SemaforoError(
            f"lo publicado es al {marts.as_of:%d/%m/%Y} y no dice qué vence este mes; "
            "actualice antes con «semaforo refresh»"
        )
    rows = marts.rows(_PENDING, {"entidad": entity, "dia": day})
    for (code, name, centre, centre_name), group in groupby(rows, key=lambda row: row[:4]):
        yield Unit(code, centre, name, centre_name), [Registration(*row[4:]) for row in group]


def deadline_message(
    marts: Published,
    unit: Unit,
    registrations: list[Registration],
    base_url: str | None,
    now: datetime,
) -> Message:
    """Write the reminder of a unit; the same unit and deadline give the same Message-ID."""
    first = registrations[0]
    plans = dict.fromkeys((each.plan, each.plan_name) for each in registrations)
    urls = [(name, page_url(base_url, unit, plan)) for plan, name in plans]
    said = summary(registrations)
    ((to_do,),) = marts.rows(
        "select que_hacer from catalogos.reglas_calidad where regla_id = $regla", {"regla": _RULE}
    )
    return compose(
        DEADLINE,
        message_id(DEADLINE, [unit.entity, unit.centre, first.deadline.isoformat()]),
        unit,
        subject=f"Semáforo · {unit.name}: {said}",
        template="plazo",
        parts={
            "unit": unit,
            "summary": said,
            "to_do": to_do,
            "shown": registrations[:SHOWN],
            "hidden": len(registrations[SHOWN:]),
            "blocking": _plans(registrations, blocking=True),
            "counting": _plans(registrations, blocking=False),
            "links": [Link(f"Ver en el tablero: {name}", url) for name, url in urls if url],
            "attachment": ATTACHMENT,
        },
        attachment=(ATTACHMENT, sheet("Por registrar", _COLUMNS, list(map(_row, registrations)))),
        now=now,
    )


def summary(registrations: list[Registration]) -> str:
    """Say how much falls due when."""
    count = counted(len(registrations), "registro vence", "registros vencen")
    return f"{count} el {registrations[0].deadline:%d/%m/%Y}"


def _plans(registrations: list[Registration], *, blocking: bool) -> str:
    """Name the plans whose activities wait for the month, or those where it counts 0."""
    names = (each.plan_name for each in registrations if each.blocks == blocking)
    return ", ".join(dict.fromkeys(names))


def _row(each: Registration) -> list[object]:
    return [
        each.plan_name,
        each.month,
        each.year,
        each.activity,
        each.activity_name,
        each.action,
        each.deadline,
    ]
