"""The tables of schema raw: those of the contract, `carga` and `cuarentena`.

Belongs here: their definition and the dates rows carry. Does not: what goes into them.
"""

from datetime import UTC, datetime, timedelta

import duckdb

from orchestration.contract import TableSpec
from orchestration.errors import SemaforoError
from orchestration.sql import answer

# Of the same names and types as macro add_load_columns gives to the seeds.
_LOAD_COLUMNS = {
    "carga_id": "varchar",
    "archivo": "varchar",
    "fila": "bigint",
    "cargado_en": "timestamp",
}

_ACCOUNTING = """
    create table if not exists raw.carga (
        carga_id varchar,        -- sha256 of the file's content
        tabla varchar,
        archivo varchar,
        catalogo boolean,        -- one of semaforo's own
        cargado_en timestamp,    -- as its rows carry it; UTC
        registrado_en timestamp, -- when it was loaded; UTC
        codificacion varchar,
        separador varchar,
        bytes bigint,
        leidas bigint,
        cargadas bigint,
        en_cuarentena bigint,
        repetidas bigint
    );
    create table if not exists raw.cuarentena (
        carga_id varchar,
        tabla varchar,
        archivo varchar,
        fila bigint,
        columna varchar,
        texto varchar,           -- of that column, as written
        motivo varchar,
        clase varchar,           -- valor, clave, padre or historia
        reparar varchar[],       -- columns that a repair changes
        fila_cruda varchar,      -- the whole row as written, JSON
        cuarentena_en timestamp, -- UTC
        resuelta_en timestamp,   -- when a repaired row was loaded, UTC; null = still open
        retirada_en timestamp    -- when its file came again without it, UTC
    );
    -- A warehouse made before this column came has the table without it.
    alter table raw.cuarentena add column if not exists retirada_en timestamp;
"""


def create_raw_tables(connection: duckdb.DuckDBPyConnection, tables: dict[str, TableSpec]) -> None:
    """Make what is missing of schema raw, and columns that a newer contract has added.

    Raises:
        SemaforoError: a table stands there with a column of another type.
    """
    connection.execute("create schema if not exists raw")
    connection.execute(_ACCOUNTING)
    held = _held(connection)
    for table in tables.values():
        wanted = {column.name: column.sql_type for column in table.columns} | _LOAD_COLUMNS
        columns = ", ".join(f"{name} {kind}" for name, kind in wanted.items())
        connection.execute(f"create table if not exists raw.{table.name} ({columns})")
        present = held.get(table.name, wanted)
        for name, kind in wanted.items():
            if name not in present:
                connection.execute(f"alter table raw.{table.name} add column {name} {kind}")
            elif table.name in held and present[name] != _duckdb_type(kind):
                raise SemaforoError(
                    f"la base privada guarda {table.name}.{name} como {present[name]} y el "
                    f"contrato pide {kind}: empiece un almacén nuevo con --warehouse"
                )


def next_load_time(connection: duckdb.DuckDBPyConnection, *, catalog: bool) -> datetime:
    """Give the moment that the rows of the next load carry, later than that of any before.

    The shipped catalogs take the first seconds of 1970: the row of the latest load holds, and
    a folder's rows stand over the catalogs even where the catalogs are renewed after it.
    """
    latest = answer(
        connection, "select max(cargado_en) from raw.carga where catalogo = ?", [catalog]
    )
    if catalog:
        return (latest or datetime(1970, 1, 1)) + timedelta(seconds=1)  # noqa: DTZ001
    return _after(latest)


def next_moment(connection: duckdb.DuckDBPyConnection) -> datetime:
    """Give the moment of the next load, later than that of any before though the clock be set back.

    Which of two loads came first is read from it.
    """
    return _after(answer(connection, "select max(registrado_en) from raw.carga"))


def _after(latest: datetime | None) -> datetime:
    now = utc_now()
    return now if latest is None or latest < now else latest + timedelta(microseconds=1)


def utc_now() -> datetime:
    """Now, in UTC, as timestamps are stored: without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def _held(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Columns and types of the tables that stand in raw."""
    held: dict[str, dict[str, str]] = {}
    rows = connection.execute("""
        select table_name, column_name, data_type from duckdb_columns()
        where database_name = current_database() and schema_name = 'raw'
    """).fetchall()
    for table, column, kind in rows:
        held.setdefault(table, {})[column] = kind
    return held


def _duckdb_type(sql_type: str) -> str:
    """Name a type as DuckDB's catalog does, which keeps no length of texts."""
    name = sql_type.upper()
    return {"INT": "INTEGER"}.get(name, "VARCHAR" if name.startswith("VARCHAR") else name)
