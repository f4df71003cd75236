"""A report as an XLSX workbook: figures as numbers, text never as a formula.

Belongs here: XlsxWriter. Does not: which figure stands where.
"""

import re
from datetime import UTC, date, datetime
from io import BytesIO
from textwrap import wrap

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from orchestration.reports.document import Cell, Document, Table

_A4 = 9
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_SHEET_NAME_LENGTH = 31
_WIDTH = 0.95
"""Characters of column width per unit of a table's relative widths."""

# A day that sorts and filters as one, written as everywhere else.
_DAY = "dd/mm/yyyy"

_LETTERS = 1.15
"""Letters of 8 points, many of them capitals, that a character of column width holds."""
_ROW, _LINE = 15, 11
"""Points of a row as it comes, and of a line of text in it."""

_FILLS = {
    "head": "#d9e2ec",
    "objective": "#bcccdc",
    "action": "#e4ecf3",
    "subtotal": "#f1f4f7",
    "total": "#e4ecf3",
}
_BOLD = frozenset(_FILLS)


def workbook_bytes(document: Document) -> bytes:
    """Write the report as XLSX."""
    target = BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True})
    # A fixed date: the same figures always give the same file.
    workbook.set_properties({"title": document.title, "created": _EPOCH})
    writer = _Writer(workbook, document)
    writer.write()
    workbook.close()
    return target.getvalue()


class _Writer:
    """One workbook being written; formats are shared, because each costs space in the file."""

    def __init__(self, workbook: xlsxwriter.Workbook, document: Document):
        self._workbook = workbook
        self._document = document
        self._formats: dict[tuple, Format] = {}
        self._names: set[str] = set()

    def write(self) -> None:
        """Write every table and the notes."""
        document = self._document
        if document.one_sheet:
            first, *others = document.tables
            sheet, at = self._sheet(first)
            at = self._table(sheet, first, at)
            for table in others:
                at = self._table(sheet, table, at + 1)
            self._notes(sheet, at + 1, first.widths)
            return
        for table in document.tables:
            sheet, at = self._sheet(table)
            self._table(sheet, table, at)
        if document.notes:
            notes = Table("Notas", (120,), [])
            sheet, at = self._sheet(notes)
            self._notes(sheet, at, notes.widths)

    def _sheet(self, table: Table) -> tuple[Worksheet, int]:
        """A sheet set up for A4 with the report's heading; returns its next free row."""
        document = self._document
        sheet = self._workbook.add_worksheet(self._name(table.title))
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L" + document.title.replace("&", "&&") + "&RPágina &P de &N")
        sheet.hide_gridlines(2)
        for column, width in enumerate(table.widths):
            sheet.set_column(column, column, width * _WIDTH)
        sheet.write_string(0, 0, document.title, self._plain(bold=True, font_size=14))
        for at, line in enumerate(document.lines, start=1):
            sheet.write_string(at, 0, line, self._plain(bold=at == 1))
        at = len(document.lines) + 1
        if not document.one_sheet:
            sheet.write_string(at, 0, table.title, self._plain(bold=True, font_size=12))
            at += 1
        at += 1
        if table.head:
            sheet.repeat_rows(at, at + len(table.head) - 1)
            sheet.freeze_panes(at + len(table.head), 1)
        return sheet, at

    def _name(self, title: str) -> str:
        """Name of a sheet: without what Excel refuses, and unlike those before."""
        name = re.sub(r"[\[\]:*?/\\']", " ", title)[:_SHEET_NAME_LENGTH].strip()
        number = 2
        while name.casefold() in self._names:
            name = f"{name[: _SHEET_NAME_LENGTH - 4].strip()} ({number})"
            number += 1
        self._names.add(name.casefold())
        return name

    def _table(self, sheet: Worksheet, table: Table, at: int) -> int:
        """Write head and body from row `at`; returns the next free row."""
        heights: dict[int, float] = {}
        for row, cells in table.grid([*table.head, *table.body]):
            for column, cell in cells:
                self._cell(sheet, at, column, cell, row.style)
                height = _height(cell, sum(table.widths[column : column + cell.columns]))
                for place in range(at, at + cell.rows):
                    heights[place] = max(heights.get(place, 0), height)
            at += 1
        # Excel makes room for the text of a cell, but not of a merged one; LibreOffice for neither:
        # it takes a book that names Excel as its writer to have all its heights.
        for place, height in heights.items():
            if height > _ROW:
                sheet.set_row(place, height)
        if not table.body and table.empty:
            sheet.write_string(at, 0, table.empty, self._plain(italic=True))
            at += 1
        return at

    def _cell(self, sheet: Worksheet, at: int, column: int, cell: Cell, style: str) -> None:
        look = self._format(cell, style)
        if cell.rows > 1 or cell.columns > 1:
            last = (at + cell.rows - 1, column + cell.columns - 1)
            sheet.merge_range(at, column, *last, "", look)
        if cell.value is None:
            sheet.write_blank(at, column, None, look)
        elif isinstance(cell.value, date):
            sheet.write_datetime(at, column, cell.value, look)
        elif cell.is_figure:
            sheet.write_number(at, column, cell.value, look)
        else:
            # Never write(): it would turn a name that begins with = into a formula.
            letter = f"{cell.light.letter} " if cell.light else ""
            sheet.write_string(at, column, letter + str(cell.value), look)

    def _format(self, cell: Cell, style: str) -> Format:
        number = _DAY if isinstance(cell.value, date) else ""
        if cell.is_figure:
            number = cell.number.spreadsheet(cell.value)
            if cell.light:
                number = f'"{cell.light.letter} "{number}'
        fill = cell.light.hex if cell.light else _FILLS.get(style, "")
        key = (number, fill, cell.side, style in _BOLD, cell.light is not None)
        if key not in self._formats:
            properties = {
                "border": 1,
                "border_color": "#9fb3c8",
                "align": cell.side,
                "valign": "vcenter",
                "text_wrap": True,
                "font_size": 8,
                "bold": style in _BOLD,
            }
            if number:
                properties["num_format"] = number
            if fill:
                properties["bg_color"] = fill
            if cell.light:
                properties["font_color"] = cell.light.ink
            self._formats[key] = self._workbook.add_format(properties)
        return self._formats[key]

    def _plain(self, **properties: object) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(properties)
        return self._formats[key]

    def _notes(self, sheet: Worksheet, at: int, widths: tuple[float, ...]) -> None:
        columns = len(widths)
        look = self._plain(text_wrap=True, valign="top", font_size=8)
        for number, note in enumerate(self._document.notes):
            row = at + number
            if columns > 1:
                sheet.merge_range(row, 0, row, columns - 1, "", look)
            sheet.write_string(row, 0, note, look)
            sheet.set_row(row, max(24, _height(Cell(note), sum(widths))))


def _height(cell: Cell, across: float) -> float:
    """Points that each row of a cell needs for its text, broken at words."""
    letters = max(1, int(across * _WIDTH * _LETTERS))
    if cell.is_figure or len(cell.text) <= letters:
        return 0
    return len(wrap(cell.text, letters)) * _LINE / cell.rows
