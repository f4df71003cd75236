"""The rows of a message as a spreadsheet.

Belongs here: XLSX. Does not: which rows, or any text of its own but the headings.
"""

import io
from collections.abc import Sequence
from datetime import date, datetime
from textwrap import wrap

import xlsxwriter

from orchestration.alerts.digests import Entry

FINDINGS_NAME = "hallazgos.xlsx"

# A fixed date: the same findings always give the same file.
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 XlsxWriter takes it without a zone

_COLUMNS = (
    ("Motivo", 13),
    ("Severidad", 11),
    ("Regla", 8),
    ("Hallazgo", 30),
    ("Plan", 16),
    ("Nivel", 8),
    ("Elemento", 22),
    ("Nombre", 44),
    ("Mes", 6),
    ("Detalle", 60),
    ("Valor", 14),
    ("Abierto desde", 14),
    ("Qué hacer", 60),
    ("Quién corrige", 15),
)

_LETTERS = 0.84
"""Letters, many of them capitals, that a character of column width holds."""
_LINE = 15
"""Points of a line of text."""


def findings_sheet(entries: Sequence[Entry]) -> bytes:
    """Write the findings of a digest, one row each."""
    return sheet("Hallazgos", _COLUMNS, [_values(entry) for entry in entries])


def sheet(
    title: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[object]]
) -> bytes:
    """Write rows under headings of a given width.

    Every text is written as a string: one that begins with = + - or @ stays what it is.
    """
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True})
    workbook.set_properties({"title": title, "created": _EPOCH})
    head = workbook.add_format(
        {"bold": True, "bg_color": "#1b3a57", "font_color": "#ffffff", "text_wrap": True}
    )
    text = workbook.add_format({"text_wrap": True, "valign": "top"})
    day = workbook.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
    # Figures as the sentences beside them print them; a whole number may be a year.
    whole, part = (
        workbook.add_format({"num_format": shown, "valign": "top"})
        for shown in ("#,##0", "#,##0.00")
    )
    page = workbook.add_worksheet(title)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for column, (heading, width) in enumerate(columns):
        page.set_column(column, column, width)
        page.write_string(0, column, heading, head)
    for at, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if value is None:
                page.write_blank(at, column, None, text)
            elif isinstance(value, date):
                page.write_datetime(at, column, datetime(*value.timetuple()[:3]), day)  # noqa: DTZ001
            elif isinstance(value, str):
                page.write_string(at, column, value, text)
            elif isinstance(value, int):
                page.write_number(at, column, value, text)
            else:
                page.write_number(at, column, value, whole if value == int(value) else part)
        lines = max(_lines(value, width) for value, (_, width) in zip(row, columns, strict=True))
        # LibreOffice makes no room by itself: it takes a book that names Excel as its writer to
        # have all its heights.
        if lines > 1:
            page.set_row(at, lines * _LINE)
    page.autofilter(0, 0, len(rows), len(columns) - 1)
    workbook.close()
    return target.getvalue()


def _lines(value: object, width: int) -> int:
    """Lines that a text takes in a column, broken at words."""
    letters = int(width * _LETTERS)
    return len(wrap(value, letters)) if isinstance(value, str) and len(value) > letters else 1


def _values(entry: Entry) -> list[object]:
    finding = entry.finding
    return [
        entry.change,
        finding.severity,
        finding.rule,
        finding.title,
        finding.plan,
        finding.level,
        finding.element,
        finding.element_name,
        finding.month,
        finding.detail,
        finding.value,
        finding.open_since,
        finding.to_do,
        finding.owner,
    ]
