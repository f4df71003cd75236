"""`rpt_semaforizacion`: how many elements of each level stand in each colour."""

from __future__ import annotations

from collections import Counter

from .inputs import Row
from .plans import Plan


def light_rows(
    plan: Plan,
    activities: list[Row],
    actions: list[Row],
    objectives: list[Row],
    indicators: list[Row],
) -> list[Row]:
    """One row per colour of the method's bands, for each level with rows at a corte."""
    of_objectives = {objective["oei_id"] for objective in plan.objectives}
    by_element = {True: [], False: []}
    for row in indicators:
        by_element[row["elemento_id"] in of_objectives].append(row)
    levels = [
        ("AO", "fisico", "semaforo_fisico", activities),
        ("AEI", "fisico", "semaforo_fisico", actions),
        ("OEI", "fisico", "semaforo_fisico", objectives),
        ("IND_OEI", "indicador", "semaforo", by_element[True]),
        ("IND_AEI", "indicador", "semaforo", by_element[False]),
    ]
    rows = []
    for level, scope, column, elements in levels:
        colours = Counter((row["mes_corte"], row[column]) for row in elements)
        for corte in sorted({row["mes_corte"] for row in elements}):
            rows.extend(
                plan.key
                | {
                    "mes_corte": corte,
                    "nivel": level,
                    "color": row["color"],
                    "cantidad": colours[corte, row["color"]],
                    "etiqueta": row["etiqueta"],
                }
                for row in plan.bands[scope]
            )
    return rows
