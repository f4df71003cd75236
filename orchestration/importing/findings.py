"""What an import has to say about a place of a file.

Belongs here: a place and a sentence about it. Does not: what is wrong with a report.
"""

from dataclasses import dataclass

from openpyxl.utils import get_column_letter


@dataclass(frozen=True)
class Place:
    """A cell or a row of a workbook.

    Attributes:
        file: name of the file.
        sheet: name of the sheet.
        row: number of the row as the spreadsheet shows it.
        column: number of the column from 1; None = the whole row.
    """

    file: str
    sheet: str
    row: int
    column: int | None = None

    @property
    def letter(self) -> str:
        """Column as the spreadsheet shows it."""
        return get_column_letter(self.column) if self.column else ""

    def at(self, column: int) -> "Place":
        """The cell of this row in a column."""
        return Place(self.file, self.sheet, self.row, column)

    def __str__(self) -> str:
        where = f"celda {self.letter}{self.row}" if self.column else f"fila {self.row}"
        return f"{self.file}, hoja «{self.sheet}», {where}"


@dataclass(frozen=True)
class Finding:
    """Something that does not add up, or that could not be read; the import goes on."""

    place: Place
    what: str
