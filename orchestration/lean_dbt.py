"""What dbt does on every call though nobody hears it or it was settled before: left out here.

Belongs here: the parts of dbt itself that a refresh need not pay for, replaced for its duration.
Does not: what is asked of dbt (transform), or the parse that is kept (parsing).
Imports dbt, which takes longer than the rest of a small refresh: import it where dbt is needed.
"""

import contextlib
import gc
import marshal
import os
from collections.abc import Iterator
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from unittest.mock import patch

from dbt_common.clients.jinja import MacroFuzzEnvironment
from dbt_common.dataclass_schema import dbtClassMixin
from dbt_common.events import event_manager_client
from dbt_common.events.base_types import EventLevel
from dbt_common.events.event_manager import EventManager

# Of a parsed project next to nothing is ever freed, and it is gone through at each collection.
_COLLECT = (100_000, 50, 100)

_UNHEARD = {EventLevel.DEBUG, EventLevel.TEST}


class _HeardEvents(EventManager):
    """Passes on what the log and the progress hear; of the rest dbt would build each message."""

    def fire_event(self, e, level=None, node=None, force_warn_or_error_handling=False) -> None:
        if force_warn_or_error_handling or (level or e.level_tag()) not in _UNHEARD:
            super().fire_event(e, level, node, force_warn_or_error_handling)


@contextlib.contextmanager
def heard_events_only() -> Iterator[None]:
    """Spare the messages of debugging, some twenty a model, which no log of ours keeps."""
    before = event_manager_client.get_event_manager()
    event_manager_client.ctx_set_event_manager(_HeardEvents())
    try:
        yield
    finally:
        event_manager_client.ctx_set_event_manager(before)


@contextlib.contextmanager
def rare_collection() -> Iterator[None]:
    """Look for unreachable objects a hundredth as often."""
    before = gc.get_threshold()
    gc.set_threshold(*_COLLECT)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextlib.contextmanager
def kept_templates(file: Path) -> Iterator[None]:
    """Keep what Jinja makes of each text of the project: it takes longer than filling it in.

    `file` is of one state of the project; where nothing can be written, nothing is kept.
    """
    known = _read_templates(file)
    found = len(known)
    compiled = MacroFuzzEnvironment.compile

    def compile_once(self, source, name=None, filename=None, **options):
        if options or not isinstance(source, str):
            return compiled(self, source, name, filename, **options)
        key = (type(self).__qualname__, source, name, filename)
        if key not in known:
            known[key] = compiled(self, source, name, filename)
        return known[key]

    with patch.object(MacroFuzzEnvironment, "compile", compile_once):
        yield
    if len(known) > found:
        with contextlib.suppress(OSError):
            fresh = file.with_suffix(f".{os.getpid()}")
            fresh.write_bytes(MAGIC_NUMBER + marshal.dumps(known))
            fresh.replace(file)


def _read_templates(file: Path) -> dict:
    try:
        kept = file.read_bytes()
    except OSError:
        return {}
    # Code of another Python.
    if not kept.startswith(MAGIC_NUMBER):
        return {}
    try:
        return marshal.loads(kept[len(MAGIC_NUMBER) :])  # noqa: S302
    # Cut short when the machine stopped.
    except (EOFError, TypeError, ValueError):
        return {}


@contextlib.contextmanager
def validated_before() -> Iterator[None]:
    """Spare the schemas against which dbt checks project and profile anew on each call.

    Only for a project parsed in this very state (`parsing.parse_key`): parsing has checked it.
    """
    with patch.object(dbtClassMixin, "validate", classmethod(lambda cls, data: None)):
        yield


@contextlib.contextmanager
def lean_process() -> Iterator[None]:
    """Leave out what no command of ours needs."""
    with heard_events_only(), rare_collection():
        yield


@contextlib.contextmanager
def lean_run(templates: Path) -> Iterator[None]:
    """Leave out what a command on a parsed project need not do again."""
    with validated_before(), kept_templates(templates):
        yield
