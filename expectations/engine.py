"""Great Expectations, imported the way it has to be.

Belongs here: the import and the names the other modules use. Does not: calling any of them.
It imports every engine that is installed. Ours is pandas; the others cost seconds, and pyspark
ends the process without an error where the main program is no file (as in test workers). It also
imports the drawing and the statistics of expectations that we do not use, two fifths of the time:
those wait until somebody asks for them.
"""

import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

_UNUSED_ENGINES = ("pyspark", "sqlalchemy")
_SELDOM_USED = ("altair", "scipy.stats")


class _Later(ModuleType):
    """Stands for a module until something of it is asked for."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def _without(names: tuple[str, ...]) -> Iterator[None]:
    """Make packages look as if they were not installed, for the length of the block."""
    kept = {
        module: sys.modules.pop(module)
        for module in list(sys.modules)
        if module.split(".", maxsplit=1)[0] in names
    }
    sys.modules.update(dict.fromkeys(names))
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]
        sys.modules.update(kept)


@contextmanager
def _postponed(names: tuple[str, ...]) -> Iterator[None]:
    """Have what imports these packages in the block get them on first use."""
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update({name: _Later(name) for name in absent})
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")

with _without(_UNUSED_ENGINES), _postponed(_SELDOM_USED):
    import great_expectations as gx
    from great_expectations import expectations as expectation
    from great_expectations.core import ExpectationSuiteValidationResult
    from great_expectations.core.run_identifier import RunIdentifier
    from great_expectations.data_context.store import ValidationResultsStore
    from great_expectations.expectations.expectation import Expectation
    from great_expectations.expectations.metadata_types import FailureSeverity
    from great_expectations.expectations.row_conditions import Column

__all__ = [
    "Column",
    "Expectation",
    "ExpectationSuiteValidationResult",
    "FailureSeverity",
    "RunIdentifier",
    "ValidationResultsStore",
    "expectation",
    "gx",
]
