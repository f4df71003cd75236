"""What stands in a dashboard's folder: which pages, made from what.

Belongs here: reading and writing that file. Does not: deciding what to write.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

from orchestration.dashboard.reading import PlanKey
from orchestration.dashboard.writing import write_text

NAME = "manifest.json"


@dataclass(frozen=True)
class Entry:
    """Pages of a plan.

    Attributes:
        fingerprint: of the rows that they show.
        pages: their paths below the folder.
    """

    fingerprint: str
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Manifest:
    """Pages of every plan, and the version of what drew them."""

    version: str
    plans: dict[PlanKey, Entry] = field(default_factory=dict)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder; an empty one where there is none that can be read."""
    try:
        content = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return Manifest(
            content["version"],
            {
                (plan["entidad_id"], plan["plan_id"]): Entry(plan["huella"], tuple(plan["paginas"]))
                for plan in content["planes"]
            },
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Manifest("")


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest of a folder."""
    content = {
        "version": manifest.version,
        "planes": [
            {
                "entidad_id": entity,
                "plan_id": plan,
                "huella": entry.fingerprint,
                "paginas": list(entry.pages),
            }
            for (entity, plan), entry in sorted(manifest.plans.items())
        ],
    }
    write_text(folder / NAME, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
