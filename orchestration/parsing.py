"""The parsed dbt project, kept between refreshes: reading it takes dbt longer than running it.

Belongs here: when a kept parse is still the project's. Does not: running anything of it.
dbt's own partial parse starts anew whenever a variable changes, and the report date does daily;
no node of this project is parsed differently for another date or another warehouse.
"""

import contextlib
import hashlib
import os
import re
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
    for package in ("dbt-core", "dbt-adapters", f"dbt-{target}"):
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
    """The kept parse of one state of the project."""

    def __init__(self, project: Path, target: str):
        self._file = project / "target" / "parsed" / f"{parse_key(project, target)}.msgpack"

    def read(self):
        """Give the manifest of this state, None if it was never parsed here."""
        from dbt.contracts.graph.manifest import Manifest

        try:
            manifest = Manifest.from_msgpack(self._file.read_bytes())
        except FileNotFoundError:
            return None
        manifest.build_flat_graph()
        return manifest

    def keep(self, manifest) -> None:
        """Keep the manifest of this state, and only this; where nothing can be written, do not."""
        with contextlib.suppress(OSError, TypeError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._file.with_suffix(f".{os.getpid()}")
            fresh.write_bytes(manifest.to_msgpack())
            fresh.replace(self._file)
            target = self._file.name.split("-")[0]
            for other in self._file.parent.glob(f"{target}-*.msgpack"):
                if other != self._file:
                    other.unlink()
