"""The rule of each step in words, with the values of the plan's method.

Belongs here: sentences. Does not: a value that no model gives.
"""

from orchestration.explaining.figures import Explained
from orchestration.explaining.reading import Row
from orchestration.explaining.words import (
    PARTS,
    count,
    day,
    exact,
    month,
    percent,
    quantity,
)
from orchestration.reports.method import NO_WEIGHT

_AGGREGATION = {
    "acumulado_anual": "Acumulado anual: se suman los meses hasta el corte.",
    "acumulado_mensual": "Acumulado mensual: vale el último mes con cantidad mayor que 0.",
}
_NOT_ACCUMULATED = {
    "promedio_mensual": "No acumulado: cada mes con meta da su propio porcentaje y se promedian.",
    "acumulado": "No acumulado: según esta metodología se suman los meses hasta el corte.",
}
_ARTICLES = {"AEI": "La acción", "OEI": "El objetivo", "CC": "El centro", "ENTIDAD": "La entidad"}


def steps(explained: Explained, plan: Row) -> list[str]:
    """Say how the figure comes about, one step a sentence."""
    if explained.figure["nivel"] == "AO":
        return _activity_steps(explained, plan)
    if explained.figure["regla"] == "reportada":
        return _reported_steps(explained)
    return _mean_steps(explained, plan)


def _activity_steps(explained: Explained, plan: Row) -> list[str]:
    figure, activity = explained.figure, explained.activity or {}
    kind = str(activity["tipo_agregacion"])
    said = [_AGGREGATION.get(kind) or _NOT_ACCUMULATED[str(plan["regla_no_acumulado"])]]
    if explained.reported is not None:
        said.append(
            "Los meses no están completos: se usa la cifra ya acumulada que reporta la fuente."
        )
    elif plan["sin_seguimiento"] == "cero" and figure["estado"] != "S.P.":
        said += _counted_as_nothing(explained)
    programmed, executed = figure["programado_fisico"], figure["ejecutado_fisico"]
    if programmed is not None or executed is not None:
        said.append(
            f"Hasta el corte: programado {quantity(programmed)}, ejecutado {quantity(executed)} "
            f"(unidad de medida: {activity['unidad_medida']})."
        )
    said += _RULES[str(figure["regla"])](explained, plan)
    return said


def _counted_as_nothing(explained: Explained) -> list[str]:
    missing = [row for row in explained.months if row["falta"]]
    if not missing:
        return []
    verb = "cuenta" if len(missing) == 1 else "cuentan"
    return [f"Sin registro y con el plazo vencido: {_named(missing)}; {verb} como 0."]


def _named(months: list[Row]) -> str:
    return ", ".join(
        f"{month(row['mes'])} (venció el {day(row['fecha_limite'])})" for row in months
    )


def _quotient(explained: Explained, plan: Row) -> list[str]:
    figure = explained.figure
    return [
        f"Avance = 100 × {quantity(figure['ejecutado_fisico'])} / "
        f"{quantity(figure['programado_fisico'])} = {exact(figure['avance_sin_tope_pct'])}.",
        _rounding(figure, plan),
    ]


def _monthly_mean(explained: Explained, plan: Row) -> list[str]:
    figure, activity = explained.figure, explained.activity or {}
    ratios = [row["razon_pct"] for row in explained.months if row["razon_pct"] is not None]
    number = activity["meses_programados"]
    of = "del único mes" if number == 1 else f"de los {number} meses"
    # One mean a sentence: its terms are the column «Del mes» of the table below.
    terms = " + ".join(quantity(ratio) for ratio in ratios)
    worked = f" = ({terms}) / {number}" if len(ratios) == number and number > 1 else ""
    return [
        f"Avance = promedio de 100 × ejecutado / programado {of} con meta{worked} = "
        f"{exact(figure['avance_sin_tope_pct'])}.",
        _rounding(figure, plan),
    ]


def _given(explained: Explained, plan: Row) -> list[str]:
    figure = explained.figure
    return [
        f"La fuente da el porcentaje: {exact(figure['avance_sin_tope_pct'])}.",
        _rounding(figure, plan),
    ]


def _nothing_done(explained: Explained, plan: Row) -> list[str]:
    return ["El reporte no trae ejecución: cuenta como 0 %."]


def _hundred(explained: Explained, plan: Row) -> list[str]:
    return [
        "S.P. (sin programación): nada se programó hasta el corte; esta metodología le da 100 %."
    ]


def _none(explained: Explained, plan: Row) -> list[str]:
    state = explained.figure["estado"]
    if state == "S.P.":
        return [
            "S.P. (sin programación): nada se programó hasta el corte, así que no tiene avance y "
            "queda fuera de los promedios."
        ]
    if state == "S.I.":
        missing = [row for row in explained.months if row["falta"]]
        return [
            f"S.I. (seguimiento incompleto): falta registrar {_named(missing) or 'lo ejecutado'}. "
            "Mientras falte, la actividad no tiene avance y bloquea el de su acción."
        ]
    return ["Del plan solo se conoce la programación: no hay ejecución ni avance."]


def _rounding(figure: Row, plan: Row) -> str:
    cap = plan["tope_pct"]
    limit = "Sin tope" if cap is None else f"Con tope de {quantity(cap)} %"
    places = plan["decimales_actividad"]
    decimals = "1 decimal" if places == 1 else f"{places} decimales"
    return (
        f"{limit} y redondeado a {decimals} (la mitad, hacia arriba): "
        f"{percent(figure['avance_fisico_pct'])}."
    )


_RULES = {
    "cociente": _quotient,
    "promedio_mensual": _monthly_mean,
    "reportada": _given,
    "cero": _nothing_done,
    "cien": _hundred,
    "ninguna": _none,
}


def _reported_steps(explained: Explained) -> list[str]:
    """Steps of an element without activities: its source gives the figure, or part of it."""
    figure = explained.figure
    who = _ARTICLES[str(figure["nivel"])]
    if figure["estado"] == "S.I.":
        return [
            f"{who} no tiene actividades cargadas, y la fuente no reporta lo ejecutado ni un "
            "avance: S.I. (seguimiento incompleto)."
        ]
    if figure["estado"] == "S.P.":
        return [
            f"{who} no tiene actividades cargadas, y la fuente reporta que nada se programó: S.P. "
            "(sin programación)."
        ]
    said = [f"{who} no tiene actividades cargadas: se usa la cifra que reporta la fuente."]
    if explained.parts:
        number = len(explained.parts)
        parts = count(number, str(explained.parts[0]["parte_nivel"]))
        verb = "tiene" if number == 1 else "tienen"
        said.append(f"Debajo, {parts} {verb} su propia cifra, que no entra en esta.")
    return said


def _mean_steps(explained: Explained, plan: Row) -> list[str]:
    figure = explained.figure
    if not explained.parts:
        return ["No tiene partes de las que promediar."]
    level = str(explained.parts[0]["parte_nivel"])
    weighted = plan["ponderacion"] == "ponderada"
    mean = "Promedio ponderado por el peso" if weighted else "Promedio simple"
    several = f"sus {count(figure['partes'], level)}"
    of = f"su única {PARTS[level][0]}" if level != "OEI" else "su único objetivo"
    said = [
        f"{mean} del avance de {of if figure['partes'] == 1 else several}{_outside(explained)}."
    ]
    what = (
        "suma de peso × avance / suma de pesos"
        if weighted
        else f"suma / {PARTS[level][1]} que entran"
    )
    if figure["suma"] is not None:
        worked = f"{quantity(figure['suma'])} / {quantity(figure['divisor'])}"
        said.append(f"Avance = {what} = {worked} = {exact(figure['avance_fisico_pct'])}.")
        return said
    return said + _without_mean(figure, level, what)


def _without_mean(figure: Row, level: str, what: str) -> list[str]:
    """Why a mean has no figure."""
    if figure["estado"] == "S.I.":
        number = figure["partes_si"]
        verb = "tiene" if number == 1 else "tienen"
        said = [
            f"S.I. (seguimiento incompleto): {count(number, level)} {verb} meses sin registrar; "
            "mientras falten no hay avance."
        ]
        if figure["avance_parcial_pct"] is not None:
            worked = f"{quantity(figure['suma_parcial'])} / {quantity(figure['divisor_parcial'])}"
            said.append(
                f"Avance parcial, solo con lo que ya tiene cifra = {what} = {worked} = "
                f"{exact(figure['avance_parcial_pct'])}."
            )
        return said
    if figure["estado"] == "S.P.":
        return ["S.P. (sin programación): ninguna parte tiene programación hasta el corte."]
    if figure["estado"] == "completo":
        return [f"Sin avance: {NO_WEIGHT}"]
    return ["Del plan solo se conoce la programación: no hay ejecución ni avance."]


def _outside(explained: Explained) -> str:
    """Which parts the mean leaves out, where it leaves any."""
    without = sum(part["estado"] == "S.P." and not part["entra"] for part in explained.parts)
    weightless = sum(
        part["avance_fisico_pct"] is not None and part["peso"] == 0 for part in explained.parts
    )
    said = [f"{without} S.P. (sin programación hasta el corte)"] if without else []
    if weightless:
        said.append(f"{weightless} de peso 0")
    return f", sin contar {' ni '.join(said)}" if said else ""
