"""What `semaforo check` found, as a table for a terminal. Layout only."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from orchestration.checking import CheckResult
from orchestration.terminal import plain, print_lines, print_table


def print_check(console: Console, result: CheckResult) -> None:
    """Print every problem with file, row, column, text and reason, then the accounting."""
    if not result.ok:
        table = Table(pad_edge=False)
        for heading in ("Archivo", "Fila", "Columna", "Texto", "Motivo"):
            table.add_column(heading, justify="right" if heading == "Fila" else "left")
        for row in result.rows():
            table.add_row(*(Text(plain(cell)) for cell in row))
        print_table(console, table)
    print_lines(console, result.summary())
