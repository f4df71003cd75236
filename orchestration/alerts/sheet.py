"""The rows of a digest as a spreadsheet.

Belongs here: XLSX. Does not: which findings, or any text of its own but the headings.
"""

import io
from collections.abc import Sequence
from datetime import date, datetime

import xlsxwriter

from orchestration.alerts.digests import Entry

NAME = "hallazgos.xlsx"

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


def sheet(entries: Sequence[Entry]) -> bytes:
    """Write the findings, one row each.

    Every text is written as a string: one that begins with = + - or @ stays what it is.
    """
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True})
    workbook.set_properties({"title": "Hallazgos", "created": _EPOCH})
    head = workbook.add_format(
        {"bold": True, "bg_color": "#1b3a57", "font_color": "#ffffff", "text_wrap": True}
    )
    text = workbook.add_format({"text_wrap": True, "valign": "top"})
    day = workbook.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
    page = workbook.add_worksheet("Hallazgos")
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for column, (title, width) in enumerate(_COLUMNS):
        page.set_column(column, column, width)
        page.write_string(0, column, title, head)
    for row, entry in enumerate(entries, start=1):
        for column, value in enumerate(_values(entry)):
            if value is None:
                page.write_blank(row, column, None, text)
            elif isinstance(value, date):
                page.write_datetime(row, column, datetime(*value.timetuple()[:3]), day)  # noqa: DTZ001
            elif isinstance(value, str):
                page.write_string(row, column, value, text)
            else:
                page.write_number(row, column, value, text)
    if entries:
        page.autofilter(0, 0, len(entries), len(_COLUMNS) - 1)
    workbook.close()
    return target.getvalue()


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
