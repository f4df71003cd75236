"""Cells that every table of a report is made of.

Belongs here: a heading, a figure of a row of the marts. Does not: a table.
"""

from orchestration.reports.document import Cell, Light, Row, figures_row
from orchestration.reports.marts import Row as Figures
from orchestration.reports.printing import PERCENT, NumberFormat

# What is complete lacks an advance where the weights of its parts sum to 0.
WITHOUT_ADVANCE = "sin avance"

_WORDS = {"sin_seguimiento": "sin seguimiento", "completo": WITHOUT_ADVANCE}


def head_of(*texts: str) -> list[Row]:
    """One row of headings."""
    return [figures_row(*(Cell(text, align="center") for text in texts), style="head")]


def figure_of(
    figures: Figures, column: str, number: NumberFormat, light: Light | None = None
) -> Cell:
    """Cell of one figure; a figure that is null has no colour."""
    value = figures[column]
    return Cell(value, number, light if value is not None else None)


def advance_of(figures: Figures, lights: dict[str, Light]) -> Cell:
    """Physical advance with its colour, or the state that stands in its place."""
    if figures["avance_fisico_pct"] is None:
        return Cell(_WORDS.get(figures["estado"], figures["estado"]), align="right")
    light = lights.get(figures["semaforo_fisico"])
    return Cell(figures["avance_fisico_pct"], PERCENT, light)
