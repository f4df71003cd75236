"""Text on a terminal, or in the pipe that stands for one.

Belongs here: what every printed table or line needs. Does not: what any of them says.
"""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

# Piped, the width belongs to whoever reads: no figure is cut.
PIPED_WIDTH = 240

# Sixteen colours have no orange and no amber: the nearest by value are reds. The letter beside a
# light tells the two yellows apart.
_NAMED = {"rojo": "red", "naranja": "yellow", "amarillo": "yellow", "verde": "green"}
_FEW_COLOURS = {"standard", "windows"}


def light_style(console: Console, colour: str, shade: str) -> str:
    """Give the style of a light: its shade (`#rrggbb`), or its name where a console has no shades.

    Args:
        console: where it is printed.
        colour: its name in the catalog of bands.
        shade: its shade there.
    """
    return _NAMED.get(colour, shade) if console.color_system in _FEW_COLOURS else shade


def width_of(console: Console) -> int:
    """Say how wide a table may be: as the terminal, or as it wants where there is none."""
    return console.width if console.is_terminal else PIPED_WIDTH


def print_table(console: Console, table: Table) -> None:
    """Print a table as wide as the terminal, or as wide as it wants where there is none."""
    console.width = width_of(console)
    console.print(table)


def print_lines(console: Console, lines: Iterable[str]) -> None:
    """Print each text on a line of its own, unfolded, as it is."""
    for line in lines:
        console.print(plain(line), markup=False, highlight=False, soft_wrap=True)


def plain(text: str) -> str:
    """Show what a file or its name says without obeying it: no control codes, no new lines."""
    return "".join(sign if sign.isprintable() else "·" for sign in text)
