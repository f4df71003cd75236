"""A report as an HTML page and, printed from it, as a PDF.

Belongs here: Jinja and WeasyPrint. Does not: which figure stands where.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from orchestration.reports.document import Cell, Document, Row, Table

_FOLDER = Path(__file__).parent

# In points, as page.css has them: A4 across without its margins, a cell's padding, letters.
_ACROSS, _PADDING = 796.5, 2.9
_DENSE, _LOOSE = 5.4, 7.0
# Parts of an em in Liberation Sans and Arial: a digit, and the marks between them.
_DIGIT, _MARK = 0.556, 0.278


def page(document: Document) -> str:
    """Write the report as one HTML page that asks for nothing else; text is escaped."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    template = environment.get_template("page.html.j2")
    return template.render(
        document=document,
        style=(_FOLDER / "page.css").read_text(encoding="utf-8"),
        groups=_groups,
        share=_share,
        classes=_classes,
        written=partial(_written, _DENSE if document.one_sheet else _LOOSE),
    )


def printed(document: Document) -> bytes:
    """Write the report as PDF, A4 landscape."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    # A report refers to nothing outside itself; were text to do so, nothing is fetched.
    closed = URLFetcher(allowed_protocols=())
    with _without_collector():
        return HTML(string=page(document), url_fetcher=closed).write_pdf()


@contextmanager
def _without_collector() -> Iterator[None]:
    """Pause the garbage collector: a table's boxes live to the end, walking them is in vain."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _share(table: Table, width: float) -> str:
    return f"{100 * width / sum(table.widths):.2f}%"


def _written(size: float, table: Table, column: int, cell: Cell) -> str:
    """Text of a cell; on paper a figure too long for its column may break between thousands.

    Whole, it would stand on its neighbour's.
    """
    if not cell.is_figure or cell.columns > 1:
        return cell.text
    ems = sum(_DIGIT if sign.isalnum() else _MARK for sign in cell.text)
    room = _ACROSS * table.widths[column] / sum(table.widths) - _PADDING
    if ems * size <= room:
        return cell.text
    parts = cell.text.split(",")
    return Markup('<span class="long">{}</span>').format(Markup(",<wbr>").join(parts))


def _classes(column: int, cell: Cell) -> str:
    """What page.css has to know of a cell of the body."""
    kinds = {
        "first": column == 0 and cell.columns == 1,
        cell.side: cell.side != "left" or cell.light is not None,
        "light": cell.light is not None,
    }
    return " ".join(kind for kind, given in kinds.items() if given)


def _groups(table: Table) -> Iterator[list[tuple[Row, list[tuple[int, Cell]]]]]:
    """Rows of the body that stay on one page."""
    group = []
    for row, cells in table.grid(table.body):
        group.append((row, cells))
        if not row.keep_with_next:
            yield group
            group = []
    if group:
        yield group
