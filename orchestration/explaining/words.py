"""The rule of each step in words, with the values of the plan's method.

Belongs here: sentences. Does not: a value that no model gives.
"""

from orchestration.explaining.figures import Explained
from orchestration.explaining.reading import Row
from orchestration.reports.printing import MONEY, PERCENT, QUANTITY

LEVEL_NAMES = {
    "AO": "actividad operativa",
    "AEI": "acción estratégica",
    "OEI": "objetivo estratégico",
    "CC": "centro de costo",
    "ENTIDAD": "entidad",
}
MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "setiembre",
    "octubre", "noviembre", "diciembre",
)  # fmt: skip

_AGGREGATION = {
    "acumulado_anual": "Acumulado anual: se suman los meses hasta el corte.",
    "acumulado_mensual": "Acumulado mensual: vale el último mes con cantidad mayor que 0.",
}
_NOT_ACCUMULATED = {
    "promedio_mensual": "No acumulado: cada mes con meta da su propio porcentaje y se promedian.",
    "acumulado": "No acumulado: según este método se suman los meses hasta el corte.",
}
_PARTS = {"AO": "actividades", "AEI": "acciones", "OEI": "objetivos"}


def quantity(value: object) -> str:
    """Write a quantity: 1,234.5."""
    return "—" if value is None else QUANTITY.text(value)


def percent(value: object) -> str:
    """Write a percentage as reports print it: 55.2 %."""
    return "—" if value is None else f"{PERCENT.text(value)} %"


def exact(value: object) -> str:
    """Write a percentage before it is rounded, to four decimals."""
    return "—" if value is None else f"{QUANTITY.text(value)} %"


def money(value: object) -> str:
    """Write an amount: 1,234.50."""
    return "—" if value is None else MONEY.text(value)


def month(number: object) -> str:
    """Name a month."""
    return MONTHS[int(str(number)) - 1]


def outcome(figure: Row) -> str:
    """The figure itself, or the state that stands in its place."""
    if figure["avance_fisico_pct"] is not None:
        return percent(figure["avance_fisico_pct"])
    return str(figure["estado"]).replace("_", " ")


def steps(explained: Explained, plan: Row) -> list[str]:
    """Say how the figure comes about, one step a sentence."""
    if explained.figure["nivel"] == "AO":
        return _activity_steps(explained, plan)
    return _mean_steps(explained, plan)


def _activity_steps(explained: Explained, plan: Row) -> list[str]:
    figure, activity = explained.figure, explained.activity or {}
    unit = activity["unidad_medida"]
    kind = str(activity["tipo_agregacion"])
    said = [_AGGREGATION.get(kind) or _NOT_ACCUMULATED[str(plan["regla_no_acumulado"])]]
    if explained.reported is not None:
        said.append(
            "Los meses no están completos: se usa la cifra ya acumulada que reporta la fuente."
        )
    programmed, executed = figure["programado_fisico"], figure["ejecutado_fisico"]
    if programmed is not None or executed is not None:
        said.append(
            f"Hasta el corte: programado {quantity(programmed)}, ejecutado {quantity(executed)} "
            f"(unidad de medida: {unit})."
        )
    said += _RULES[str(figure["regla"])](explained, plan)
    return said


def _quotient(explained: Explained, plan: Row) -> list[str]:
    figure = explained.figure
    return [
        f"Avance = 100 × {quantity(figure['ejecutado_fisico'])} / "
        f"{quantity(figure['programado_fisico'])} = {exact(figure['avance_sin_tope_pct'])}.",
        _rounding(figure, plan),
    ]


def _monthly_mean(explained: Explained, plan: Row) -> list[str]:
    figure, activity = explained.figure, explained.activity or {}
    return [
        f"Avance = promedio de 100 × ejecutado / programado de los "
        f"{activity['meses_programados']} meses con meta = {exact(figure['avance_sin_tope_pct'])}.",
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
    return ["S.P. (sin programación): nada se programó hasta el corte; este método le da 100 %."]


def _none(explained: Explained, plan: Row) -> list[str]:
    state = explained.figure["estado"]
    if state == "S.P.":
        return [
            "S.P. (sin programación): nada se programó hasta el corte, así que no tiene avance y "
            "queda fuera de los promedios."
        ]
    if state == "S.I.":
        missing = [row for row in explained.months if row["falta"]]
        named = ", ".join(f"{month(row['mes'])} (venció el {_day(row)})" for row in missing)
        return [
            f"S.I. (seguimiento incompleto): falta registrar {named or 'lo ejecutado'}. Mientras "
            "falte, la actividad no tiene avance y bloquea el de su acción."
        ]
    return ["Del plan solo se conoce la programación: no hay ejecución ni avance."]


def _day(row: Row) -> str:
    return f"{row['fecha_limite']:%d/%m/%Y}"


def _rounding(figure: Row, plan: Row) -> str:
    cap = plan["tope_pct"]
    limit = "Sin tope" if cap is None else f"Con tope de {quantity(cap)} %"
    places = plan["decimales_actividad"]
    return (
        f"{limit} y redondeado a {places} decimales (la mitad, hacia arriba): "
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


def _mean_steps(explained: Explained, plan: Row) -> list[str]:
    figure = explained.figure
    if figure["regla"] == "reportada":
        return ["No tiene actividades cargadas: se usa la cifra que reporta la fuente."]
    if not explained.parts:
        return ["No tiene partes de las que promediar."]
    kind = _PARTS[str(explained.parts[0]["parte_nivel"])]
    weighted = plan["ponderacion"] == "ponderada"
    mean = "Promedio ponderado por el peso" if weighted else "Promedio simple"
    said = [f"{mean} del avance de sus {figure['partes']} {kind}{_outside(explained, plan)}."]
    if figure["suma"] is not None:
        what = "suma de peso × avance / suma de pesos" if weighted else f"suma / {kind} que entran"
        said.append(
            f"Avance = {what} = {quantity(figure['suma'])} / {quantity(figure['divisor'])} = "
            f"{exact(figure['avance_fisico_pct'])}."
        )
    elif figure["estado"] == "S.I.":
        number = figure["partes_si"]
        word = "parte tiene" if number == 1 else "partes tienen"
        said.append(
            f"S.I. (seguimiento incompleto): {number} {word} meses sin registrar; mientras falten "
            "no hay avance."
        )
        if figure["avance_parcial_pct"] is not None:
            said.append(
                "Avance parcial, solo con las partes que tienen cifra: "
                f"{percent(figure['avance_parcial_pct'])}."
            )
    elif figure["estado"] == "S.P.":
        said.append("S.P. (sin programación): ninguna parte tiene programación hasta el corte.")
    elif figure["estado"] == "sin_seguimiento":
        said.append("Del plan solo se conoce la programación: no hay ejecución ni avance.")
    return said


def _outside(explained: Explained, plan: Row) -> str:
    """Which parts the mean leaves out, where it leaves any."""
    without = sum(part["estado"] == "S.P." and not part["entra"] for part in explained.parts)
    if not without:
        return ""
    return f", sin contar {without} S.P. (sin programación hasta el corte)"


def light(figure: Row, bands: list[Row]) -> str:
    """The colour in words: its name and the band of the method that holds the figure."""
    for band in bands:
        if band["color"] == figure["semaforo_fisico"]:
            return f"{band['color']} ({band['etiqueta']})"
    return "sin color"
