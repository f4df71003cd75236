"""PostgreSQL as the engine: raw tables go there, what the models made of them comes back.

Belongs here: both copies. Does not: what the models compute; the copy of the marts for readers
(orchestration/bi/postgres.py). The server is the one that psql would use: dbt's profile and
libpq read the same variables.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import psycopg2
from psycopg2 import extensions, sql

from orchestration.bi.postgres import OWNER
from orchestration.engines.postgres_rows import Rows, postgres_type, refuse_other_encodings
from orchestration.errors import SemaforoError
from orchestration.server_words import server_answer
from orchestration.settings import SCRATCH
from orchestration.sql import literal

_NEEDED = ("PGHOST", "PGUSER", "PGDATABASE")
_CONNECT_SECONDS = 10


class PostgresEngine:
    """The database that the variables of libpq name."""

    def __init__(self) -> None:
        missing = [name for name in _NEEDED if not os.environ.get(name)]
        if missing:
            raise SemaforoError(
                f"--target postgres: falta {', '.join(missing)}; indique el servidor con las "
                "variables de psql, vea docs/engines.md"
            )

    def send(self, build_db: Path) -> None:
        """Copy every table of schema raw, in one transaction.

        Raises:
            SemaforoError: no server, no rights, or the database holds a copy for readers.
        """
        with (
            duckdb.connect(str(build_db), read_only=True) as source,
            _transaction() as target,
            target.cursor() as cursor,
        ):
            _refuse_published(cursor)
            cursor.execute("drop schema if exists raw cascade")
            cursor.execute("create schema raw")
            tables = source.execute(
                "select table_name from duckdb_tables() where schema_name = 'raw' order by all"
            ).fetchall()
            for (name,) in tables:
                _send_table(source, cursor, name)

    def fetch(self, build_db: Path, tables: list[tuple[str, str]]) -> None:
        """Fill tables of the build database, empty ones, with those of the same name here.

        Raises:
            SemaforoError: the server is gone, or refuses.
        """
        with (
            duckdb.connect(str(build_db)) as target,
            _transaction() as source,
            source.cursor() as cursor,
            tempfile.TemporaryDirectory(prefix=SCRATCH, dir=build_db.parent) as folder,
        ):
            for schema, name in tables:
                _fetch_table(cursor, target, schema, name, Path(folder) / "filas.csv")

    def close(self) -> None:
        """Nothing is held between the copies."""


@contextmanager
def _transaction() -> Iterator[extensions.connection]:
    try:
        connection = psycopg2.connect(
            "",
            connect_timeout=_CONNECT_SECONDS,
            application_name="semaforo",
            client_encoding="UTF8",
        )
        try:
            refuse_other_encodings(connection, "--target postgres")
            # Not psycopg2's own block: to undo on a lost connection fails in other words.
            yield connection
            connection.commit()
        finally:
            connection.close()
    except psycopg2.Error as failure:
        raise SemaforoError(
            f"--target postgres: el servidor no pudo ({server_answer(failure)}); revise servidor, "
            "usuario y permisos; lo publicado no cambió"
        ) from None


def _refuse_published(cursor: extensions.cursor) -> None:
    cursor.execute(
        "select 1 from pg_tables where schemaname = 'marts' and tableowner = %s limit 1",
        [OWNER],
    )
    if cursor.fetchone():
        raise SemaforoError(
            "--target postgres: la base de PGDATABASE tiene la copia publicada (--publish); "
            "indique otra base para calcular"
        )


def _send_table(source: duckdb.DuckDBPyConnection, cursor: extensions.cursor, name: str) -> None:
    columns = _columns(source, "raw", name)
    table = sql.Identifier("raw", name)
    listed = [
        sql.SQL("{} {}").format(sql.Identifier(column), sql.SQL(postgres_type(name, kind)))
        for column, kind in columns
    ]
    cursor.execute(sql.SQL("create table {} ({})").format(table, sql.SQL(", ").join(listed)))
    names = ", ".join(f'"{column}"' for column, _ in columns)
    rows = Rows(source.execute(f'select {names} from raw."{name}"'))
    cursor.copy_expert(sql.SQL("copy {} from stdin").format(table), rows, size=1 << 20)
    cursor.execute(sql.SQL("analyze {}").format(table))


def _fetch_table(
    cursor: extensions.cursor,
    target: duckdb.DuckDBPyConnection,
    schema: str,
    name: str,
    file: Path,
) -> None:
    columns = _columns(target, schema, name)
    listed = sql.SQL(", ").join(sql.Identifier(column) for column, _ in columns)
    with file.open("wb") as stream:
        cursor.copy_expert(
            sql.SQL("copy (select {} from {}) to stdout (format csv)").format(
                listed, sql.Identifier(schema, name)
            ),
            stream,
        )
    # Decimals arrive with all their digits and are cut to the table's scale as DuckDB casts text.
    types = ", ".join(f"{literal(column)}: {literal(kind)}" for column, kind in columns)
    target.execute(f"""
        insert into "{schema}"."{name}"
        from read_csv(
            {literal(str(file))}, auto_detect = false, header = false, columns = {{{types}}},
            delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false
        )
    """)


def _columns(
    connection: duckdb.DuckDBPyConnection, schema: str, name: str
) -> list[tuple[str, str]]:
    """Columns and types; lists, which only the loader keeps for itself, are none of a model's."""
    return connection.execute(
        "select column_name, data_type from duckdb_columns() where schema_name = ? "
        "and table_name = ? and not data_type like '%[]' order by column_index",
        [schema, name],
    ).fetchall()
