"""Figures, names and numbers of things in words.

Belongs here: text of one value. Does not: the steps of a figure (steps.py).
"""

from datetime import UTC, datetime

from orchestration.explaining.reading import Row
from orchestration.reports.printing import MONEY, PERCENT, QUANTITY

LEVEL_NAMES = {
    "AO": "actividad operativa",
    "AEI": "acción estratégica",
    "OEI": "objetivo estratégico",
    "CC": "centro de costo",
    "IND": "indicador",
    "ENTIDAD": "entidad",
}
MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "setiembre",
    "octubre", "noviembre", "diciembre",
)  # fmt: skip

PARTS = {
    "AO": ("actividad", "actividades"),
    "AEI": ("acción", "acciones"),
    "OEI": ("objetivo", "objetivos"),
}


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


def day(value: object) -> str:
    """Write a date: 15/06/2024."""
    return f"{value:%d/%m/%Y}"


def moment(value: datetime) -> str:
    """Write a moment that models keep in UTC, in the time of this machine: 15/06/2024 10:20."""
    return f"{value.replace(tzinfo=UTC).astimezone():%d/%m/%Y %H:%M}"


def count(number: int, level: str) -> str:
    """Write so many elements of a level: 1 actividad, 2 acciones."""
    one, several = PARTS[level]
    return f"{number:,} {one if number == 1 else several}"


def outcome(figure: Row) -> str:
    """The figure itself, or the state that stands in its place."""
    if figure["avance_fisico_pct"] is not None:
        return percent(figure["avance_fisico_pct"])
    if figure["estado"] == "completo":
        # Nothing is missing but a weight (contract, section 2, AEI).
        return "sin avance"
    return str(figure["estado"]).replace("_", " ")


def indicator_outcome(figure: Row) -> str:
    """The advance of an indicator, or that there is none."""
    return "sin avance" if figure["avance_pct"] is None else percent(figure["avance_pct"])


def sentence(text: str) -> str:
    """End a sentence, once."""
    return text if text.endswith(".") else f"{text}."


def light(colour: object, bands: list[Row], scope: str = "fisico") -> str:
    """The colour in words: its name and the band of the method that holds the figure."""
    for band in bands:
        if (band["ambito"], band["color"]) == (scope, colour):
            return f"{band['color']} ({band['etiqueta']})"
    return "sin color"


def place(row: Row) -> str:
    """Where a row came from: its file and line."""
    return "sin archivo" if row["archivo"] is None else f"{row['archivo']}:{row['fila']}"


def origin(row: Row) -> str:
    """Where a row came from and when it was loaded."""
    return f"{place(row)}, cargado el {moment(row['cargado_en'])}"


def reported(row: Row) -> str:
    """What a reported result says, and where it came from."""
    figures = (
        ("programado", quantity, row["programado_fisico"]),
        ("ejecutado", quantity, row["ejecutado_fisico"]),
        ("avance", percent, row["avance_fisico_pct"]),
        ("dinero programado", money, row["programado_financiero"]),
        ("dinero ejecutado", money, row["ejecutado_financiero"]),
    )
    said = ", ".join(
        f"{name} {write(value)}" for name, write, value in figures if value is not None
    )
    return f"Reportado a {month(row['mes'])}: {said or 'sin cifras'} ({origin(row)})."
