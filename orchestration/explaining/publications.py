"""Which publication an explanation is held against, and whether readers see what it explains.

Belongs here: folders and manifests of publications. Does not: a figure.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from orchestration.explaining.reading import Build
from orchestration.settings import WarehousePaths


@dataclass(frozen=True)
class Published:
    """A publication.

    Attributes:
        number: its number.
        as_of: date as of which it was computed.
        at: when it was published; UTC, without zone, as loads carry theirs.
        database: its database.
    """

    number: int
    as_of: date
    at: datetime
    database: Path


@dataclass(frozen=True)
class Reference:
    """What readers see, beside what is built.

    Attributes:
        before: the publication to compare with: the one that readers see where what is built was
            not published, else the one before it. None = there is none, or it can't be read.
        notices: what a reader of the explanation has to know first.
    """

    before: Published | None
    notices: list[str]


def find_reference(build: Build, paths: WarehousePaths, as_of: date) -> Reference:
    """Find what readers see, and so what to compare with.

    Args:
        build: the private database.
        paths: the warehouse.
        as_of: date as of which the models were computed.
    """
    if not paths.current.is_symlink():
        return Reference(
            None, ["Todavía no se publicó nada: se explica lo calculado en la base privada."]
        )
    current = paths.current.resolve()
    shown = _read(current, paths)
    if shown is None:
        return Reference(None, [_damaged(current)])
    if shown.as_of != as_of or _loaded_since(build, shown):
        return Reference(shown, [_unpublished(shown, as_of)])
    folder = _before(paths, current)
    before = _read(folder, paths) if folder else None
    return Reference(before, [_damaged(folder)] if folder and before is None else [])


def _before(paths: WarehousePaths, current: Path) -> Path | None:
    """Folder of the publication before the one that readers see."""
    others = [folder for folder in paths.versions.iterdir() if folder.name.isdigit()]
    earlier = [folder for folder in others if int(folder.name) < int(current.name)]
    return max(earlier, key=lambda folder: int(folder.name), default=None)


def _read(folder: Path, paths: WarehousePaths) -> Published | None:
    """Read what a publication says of itself; None where it does not."""
    try:
        manifest = json.loads((folder / paths.manifest.name).read_text(encoding="utf-8"))
        return Published(
            number=int(folder.name),
            as_of=date.fromisoformat(manifest["fecha_reporte"]),
            at=datetime.fromisoformat(manifest["publicado_en"])
            .astimezone(UTC)
            .replace(tzinfo=None),
            database=folder / paths.published.name,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _loaded_since(build: Build, shown: Published) -> bool:
    """Say whether rows were loaded that the publication can't hold."""
    (found,) = build.rows("select max(cargado_en) as ultima from raw.carga")
    # The manifest writes whole seconds.
    return found["ultima"] is not None and found["ultima"].replace(microsecond=0) > shown.at


def _unpublished(shown: Published, as_of: date) -> str:
    seen = f"Lo publicado (publicación {shown.number}) es al {shown.as_of:%d/%m/%Y}"
    if shown.as_of == as_of:
        return f"{seen}, sin lo que se cargó después; se explica lo calculado, que no se publicó."
    return f"{seen}; se explica lo calculado al {as_of:%d/%m/%Y}, que no se publicó."


def damaged(number: int) -> str:
    """Say that a publication can't be compared with."""
    return (
        f"No se compara con la publicación {number}: está dañada o es de otra versión de semaforo "
        f"(versions/{number:06d})."
    )


def _damaged(folder: Path) -> str:
    return damaged(int(folder.name))
