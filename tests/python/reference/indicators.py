"""`fct_indicador` and `fct_resultado_objetivo`: results of the indicators."""

from __future__ import annotations

from fractions import Fraction

from .arithmetic import band, capped, percentage
from .inputs import Row
from .plans import Plan


def indicator_advance(
    rising: bool, base: Fraction | None, programmed: Fraction, obtained: Fraction | None
) -> Fraction | None:
    """Advance of an indicator before the cap; a baseline makes the sense irrelevant."""
    if obtained is None:
        return None
    if base is not None:
        return percentage(obtained - base, programmed - base)
    return percentage(obtained, programmed) if rising else percentage(programmed, obtained)


def indicator_rows(plan: Plan) -> list[Row]:
    """`fct_indicador`: one row per result."""
    catalogue = {row["indicador_id"]: row for row in plan.indicators}
    objective_of = {action["aei_id"]: action["oei_id"] for action in plan.actions}
    rows = []
    for result in plan.indicator_results:
        indicator = catalogue[result["indicador_id"]]
        rising = indicator["sentido"] == "ascendente"
        programmed = result["programado"]
        obtained = result["obtenido"] if plan.tracked else None
        advance = capped(
            indicator_advance(rising, indicator["linea_base"], programmed, obtained),
            plan.method["tope_pct"],
        )
        achieved = None
        if obtained is not None:
            achieved = obtained >= programmed if rising else obtained <= programmed
        element = indicator["elemento_id"]
        rows.append(
            plan.key
            | {
                "indicador_id": result["indicador_id"],
                "mes_corte": result["mes_corte"],
                "elemento_id": element,
                "oei_id": objective_of.get(element, element),
                "programado": programmed,
                "obtenido": obtained,
                "avance_pct": advance,
                "logrado": achieved,
                "semaforo": band(advance, plan.bands["indicador"]),
            }
        )
    return rows


def objective_results(plan: Plan, results: list[Row]) -> list[Row]:
    """`fct_resultado_objetivo`: achieved indicators of an OEI and its AEIs over all of them."""
    objective_of = {action["aei_id"]: action["oei_id"] for action in plan.actions}
    rows = []
    for objective in plan.objectives:
        name = objective["oei_id"]
        count = sum(
            objective_of.get(i["elemento_id"], i["elemento_id"]) == name for i in plan.indicators
        )
        own = [row for row in results if row["oei_id"] == name]
        for corte in sorted({row["mes_corte"] for row in own}):
            achieved = sum(row["logrado"] is True for row in own if row["mes_corte"] == corte)
            result = Fraction(100 * achieved, count) if plan.tracked else None
            rows.append(
                plan.key
                | {
                    "oei_id": name,
                    "mes_corte": corte,
                    "n_indicadores": count,
                    "n_logrados": achieved if plan.tracked else None,
                    "resultado_pct": result,
                    "semaforo": band(result, plan.bands["indicador"]),
                }
            )
    return rows
