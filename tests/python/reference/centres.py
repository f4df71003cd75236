"""`fct_avance_centro_costo`: a centre alone (`propio`) and with all below it (`total`)."""

from __future__ import annotations

from collections.abc import Sequence

from .inputs import Row
from .levels import as_reported, lights_and_money, over_activities, sums_of
from .plans import Plan


def below(plan: Plan, centre: str) -> set[str]:
    """The centre and every centre under it, to any depth."""
    found = {centre}
    while True:
        more = {c["centro_costo_id"] for c in plan.centres if c["centro_padre_id"] in found}
        if more <= found:
            return found
        found |= more


def centre_rows(plan: Plan, activities: Sequence[Row], corte: int) -> list[Row]:
    """Both scopes of every centre at a corte; no row where a scope has nothing."""
    rows = []
    for centre in plan.centres:
        name = centre["centro_costo_id"]
        report = plan.reported.get(("CC", name, corte))
        for scope, centres in (("propio", {name}), ("total", below(plan, name))):
            own = [row for row in activities if row["centro_costo_id"] in centres]
            key = plan.key | {"centro_costo_id": name, "alcance": scope, "mes_corte": corte}
            if own:
                sums = sums_of(own, ("programado_fisico", "ejecutado_fisico"))
                figures = over_activities(plan, own)
            elif report:
                sums, figures = report, as_reported(plan, report)
            else:
                continue
            figures["suma_programada"] = sums["programado_fisico"]
            figures["suma_ejecutada"] = sums["ejecutado_fisico"] if plan.tracked else None
            if scope == "total":
                figures |= _with_reports(plan, figures, own, centres, activities, corte)
            rows.append(key | figures)
    return rows


def _with_reports(
    plan: Plan,
    figures: Row,
    own: Sequence[Row],
    centres: set[str],
    activities: Sequence[Row],
    corte: int,
) -> Row:
    """Money, counts and sums with the reports of centres in the scope that have no activities."""
    busy = {row["centro_costo_id"] for row in activities}
    reports = [plan.reported.get(("CC", name, corte)) for name in centres - busy]
    found = {}
    for column, source in REPORTED.items():
        values = [report[source] for report in reports if report and report[source] is not None]
        if source.startswith("ejecutado") and not plan.tracked:
            values = []
        base = figures[column] if own else None
        if values and (base is not None or not own):
            found[column] = (base or 0) + sum(values)
    return lights_and_money(plan, figures | found)


REPORTED = {
    "n_actividades": "n_actividades",
    "suma_programada": "programado_fisico",
    "suma_ejecutada": "ejecutado_fisico",
    "programado_financiero": "programado_financiero",
    "ejecutado_financiero": "ejecutado_financiero",
}
"""What a report adds to the total of the centres above it, and where it says it."""
