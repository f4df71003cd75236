"""Tables and sentences on a terminal, as every part of an explanation has them.

Belongs here: layout alone. Does not: what any of them says.
"""

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from orchestration.explaining import words
from orchestration.explaining.reading import Row
from orchestration.terminal import plain


def hanging(mark: str, sentence: str) -> Table:
    """A sentence whose later lines stand below its first word, not below its number."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=2, justify="right")
    grid.add_column()
    grid.add_row(mark, Text(plain(sentence)))
    return grid


def table(*columns: str, right: tuple[str, ...] = ()) -> Table:
    """A table without a frame; `right` names its columns of figures, which are never folded."""
    made = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        number = column in right
        made.add_column(column, justify="right" if number else "left", no_wrap=number)
    return made


def cells(*values: object) -> list[Text]:
    """Texts of a row, which no style of the terminal reads."""
    return [Text(plain(str(value))) for value in values]


def named(code: object, name: object) -> Text:
    """Code and name on one line, cut where the table has no more room."""
    return Text(plain(f"{code} {name}"), no_wrap=True, overflow="ellipsis")


def numbered_loads(rows: list[Row]) -> tuple[dict[object, int], Text]:
    """Number the loads that rows came in by their moments, and give the line that says when."""
    moments = sorted({row["cargado_en"] for row in rows})
    loads = {moment: number for number, moment in enumerate(moments, start=1)}
    listed = "; ".join(f"[{number}] {words.moment(when)}" for when, number in loads.items())
    return loads, Text(f"Cargas: {listed}", "dim")
