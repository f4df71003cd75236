"""What a publication may take over from the one before it.

Belongs here: the memory of what was published and of the plans computed anew since. Does not: how
a table is copied. The tables of a row per activity and month (tables.BY_PLAN) say of a plan what
follows from that plan alone; all others are copied whole each time.
Nothing is taken over after a computation from nothing, from another version of semaforo or DuckDB,
or where the published file is not as it was left.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.settings import GAPS_STAY, WarehousePaths

# Plans computed anew since, each as often as that happened.
PLANS_SINCE = "raw.plan_sin_publicar"

_TABLES = f"""
    create table if not exists raw.publicado (
        publicacion integer,      -- number of the last publication
        bytes bigint,             -- size of its database
        modificado_ns bigint      -- when its database was last written, nanoseconds since 1970
    );
    create table if not exists {PLANS_SINCE} (entidad_id varchar, plan_id varchar);
"""


@dataclass(frozen=True)
class Basis:
    """The publication to take over from: its folder, and the years of plans computed since."""

    folder: Path
    years: frozenset[int]


def note_computation(connection: duckdb.DuckDBPyConnection, *, only_touched: bool) -> None:
    """Remember that the models computed the plans of raw.plan_tocado anew, or everything."""
    connection.execute(_TABLES)
    if only_touched:
        connection.execute(
            f"insert into {PLANS_SINCE} select entidad_id, plan_id from raw.plan_tocado"
        )
    else:
        connection.execute("delete from raw.publicado")


def note_publication(paths: WarehousePaths, number: int) -> None:
    """Remember that publication `number`, which readers now see, holds what was computed."""
    with duckdb.connect(str(paths.build_db), config=GAPS_STAY) as connection:
        if not _finished(connection):
            return
        connection.execute("begin")
        connection.execute(_TABLES)
        connection.execute("delete from raw.publicado")
        connection.execute(f"delete from {PLANS_SINCE}")
        connection.execute(
            "insert into raw.publicado values (?, ?, ?)", [number, *_state(paths.published)]
        )
        connection.execute("commit")


def find_basis(
    connection: duckdb.DuckDBPyConnection, paths: WarehousePaths, number: int, versions: dict
) -> Basis | None:
    """Give what may be taken over from publication `number`, or None: everything is to be copied.

    `connection` is to the build database; `versions` are those that the manifest would name now.
    """
    if not number or not _finished(connection) or not _holds(connection, "publicado"):
        return None
    try:
        state = _state(paths.published)
        manifest = json.loads(paths.manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    remembered = connection.execute("select * from raw.publicado").fetchall()
    if remembered != [(number, *state)] or manifest.get("versiones") != versions:
        return None
    years = connection.execute(
        f"select distinct anio from marts.dim_plan semi join {PLANS_SINCE} "
        "using (entidad_id, plan_id)"
    ).fetchall()
    return Basis(paths.current.resolve(), frozenset(year for (year,) in years))


def _finished(connection: duckdb.DuckDBPyConnection) -> bool:
    """Say whether what stands in the build database is a whole computation of this machine."""
    return (
        _holds(connection, "calculo")
        and connection.execute("select count(*) from raw.calculo where terminado").fetchone()[0]
        == 1
    )


def _holds(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    (found,) = connection.execute(
        "select count(*) from duckdb_tables() where schema_name = 'raw' and table_name = ?", [table]
    ).fetchone()
    return found == 1


def _state(file: Path) -> tuple[int, int]:
    """Give size and time of writing of a file."""
    found = file.stat()
    return found.st_size, found.st_mtime_ns
