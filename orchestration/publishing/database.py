"""Write the published database: whole, or what changed into a copy of the one before.

Belongs here: how rows and comments are copied and checked. Does not: which tables (tables) or when
the one before may be built upon (basis).
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb

from orchestration.errors import SemaforoError
from orchestration.followers import PLANS_TO_PUBLISH
from orchestration.publishing.basis import Basis
from orchestration.publishing.tables import Table, pieces, quoted
from orchestration.settings import PUBLISHED_STORAGE_VERSION

OnTable = Callable[[str, int, int], None]
"""Told of each table to publish: its name, its number from 1, how many there are."""

# A question of one entity reads the row groups that it is in: a quarter of DuckDB's own size takes
# a third off the slowest one, for a sixth more space (docs/scaling.md). The file does not remember
# it: whoever writes to it without joins them again.
_ROW_GROUPS = "row_group_size 30720"

_PLANS = "marts.dim_plan"
_RENEWED = f"(entidad_id, plan_id) in (select entidad_id, plan_id from {PLANS_TO_PUBLISH})"


def write_database(
    connection: duckdb.DuckDBPyConnection,
    published: Path,
    found: list[Table],
    basis: Basis | None,
    on_table: OnTable,
) -> dict[str, int]:
    """Write tables of the build database, that of `connection`, into a new file.

    Returns the rows of each.
    """
    if basis is None:
        connection.execute(
            f"attach '{quoted(published)}' as published (read_write, {_ROW_GROUPS}, "
            f"storage_version '{PUBLISHED_STORAGE_VERSION}')"
        )
        for schema in sorted({table.schema for table in found}):
            connection.execute(f"create schema published.{schema}")
    else:
        shutil.copyfile(basis.folder / published.name, published)
        connection.execute(f"attach '{quoted(published)}' as published (read_write, {_ROW_GROUPS})")
        _make_room(connection, found)
    rows = {}
    for index, table in enumerate(found, start=1):
        on_table(table.name, index, len(found))
        if not table.by_plan:
            rows[table.qualified] = _copy(connection, table)
        elif basis is None:
            rows[table.qualified] = _copy_by_plan(connection, table)
        else:
            rows[table.qualified] = _renew(connection, table)
    connection.execute("detach published")
    return rows


def verify(published: Path, rows: dict[str, int]) -> None:
    """Read the published file anew, as a reader will, and hold it against what was written.

    Raises:
        SemaforoError: it is in another format, or a table has other rows.
    """
    with duckdb.connect(str(published), read_only=True) as connection:
        (storage,) = connection.execute(
            "select tags['storage_version'] from duckdb_databases() where not internal"
        ).fetchone()
        if not storage.startswith(PUBLISHED_STORAGE_VERSION):
            raise SemaforoError(f"la base publicada salió en formato {storage}; no se publica")
        for table, expected in rows.items():
            (found,) = connection.execute(f"select count(*) from {table}").fetchone()
            if found != expected:
                raise SemaforoError(
                    f"la copia de {table} tiene {found} filas y debía tener {expected}; "
                    "no se publica"
                )


def _copy(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    """Copy a table whole, sorted for readers, with its comments. Returns its rows."""
    (rows,) = connection.execute(
        f"create or replace table published.{table.qualified} as "
        f"select * from {table.source} order by {table.order_by}"
    ).fetchone()
    _describe(connection, table)
    return rows


def _copy_by_plan(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    """Copy a table of tables.BY_PLAN, some plans at a time. Returns its rows."""
    connection.execute(
        f"create table published.{table.qualified} as select * from {table.source} limit 0"
    )
    _describe(connection, table)
    return sum(_append(connection, table, piece) for piece in pieces(connection, _PLANS))


def _make_room(connection: duckdb.DuckDBPyConnection, found: list[Table]) -> None:
    """Delete all that is written anew, so that it takes the space of what was there."""
    for table in found:
        if table.by_plan:
            connection.execute(f"delete from published.{table.qualified} where {_RENEWED}")
        else:
            connection.execute(f"drop table published.{table.qualified}")
    connection.execute("checkpoint published")


def _renew(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    """Write the plans computed anew to the rows that were kept. Returns the rows of all."""
    (kept,) = connection.execute(f"select count(*) from published.{table.qualified}").fetchone()
    plans = f"(select * from {_PLANS} where {_RENEWED})"
    return kept + sum(
        _append(connection, table, f"{piece} and {_RENEWED}") for piece in pieces(connection, plans)
    )


def _append(connection: duckdb.DuckDBPyConnection, table: Table, piece: str) -> int:
    (rows,) = connection.execute(
        f"insert into published.{table.qualified} "
        f"select * from {table.source} where {piece} order by {table.order_by}"
    ).fetchone()
    return rows


def _describe(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    target = f"published.{table.qualified}"
    if table.comment:
        connection.execute(f"comment on table {target} is '{quoted(table.comment)}'")
    for name, comment in table.columns:
        if comment:
            connection.execute(f"comment on column {target}.\"{name}\" is '{quoted(comment)}'")
