"""The parsed dbt project, kept between refreshes: reading it takes dbt longer than running it.

Belongs here: when a kept parse is still the project's. Does not: running anything of it.
dbt's own partial parse starts anew whenever a variable changes, and the report date does daily;
no node of this project is parsed differently for another date or another warehouse.
"""

import contextlib
import hashlib
import os
import pickle
import re
from dataclasses import fields
from importlib.metadata import version
from pathlib import Path

# What dbt parses. Of a seed only that it is there matters: its rows are read when it is loaded.
_PARSED = ("*.yml", "models/**/*", "macros/**/*", "tests/dbt/**/*", "seeds/*.yml", "analyses/*")
_PRESENT = ("seeds/*.csv",)

_READ_BY_THE_PROFILE = re.compile(r"env_var\('(\w+)'")
# The path of one warehouse, which no node holds, and how much memory its models may take.
_OF_NO_NODE = {"SEMAFORO_BUILD_DB", "SEMAFORO_MEMORIA"}


def parse_key(project: Path, target: str) -> str:
    """Name the state of the project: other files, versions, target or connection, other name."""
    digest = hashlib.sha256()
    for package in ("dbt-core", "dbt-common", "dbt-adapters", f"dbt-{target}"):
        digest.update(f"{package} {version(package)}\n".encode())
    profile = (project / "profiles.yml").read_text(encoding="utf-8")
    for name in sorted(set(_READ_BY_THE_PROFILE.findall(profile)) - _OF_NO_NODE):
        digest.update(f"{name}={os.environ.get(name)}\n".encode())
    for path in sorted(found for pattern in _PRESENT for found in project.glob(pattern)):
        digest.update(f"{path.relative_to(project)}\n".encode())
    for path in sorted(found for pattern in _PARSED for found in project.glob(pattern)):
        if path.is_file():
            digest.update(f"{path.relative_to(project)}\n".encode() + path.read_bytes())
    return f"{target}-{digest.hexdigest()[:24]}"


class ParsedProject:
    """The kept parse of one state of the project.

    Pickled: dbt's own format takes fifteen times as long to read. The file is as much code as the
    macros beside it, and whoever may write it may write those.
    """

    def __init__(self, project: Path, target: str):
        self._file = project / "target" / "parsed" / f"{parse_key(project, target)}.pickle"

    @property
    def templates(self) -> Path:
        """File for what is made of the texts of this state (lean_dbt)."""
        return self._file.with_suffix(".templates")

    def read(self):
        """Give the manifest of this state, None if it was never parsed here or can't be read."""
        # The classes of what is read.
        from dbt.contracts.graph.manifest import Manifest

        try:
            return Manifest(**pickle.loads(self._file.read_bytes()))  # noqa: S301
        # Missing, another user's, or cut short when the machine stopped: a pickle then raises
        # whatever it comes to. Parsing it again is always possible.
        except Exception:
            return None

    def keep(self, manifest) -> None:
        """Keep the manifest of this state, and only this; where nothing can be written, do not."""
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._file.with_suffix(f".{os.getpid()}")
            fresh.write_bytes(pickle.dumps(_parts(manifest)))
            fresh.replace(self._file)
            target = self._file.name.split("-")[0]
            for other in self._file.parent.glob(f"{target}-*"):
                if other.stem != self._file.stem:
                    other.unlink()


def _parts(manifest) -> dict[str, object]:
    """Take a manifest apart: what dbt passes to its own pickle lacks the rows of unit tests.

    Left out are locks and what dbt looks up by name, which it makes anew.
    """
    return {
        field.name: getattr(manifest, field.name)
        for field in fields(manifest)
        if field.init and not field.name.startswith("_")
    }
