"""Cells that every table of a report is made of.

Belongs here: a heading, a figure of a row of the marts. Does not: a table.
"""

from orchestration.reports.document import Cell, Light, Row, figures_row
from orchestration.reports.marts import Row as Figures
from orchestration.reports.printing import NumberFormat


def head_of(*texts: str) -> list[Row]:
    """One row of headings."""
    return [figures_row(*(Cell(text, align="center") for text in texts), style="head")]


def figure_of(
    figures: Figures, column: str, number: NumberFormat, light: Light | None = None
) -> Cell:
    """Cell of one figure; a figure that is null has no colour."""
    value = figures[column]
    return Cell(value, number, light if value is not None else None)
