"""The help in Spanish: Typer has words of its own in English around those of each command.

Belongs here: headings, usage line, names of types. Does not: what is wrong with a command line
(misuse.py) or what a command does (cli.py).
"""

from typing import ClassVar

from typer import rich_utils
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

_HEADINGS = {
    "OPTIONS_PANEL_TITLE": "Opciones",
    "ARGUMENTS_PANEL_TITLE": "Argumentos",
    "COMMANDS_PANEL_TITLE": "Órdenes",
    "DEFAULT_STRING": "[por defecto: {}]",
    "ENVVAR_STRING": "[variable de entorno: {}]",
    "REQUIRED_LONG_STRING": "[obligatorio]",
}


class _SpanishHelp:
    """What commands and groups of commands write alike."""

    _types: ClassVar[dict[str, str]] = {"str": "TEXTO", "int": "NÚMERO", "float": "NÚMERO"}

    def get_usage(self, ctx):
        """Give the line that shows how the command is written."""
        return super().get_usage(ctx).replace("Usage:", "Uso:", 1)

    def get_help_option(self, ctx):
        """Give the option that shows the help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Muestra esta ayuda y termina."
        return option

    def get_params(self, ctx):
        """Give the parameters; Python's type stands nowhere, a word where nothing else does."""
        found = super().get_params(ctx)
        for parameter in found:
            if isinstance(parameter, TyperArgument):
                parameter.display_type_rich = lambda ctx: None
            elif isinstance(parameter, TyperOption) and parameter.metavar is None:
                is_flag = parameter.bare_type() == "bool"
                parameter.metavar = "" if is_flag else self._types.get(parameter.bare_type())
        return found


class SpanishCommand(_SpanishHelp, TyperCommand):
    """A command."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options | {"options_metavar": "[OPCIONES]"})


class SpanishGroup(_SpanishHelp, TyperGroup):
    """A group of commands."""

    def __init__(self, *args, **options):
        words = {"options_metavar": "[OPCIONES]", "subcommand_metavar": "ORDEN [ARGUMENTOS]..."}
        super().__init__(*args, **options | words)


def speak_spanish() -> None:
    """Name the parts of every help in Spanish."""
    for name, words in _HEADINGS.items():
        setattr(rich_utils, name, words)
