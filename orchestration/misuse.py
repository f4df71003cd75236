"""What is wrong with a command line, in one line of Spanish: Typer says it in English.

Belongs here: words for Typer's own errors. Does not: refusals of the program (errors.py).
"""

import re

from typer.exceptions import TyperException

_EXTRA = re.compile(r"^Got unexpected extra argument\(s\) \((.*)\)$")
_QUOTED = re.compile(r"'([^']*)'")
_LIMIT = re.compile(r"should be (less|greater) than or equal to (\d+)")
_NO_NUMBER = re.compile(r"should be a valid (integer|number)")
_NO_COMMAND = re.compile(r"^No such command '(.*)'\.")


def said(misuse: TyperException) -> str | None:
    """Say what is wrong and what to do; None where Typer shows its help instead."""
    # Typer keeps the classes of its errors to itself: their names are what can be relied on.
    kind = type(misuse).__name__
    if kind == "NoArgsIsHelpError":
        return None
    context = getattr(misuse, "ctx", None)
    command = context.command_path if context is not None else "semaforo"
    return f"{_reason(misuse, kind)}; vea «{command} --help»"


def _reason(misuse: TyperException, kind: str) -> str:
    text = str(getattr(misuse, "message", ""))
    if kind in {"NoSuchOption", "BadOptionUsage"}:
        return _option(misuse, kind, text)
    if kind == "MissingParameter":
        return f"falta {_parameter(misuse)}"
    if kind == "BadParameter":
        return f"{_parameter(misuse)}: {_value(text)}"
    if found := _EXTRA.match(text):
        return f"sobra lo que no es de esta orden: {found[1]}"
    if found := _NO_COMMAND.match(text):
        return f"no existe la orden «{found[1]}»"
    return "la orden está mal escrita"


def _value(text: str) -> str:
    """Say what a value should have been."""
    if found := _NO_NUMBER.search(text):
        whole = " entero" if found[1] == "integer" else ""
        return f"el valor no es válido; escriba un número{whole}"
    if found := _LIMIT.search(text):
        bound = "como máximo" if found[1] == "less" else "como mínimo"
        return f"el valor no es válido; {bound}, {found[2]}"
    choices = ", ".join(_QUOTED.findall(text.partition(" one of ")[2]))
    return f"el valor no es válido{f'; use uno de: {choices}' if choices else ''}"


def _option(misuse: TyperException, kind: str, text: str) -> str:
    name = getattr(misuse, "option_name", "")
    if kind == "BadOptionUsage":
        needs = "requires an argument" in text
        return f"{name}: {'escriba su valor detrás' if needs else 'no lleva valor'}"
    near = getattr(misuse, "possibilities", None)
    meant = f" (¿quiso decir {' o '.join(sorted(near))}?)" if near else ""
    return f"no existe la opción {name}{meant}"


def _parameter(misuse: TyperException) -> str:
    """Name of an argument or option as the help writes it."""
    hint = getattr(misuse, "param_hint", None)
    parameter = getattr(misuse, "param", None)
    if hint is None and parameter is not None:
        hint = parameter.get_error_hint()
    named = hint if isinstance(hint, str) or hint is None else " / ".join(hint)
    return (named or "un dato").replace("'", "")
