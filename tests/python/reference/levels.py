"""Means over activities: AEI, OEI and entity, and what every level has in common.

The cost centres stand in `centres`, on top of `over_activities` and `as_reported`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .activity import untracked
from .arithmetic import band, median, percentage, total, weighted_mean
from .inputs import Row
from .plans import Plan

COLOURS = ("rojo", "naranja", "amarillo", "verde")
COUNTS = ("n_actividades", "n_sp", "n_si", *(f"n_{colour}" for colour in COLOURS))


@dataclass
class Member:
    """Something that enters a mean: its weight and its figures."""

    weight: Fraction
    state: str
    advance: Fraction | None
    partial: Fraction | None


def _mean(pairs: list[tuple[Fraction, Fraction | None]]) -> Fraction | None:
    return weighted_mean((weight, value) for weight, value in pairs if value is not None)


def advance_of(members: Sequence[Member]) -> Row:
    """State, advance and partial advance of an element from its members."""
    partial = _mean([(m.weight, m.partial) for m in members])
    if any(m.state == "S.I." for m in members):
        return {"estado": "S.I.", "avance_fisico_pct": None, "avance_parcial_pct": partial}
    if all(m.state == "S.P." and m.advance is None for m in members):
        return {"estado": "S.P.", "avance_fisico_pct": None, "avance_parcial_pct": partial}
    advance = _mean([(m.weight, m.advance) for m in members])
    return {"estado": "completo", "avance_fisico_pct": advance, "avance_parcial_pct": partial}


def activity_members(plan: Plan, activities: Sequence[Row]) -> list[Member]:
    """Activities as members of a mean; their own figure is also their partial one."""
    weights = {a["actividad_id"]: plan.weight(a) for a in plan.activities}
    return [
        Member(
            weights[row["actividad_id"]],
            row["estado"],
            row["avance_fisico_pct"],
            row["avance_fisico_pct"],
        )
        for row in activities
    ]


def shares(plan: Plan, activities: Sequence[Row]) -> Row:
    """The S-curve of any level: mean over the activities that have a share."""
    weights = {a["actividad_id"]: plan.weight(a) for a in plan.activities}
    return {
        column: _mean([(weights[row["actividad_id"]], row[column]) for row in activities])
        for column in ("programado_anual_pct", "ejecutado_anual_pct")
    }


def lights_and_money(plan: Plan, row: Row) -> Row:
    """The columns that follow from advance and money; blanked without follow-up."""
    row = row | {
        "anio": plan.row["anio"],
        "avance_financiero_pct": percentage(
            row["ejecutado_financiero"], row["programado_financiero"]
        ),
        "semaforo_fisico": band(row["avance_fisico_pct"], plan.bands["fisico"]),
    }
    row["semaforo_financiero"] = band(row["avance_financiero_pct"], plan.bands["financiero"])
    return row if plan.tracked else untracked(row)


def counts_of(activities: Sequence[Row]) -> Row:
    """How many activities, in which states and colours."""
    states = Counter(row["estado"] for row in activities)
    colours = Counter(row["semaforo_fisico"] for row in activities)
    counts = {"n_actividades": len(activities), "n_sp": states["S.P."], "n_si": states["S.I."]}
    return counts | {f"n_{colour}": colours[colour] for colour in COLOURS}


def sums_of(rows: Sequence[Row], columns: Sequence[str]) -> Row:
    """Sums of columns over rows, nulls ignored."""
    return {column: total(row[column] for row in rows) for column in columns}


MONEY = ("programado_financiero", "ejecutado_financiero")


def over_activities(plan: Plan, activities: Sequence[Row]) -> Row:
    """Figures of an AEI or a cost centre that has activities."""
    row = {"origen": "mensual"} | advance_of(activity_members(plan, activities))
    row |= counts_of(activities) | sums_of(activities, MONEY) | shares(plan, activities)
    return lights_and_money(plan, row)


def as_reported(plan: Plan, report: Row) -> Row:
    """Figures of an element without activities: as the report gives them."""
    programmed = report["programado_fisico"]
    advance = percentage(report["ejecutado_fisico"], programmed)
    if advance is None:
        advance = report["avance_fisico_pct"]
    state = "completo"
    if advance is None:
        state = "S.P." if programmed == 0 else "S.I."
    row = {
        "estado": state,
        "origen": "reportado",
        "avance_fisico_pct": advance,
        "avance_parcial_pct": advance,
        **dict.fromkeys(COUNTS, 0),
        "n_actividades": report["n_actividades"],
        **{column: report[column] for column in MONEY},
        "programado_anual_pct": None,
        "ejecutado_anual_pct": None,
    }
    return lights_and_money(plan, row)


def level_members(plan: Plan, elements: Sequence[Row], rows: Sequence[Row], key: str):
    """AEI or OEI rows as members of the mean above them."""
    weights = {element[key]: plan.weight(element) for element in elements}
    return [
        Member(
            weights[row[key]], row["estado"], row["avance_fisico_pct"], row["avance_parcial_pct"]
        )
        for row in rows
    ]


def action_rows(plan: Plan, activities: Sequence[Row], corte: int) -> list[Row]:
    """`fct_avance_accion` at a corte, from the activity rows of that corte."""
    rows = []
    for action in plan.actions:
        own = [row for row in activities if row["aei_id"] == action["aei_id"]]
        report = plan.reported.get(("AEI", action["aei_id"], corte))
        if own or report:
            key = {"aei_id": action["aei_id"], "mes_corte": corte}
            figures = over_activities(plan, own) if own else as_reported(plan, report)
            rows.append(plan.key | key | figures)
    return rows


def objective_rows(
    plan: Plan, activities: Sequence[Row], actions: Sequence[Row], corte: int
) -> list[Row]:
    """`fct_avance_objetivo` at a corte, from the rows of its AEIs."""
    rows = []
    for objective in plan.objectives:
        name = objective["oei_id"]
        aeis = {a["aei_id"] for a in plan.actions if a["oei_id"] == name}
        below = [row for row in actions if row["aei_id"] in aeis]
        own = [row for row in activities if row["oei_id"] == name]
        report = plan.reported.get(("OEI", name, corte))
        key = plan.key | {"oei_id": name, "mes_corte": corte}
        if report and not own:
            rows.append(key | as_reported(plan, report))
        elif below:
            row = {"origen": "mensual"}
            row |= advance_of(level_members(plan, plan.actions, below, "aei_id"))
            row |= sums_of(below, (*MONEY, *COUNTS)) | shares(plan, own)
            rows.append(key | lights_and_money(plan, row))
    return rows


def entity_rows(
    plan: Plan,
    activities: Sequence[Row],
    actions: Sequence[Row],
    objectives: Sequence[Row],
    corte: int,
) -> list[Row]:
    """`fct_avance_entidad` at a corte: one row where any objective has one."""
    if not objectives:
        return []
    members = {
        "actividades": lambda: activity_members(plan, activities),
        "acciones": lambda: level_members(plan, plan.actions, actions, "aei_id"),
        "objetivos": lambda: level_members(plan, plan.objectives, objectives, "oei_id"),
    }[plan.method["promedio_entidad"]]()
    row = {
        "mes_corte": corte,
        "origen": "mensual",
        "mediana_actividades_pct": median(
            row["avance_fisico_pct"] for row in activities if row["avance_fisico_pct"] is not None
        ),
    }
    row |= advance_of(members) | sums_of(objectives, (*MONEY, *COUNTS))
    row |= shares(plan, activities)
    return [plan.key | lights_and_money(plan, row)]
