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

# With a result at the corte or without.
_OF_ELEMENT = """
    select
        indicador.indicador_id, indicador.nombre, cifra.programado, cifra.obtenido,
        cifra.avance_pct, cifra.logrado, cifra.semaforo
    from intermediate.int_indicador_elemento as indicador
    left join intermediate.int_explicacion_indicador as cifra
        on cifra.entidad_id = indicador.entidad_id and cifra.plan_id = indicador.plan_id
        and cifra.indicador_id = indicador.indicador_id and cifra.mes_corte = $mes_corte
    where indicador.entidad_id = $entidad_id and indicador.plan_id = $plan_id
        and (
            ($nivel = 'OEI' and indicador.oei_id = $elemento_id)
            or (indicador.nivel_elemento = $nivel and indicador.elemento_id = $elemento_id)
        )
    order by indicador.indicador_id
"""

_RESULT = """
    select * from marts.fct_resultado_objetivo
    where entidad_id = $entidad_id and plan_id = $plan_id and mes_corte = $mes_corte
        and $nivel = 'OEI' and oei_id = $elemento_id
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


@dataclass(frozen=True)
class ElementIndicators:
    """The indicators of an action, or of an objective with its actions.

    Attributes:
        rows: each with its figures at the corte, empty where it has no result.
        result: row of fct_resultado_objetivo; None for an action, or without any result.
    """

    rows: list[Row]
    result: Row | None


def find_indicators(build: Build, asked: Asked) -> ElementIndicators:
    """Find the indicators of an element: how its means advance says nothing of its ends."""
    return ElementIndicators(
        build.rows(_OF_ELEMENT, **asked.key), build.first(_RESULT, **asked.key)
    )


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
        uncapped = exact(figure["avance_pct"])
        return f"Esta metodología no tiene tope: queda en {uncapped}, sin redondear."
    return (
        f"Con tope de {percent(plan['tope_pct'])} y sin redondear: {exact(figure['avance_pct'])}."
    )
