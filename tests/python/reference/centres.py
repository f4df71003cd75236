"""`fct_avance_centro_costo`: a centre alone (`propio`) and with all below it (`total`)."""

from __future__ import annotations

from collections.abc import Sequence

from .inputs import Row
from .levels import as_reported, over_activities, sums_of
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
            rows.append(key | figures)
    return rows
