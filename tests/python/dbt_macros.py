"""The project's macros without dbt: the SQL that an engine gets, to be run as it is."""

import re
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment

from orchestration.settings import PROJECT_ROOT


class _Adapter:
    """Finds an engine's variant of a macro as dbt does."""

    def __init__(self, engine: str, macros: dict[str, Callable]):
        self._engine, self._macros = engine, macros

    def dispatch(self, name: str) -> Callable:
        variants = (f"{engine}__{name}" for engine in (self._engine, "default"))
        return next(self._macros[name] for name in variants if name in self._macros)


def macros_of(engine: str, *files: str) -> dict[str, Callable]:
    """The macros of these files of macros/ and tests/dbt/generic/, generic tests among them."""
    folders = (PROJECT_ROOT / "macros", PROJECT_ROOT / "tests" / "dbt" / "generic")
    paths = [path for name in files for path in (folder / f"{name}.sql" for folder in folders)]
    text = "".join(path.read_text(encoding="utf-8") for path in paths if path.exists())
    text = re.sub(r"{% (end)?test\b", lambda tag: f"{{% {tag[1] or ''}macro", text)
    macros: dict[str, Callable] = {}
    environment = _environment()
    environment.globals |= {"adapter": _Adapter(engine, macros), "return": lambda found: found}
    module = environment.from_string(text).module
    macros |= {name: macro for name, macro in vars(module).items() if callable(macro)}
    return macros


def rendered(path: Path, macros: dict[str, Callable]) -> str:
    """A file of SQL in which ref('x') is the table x."""
    environment = _environment()
    environment.globals |= macros | {"ref": lambda name: name}
    return environment.from_string(path.read_text(encoding="utf-8")).render()


def _environment() -> Environment:
    return Environment(extensions=["jinja2.ext.do"])  # noqa: S701 - SQL, no page
