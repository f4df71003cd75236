"""What a publication may take over from the one before it.

Belongs here: whether the published file is the one that was left, and which years of it changed.
Does not: how a table is copied, or the memory of plans computed since (followers). The largest
tables (tables.BY_PLAN) say of a plan what follows from that plan alone; all others are copied whole
each time.
Nothing is taken over after a computation from nothing, from another version of semaforo or DuckDB,
or where the published file is not as it was left.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.followers import PLANS_TO_PUBLISH, PUBLISHED, note_taken_over, taken_over
from orchestration.settings import GAPS_STAY, WarehousePaths


@dataclass(frozen=True)
class Basis:
    """The publication to take over from: its folder, and the years of plans computed since."""

    folder: Path
    years: frozenset[int]


def note_publication(paths: WarehousePaths, number: int) -> None:
    """Remember that publication `number`, which readers now see, holds what was computed."""
    with duckdb.connect(str(paths.build_db), config=GAPS_STAY) as connection:
        connection.execute("begin")
        state = _state(paths.published)
        note_taken_over(connection, PUBLISHED, PLANS_TO_PUBLISH, number, *state)
        connection.execute("commit")


def find_basis(
    connection: duckdb.DuckDBPyConnection, paths: WarehousePaths, number: int, versions: dict
) -> Basis | None:
    """Give what may be taken over from publication `number`, or None: everything is to be copied.

    `connection` is to the build database; `versions` are those that the manifest would name now.
    """
    remembered = taken_over(connection, PUBLISHED)
    if not number or remembered is None:
        return None
    try:
        state = _state(paths.published)
        manifest = json.loads(paths.manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if remembered != (number, *state) or manifest.get("versiones") != versions:
        return None
    years = connection.execute(
        f"select distinct anio from marts.dim_plan semi join {PLANS_TO_PUBLISH} "
        "using (entidad_id, plan_id)"
    ).fetchall()
    return Basis(paths.current.resolve(), frozenset(year for (year,) in years))


def _state(file: Path) -> tuple[int, int]:
    """Give size and time of writing of a file."""
    found = file.stat()
    return found.st_size, found.st_mtime_ns
