"""What `semaforo check` found, as a table or, where it has no room, as lines. Layout only."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from orchestration.checking import CheckResult
from orchestration.terminal import plain, print_lines, print_table, width_of

_HEADINGS = ("Archivo", "Fila", "Columna", "Texto", "Motivo")
# A reason folded into a narrower column is no longer read.
_READABLE = 40


def print_check(console: Console, result: CheckResult) -> None:
    """Print every problem with file, row, column, text and reason, then the accounting."""
    if not result.ok:
        rows = [[plain(cell) for cell in row] for row in result.rows()]
        if _needed(rows) <= width_of(console):
            print_table(console, _table(rows))
        else:
            print_lines(console, result.lines())
    print_lines(console, result.summary())


def _table(rows: list[list[str]]) -> Table:
    table = Table(pad_edge=False)
    for heading in _HEADINGS:
        table.add_column(
            heading,
            justify="right" if heading == "Fila" else "left",
            no_wrap=heading != "Motivo",
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _needed(rows: list[list[str]]) -> int:
    """Say how wide the table is with no name cut and its reasons readable."""
    columns = list(zip(_HEADINGS, *rows, strict=True))
    names = sum(max(Text(cell).cell_len for cell in column) for column in columns[:-1])
    # Between two columns stand a blank, a line and a blank.
    return names + _READABLE + 3 * len(columns)
