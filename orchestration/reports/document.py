"""A report as tables of cells, whatever file it becomes.

Belongs here: what a cell, a row, a table and a document are. Does not: file formats, figures.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from orchestration.reports.printing import NumberFormat, day

Figure = Decimal | float | int


@dataclass(frozen=True)
class Light:
    """A colour of the semáforo; its letter stands beside the figure for who sees no colours."""

    letter: str
    hex: str

    @property
    def ink(self) -> str:
        """Black or white, whichever is read better on the colour (WCAG relative luminance)."""
        channels = [int(self.hex[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [
            channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
            for channel in channels
        ]
        luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        return "#000000" if luminance > 0.179 else "#ffffff"


@dataclass(frozen=True)
class Cell:
    """What stands in one place of a table.

    Attributes:
        value: text, a day, or a figure exactly as the marts give it; None = empty.
        number: how a figure is printed; None for text.
        light: colour that the marts give the figure.
        rows: how many rows the cell takes.
        columns: how many columns the cell takes.
        align: `left`, `right` or `center`; empty = figures right, text left.
    """

    value: str | Figure | date | None
    number: NumberFormat | None = None
    light: Light | None = None
    rows: int = 1
    columns: int = 1
    align: str = ""

    @property
    def is_figure(self) -> bool:
        """Whether the cell holds a number."""
        return self.value is not None and self.number is not None

    @property
    def text(self) -> str:
        """The cell as it is read."""
        if self.value is None:
            return ""
        if isinstance(self.value, date):
            return day(self.value)
        text = self.number.text(self.value) if self.is_figure else str(self.value)
        return f"{self.light.letter} {text}" if self.light else text

    @property
    def side(self) -> str:
        """Where the cell's content stands."""
        return self.align or ("right" if self.is_figure else "left")


@dataclass(frozen=True)
class Row:
    """Cells by column, from 0; a column that is not named and not covered is empty.

    Attributes:
        cells: what stands in which column.
        style: `head`, `objective`, `action`, `subtotal`, `total` or empty.
        keep_with_next: the next row stands on the same page.
    """

    cells: dict[int, Cell]
    style: str = ""
    keep_with_next: bool = False


def figures_row(*values: Cell | str | None, style: str = "") -> Row:
    """Row of cells side by side; text may be given as it is."""
    cells = (value if isinstance(value, Cell) else Cell(value) for value in values)
    return Row(dict(enumerate(cells)), style)


@dataclass(frozen=True)
class Table:
    """Rows below a head that is repeated on each page.

    Attributes:
        title: heading; also the name of the sheet where each table has its own.
        widths: relative width of each column.
        head: rows of headings.
        body: rows below.
        empty: sentence printed in place of a body without rows.
    """

    title: str
    widths: tuple[float, ...]
    head: list[Row]
    body: list[Row] = field(default_factory=list)
    empty: str = ""

    def grid(self, rows: list[Row]) -> Iterator[tuple[Row, list[tuple[int, Cell]]]]:
        """Rows with every column either given, covered by a cell that spans it, or empty."""
        covered: dict[int, int] = {}
        for row in rows:
            placed: list[tuple[int, Cell]] = []
            spanned = 0
            for column in range(len(self.widths)):
                if spanned > 0:
                    spanned -= 1
                elif covered.get(column, 0) > 0:
                    covered[column] -= 1
                else:
                    cell = row.cells.get(column, Cell(None))
                    placed.append((column, cell))
                    spanned = cell.columns - 1
                    for beside in range(column, column + cell.columns):
                        covered[beside] = cell.rows - 1
            yield row, placed


@dataclass(frozen=True)
class Document:
    """A report, ready to be written.

    Attributes:
        title: heading.
        lines: what stands below it: period, entity, date.
        tables: in order.
        notes: footnotes, the rules that the figures follow.
        one_sheet: a spreadsheet holds all tables one below the other, as the official layout does.
        on_paper: tables in place of `tables` on a page, which is not as wide as a sheet; empty =
            the same.
    """

    title: str
    lines: tuple[str, ...]
    tables: list[Table]
    notes: list[str]
    one_sheet: bool
    on_paper: list[Table] = field(default_factory=list)

    @property
    def pages(self) -> list[Table]:
        """The tables as they stand on a page."""
        return self.on_paper or self.tables
