"""What a command says where it is refused, misused or interrupted: one line, never a traceback.

Belongs here: lines on stderr and exit codes. Does not: what is wrong (errors, failures, misuse).
"""

import duckdb
import typer
from rich.console import Console
from typer.exceptions import TyperException

from orchestration.errors import INTERRUPTED, SemaforoError
from orchestration.failures import is_interruption, plain_failures
from orchestration.help_words import SpanishGroup
from orchestration.load_report import LoadRefusedError
from orchestration.misuse import said
from orchestration.terminal import print_lines


class PlainErrors(SpanishGroup):
    """Commands whose refusals are one line, never a traceback."""

    def make_context(self, *args, **options):
        """Read the options that stand before the command."""
        try:
            return super().make_context(*args, **options)
        except TyperException as misuse:
            raise _told(misuse) from None

    def invoke(self, ctx):
        """Run the command; turn a refusal into its line and its exit code."""
        try:
            with plain_failures():
                return super().invoke(ctx)
        except SemaforoError as refusal:
            if isinstance(refusal, LoadRefusedError):
                print_lines(Console(), refusal.lines())
            print_lines(Console(stderr=True), [f"semaforo: {refusal}"])
            raise typer.Exit(refusal.exit_code) from refusal
        except TyperException as misuse:
            raise _told(misuse) from None
        except (KeyboardInterrupt, RuntimeError, duckdb.Error) as failure:
            if not is_interruption(failure):
                raise
            print_lines(Console(stderr=True), [INTERRUPTED])
            raise typer.Exit(130) from None


def _told(misuse: TyperException) -> Exception:
    """Print what is wrong with the command line; give what ends the command."""
    line = said(misuse)
    if line is None:
        return misuse
    print_lines(Console(stderr=True), [f"semaforo: {line}"])
    return typer.Exit(2)
