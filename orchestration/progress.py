"""What a running refresh tells whoever waits for it.

In a terminal a bar that moves; piped, one line per stage, which logs can keep.
Belongs here: showing. Does not: deciding what a stage is.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from orchestration.terminal import plain


class StageProgress:
    """Shows the stages of one refresh on a console, one after the other."""

    def __init__(self, console: Console, stages: int):
        self._console = console
        self._stages = stages
        self._stage = 0
        self._bar: Progress | None = None
        self._task = None

    @contextmanager
    def stage(self, title: str) -> Iterator[None]:
        """Show that the next stage is running for the length of the block."""
        self._stage += 1
        heading = f"[{self._stage}/{self._stages}] {title}"
        if not self._console.is_terminal:
            self._console.print(heading, markup=False, highlight=False, soft_wrap=True)
            yield
            return
        columns = (
            SpinnerColumn(),
            TextColumn("{task.fields[heading]}", markup=False),
            BarColumn(bar_width=24),
            TimeElapsedColumn(),
            TextColumn("{task.description}", markup=False),
        )
        with Progress(*columns, console=self._console) as self._bar:
            self._task = self._bar.add_task("", heading=heading, total=None)
            yield
            self._bar.update(self._task, description="", total=1, completed=1)

    def step(self, name: str, number: int | None = None, total: int | None = None) -> None:
        """Show what the stage is at: a name, and how far it is where that is known."""
        if self._bar is not None:
            done = (number or 1) - 1
            self._bar.update(self._task, description=plain(name), total=total, completed=done)
