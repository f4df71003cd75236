"""The steps of an indicator's advance: its rule, its result, the lines they came from.

Belongs here: rows of the models and the sentences about them. Does not: layout, or how a change is
found (changes.py).
"""

from dataclasses import dataclass

from orchestration.explaining.naming import Asked
from orchestration.explaining.reading import Build, Row
from orchestration.explaining.words import exact, month, percent, quantity

_INDICATOR = "entidad_id = $entidad_id and plan_id = $plan_id and indicador_id = $elemento_id"

_FIGURE = f"""
    select * from intermediate.int_explicacion_indicador
    where {_INDICATOR} and mes_corte = $mes_corte
"""

_ROWS = f"""
    select * from intermediate.int_explicacion_indicador_fila
    where {_INDICATOR} and (mes_corte is null or mes_corte = $mes_corte)
    order by tipo, cargado_en, fila
"""

_NONE = {
    "sin_seguimiento": "Del plan solo se conoce la programación: no hay resultado ni avance.",
    "sin_dato": "La fuente no trae lo obtenido a este corte: no hay avance, y no cuenta como "
    "logrado.",
    "base_igual_a_meta": "La línea de base es igual a lo programado: no hay camino por recorrer "
    "entre el cual dividir, y el indicador queda sin avance.",
    "divisor_cero": "Habría que dividir entre 0: el indicador queda sin avance.",
}


@dataclass(frozen=True)
class ExplainedIndicator:
    """An indicator at a corte.

    Attributes:
        figure: row of int_explicacion_indicador.
        rows: rows of int_explicacion_indicador_fila, of its definition and of that corte.
    """

    figure: Row
    rows: list[Row]


def explain_indicator(build: Build, asked: Asked) -> ExplainedIndicator:
    """Collect what an indicator's advance stands on; the corte is one of its results."""
    (figure,) = build.rows(_FIGURE, **asked.key)
    return ExplainedIndicator(figure, build.rows(_ROWS, **asked.key))


def indicator_steps(figure: Row, plan: Row) -> list[str]:
    """Say how the advance comes about, one step a sentence (contract, section 2, indicators)."""
    rising = figure["sentido"] == "ascendente"
    baseline = figure["linea_base"]
    said = [
        f"Indicador {figure['sentido']}: {'más' if rising else 'menos'} es mejor"
        + (", sin línea de base." if baseline is None else f"; parte de {quantity(baseline)}."),
        f"A {month(figure['mes_corte'])}: programado {quantity(figure['programado'])}, obtenido "
        f"{quantity(figure['obtenido'])} (unidad de medida: {figure['unidad_medida']}).",
    ]
    rule = str(figure["regla"])
    if rule in _NONE:
        said.append(_NONE[rule])
    else:
        said += [_quotient(rule, figure), _cap(figure, plan)]
    if figure["logrado"] is not None:
        said.append(_reached(figure, rising=rising))
    return said


def _quotient(rule: str, figure: Row) -> str:
    programmed, obtained = quantity(figure["programado"]), quantity(figure["obtenido"])
    base = quantity(figure["linea_base"])
    words, worked = {
        "linea_base": (
            "camino recorrido / camino por recorrer",
            f"({obtained} - {base}) / ({programmed} - {base})",
        ),
        "ascendente": ("obtenido / programado", f"{obtained} / {programmed}"),
        "descendente": ("programado / obtenido", f"{programmed} / {obtained}"),
    }[rule]
    return f"Avance = 100 × {words} = 100 × {worked} = {exact(figure['avance_sin_tope_pct'])}."


def _reached(figure: Row, *, rising: bool) -> str:
    if figure["logrado"]:
        said, how = "sí", "mayor o igual que" if rising else "menor o igual que"
    else:
        said, how = "no", "menor que" if rising else "mayor que"
    programmed, obtained = quantity(figure["programado"]), quantity(figure["obtenido"])
    return f"Logrado: {said}, porque {obtained} es {how} {programmed}."


def _cap(figure: Row, plan: Row) -> str:
    if plan["tope_pct"] is None:
        return f"Este método no tiene tope: queda en {exact(figure['avance_pct'])}, sin redondear."
    return (
        f"Con tope de {percent(plan['tope_pct'])} y sin redondear: {exact(figure['avance_pct'])}."
    )
