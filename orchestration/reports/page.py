"""A report as an HTML page and, printed from it, as a PDF.

Belongs here: Jinja and WeasyPrint. Does not: which figure stands where.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from orchestration.reports.document import Cell, Document, Row, Table

_FOLDER = Path(__file__).parent


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
