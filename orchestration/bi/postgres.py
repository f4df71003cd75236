"""Copy the published marts into PostgreSQL, in one transaction.

Belongs here: tables, types, roles and rights of that copy. Does not: any figure; which rows a
unit sees (row_security.py). Readers see the copy before or the new one, never a mix: a table
whose columns are the same is emptied and filled again, which neither blocks nor breaks a view.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import psycopg2
from psycopg2 import errors, extensions, sql
from psycopg2.extensions import parse_dsn

from orchestration.bi.row_security import visible_rows
from orchestration.engines.postgres_rows import Rows, postgres_type, refuse_other_encodings
from orchestration.errors import PassingError, SemaforoError
from orchestration.server_words import server_answer

SCHEMA = "marts"
OWNER = "semaforo_dueno"
ANALYSTS = "semaforo_bi"
UNITS = "semaforo_unidad"

_HERE = Path(__file__).parent
# Two publications at once wait for each other; any constant of our own will do.
_PUBLISHING = 7_362_366
_CONNECT_SECONDS = 10
# A table whose columns changed waits for its readers, and new ones wait behind it.
_READERS_SECONDS = 60
_NEXT = sql.Identifier("semaforo_siguiente")
OnTable = Callable[[str, int, int], None]
Columns = list[tuple[str, str, str | None]]


def check_url(url: str) -> None:
    """Refuse an address that is none, without repeating it: it may hold a password.

    Raises:
        SemaforoError: the address is not one of PostgreSQL.
    """
    try:
        if not url.startswith(("postgresql://", "postgres://")):
            raise ValueError
        parts = parse_dsn(url)
        # What of a password follows a «/» or «@» that is not written %2F or %40 is taken for them,
        # and repeated by the server's library.
        if not re.fullmatch(r"[\d,]*", parts.get("port", "")) or "@" in parts.get("host", ""):
            raise ValueError
    except (ValueError, psycopg2.Error):
        raise SemaforoError(
            "--publish: la dirección no se entiende; use postgresql://usuario@servidor:5432/base "
            "y deje la clave en PGPASSWORD o en ~/.pgpass"
        ) from None


def publish_postgres(
    published: Path, url: str, on_table: OnTable = lambda name, number, total: None
) -> dict[str, int]:
    """Copy every table of schema marts of a published database; give the rows of each.

    Raises:
        SemaforoError: no server, no rights, or the server refused; it keeps what it had.
    """
    check_url(url)
    with (
        duckdb.connect(str(published), read_only=True) as source,
        _plain_errors(url),
        _transaction(url) as target,
        target.cursor() as cursor,
    ):
        cursor.execute("select pg_advisory_xact_lock(%s)", [_PUBLISHING])
        cursor.execute("set local lock_timeout = %s", [f"{_READERS_SECONDS}s"])
        _prepare(cursor)
        tables = source.execute(
            "select table_name, comment from duckdb_tables() where schema_name = ? order by all",
            [SCHEMA],
        ).fetchall()
        _drop_others(cursor, [name for name, _ in tables])
        rows = {}
        for number, (name, comment) in enumerate(tables, start=1):
            on_table(name, number, len(tables))
            rows[name] = _copy_table(source, cursor, name, comment)
        cursor.execute((_HERE / "hierarchy.sql").read_text(encoding="utf-8"))
    return rows


@contextmanager
def _transaction(url: str) -> Iterator[extensions.connection]:
    connection = psycopg2.connect(
        url,
        connect_timeout=_CONNECT_SECONDS,
        application_name="semaforo",
        client_encoding="UTF8",
    )
    try:
        refuse_other_encodings(connection, "--publish")
        # Not psycopg2's own block: it undoes, and of a lost connection that fails in other words.
        yield connection
        connection.commit()
    finally:
        connection.close()


@contextmanager
def _plain_errors(url: str) -> Iterator[None]:
    kept = "lo publicado en el almacén ya vale y PostgreSQL conserva lo anterior"
    try:
        yield
    except (errors.InsufficientPrivilege, errors.InvalidGrantOperation) as failure:
        raise SemaforoError(
            f"--publish: al usuario le faltan permisos en PostgreSQL ({_line(failure, url)}); "
            f"vea docs/bi.md; {kept}"
        ) from None
    except errors.DependentObjectsStillExist as failure:
        raise SemaforoError(
            f"--publish: hay vistas sobre una tabla que cambió de columnas "
            f"({_dependent(failure)}); bórrelas y repita; {kept}"
        ) from None
    except errors.LockNotAvailable:
        raise PassingError(
            "--publish: alguien dejó abierta una consulta sobre una tabla que ha de cambiar, y se "
            f"esperó {_READERS_SECONDS} segundos; ciérrela y repita; {kept}"
        ) from None
    except psycopg2.OperationalError as failure:
        # With a code it is the server that ended what it had begun to do.
        advice = "" if failure.pgcode else "revise dirección, usuario y clave; "
        raise PassingError(
            f"--publish: no se pudo usar el servidor PostgreSQL ({_line(failure, url)}); "
            f"{advice}{kept}"
        ) from None
    except psycopg2.Error as failure:
        raise SemaforoError(
            f"--publish: PostgreSQL rechazó la copia ({_line(failure, url)}); {kept}"
        ) from None


def _line(failure: Exception, url: str) -> str:
    text = server_answer(failure)
    password = parse_dsn(url).get("password")
    return text.replace(password, "***") if password else text


def _dependent(failure: psycopg2.Error) -> str:
    """Name what stands upon the table, as the server lists it."""
    listed = failure.diag.message_detail or ""
    names = re.findall(r'((?:"[^"]+"|[^\s"])+) depends on ', listed)
    return ", ".join(dict.fromkeys(names)) or server_answer(failure)


def _prepare(cursor: extensions.cursor) -> None:
    """Make what is missing of roles and schemas; go on as the owner of the tables."""
    for role in (OWNER, ANALYSTS, UNITS):
        cursor.execute("select 1 from pg_roles where rolname = %s", [role])
        if cursor.fetchone() is None:
            cursor.execute(sql.SQL("create role {} nologin").format(sql.Identifier(role)))
    cursor.execute(
        "select pg_has_role(current_user, %s, %s)",
        [OWNER, _becoming(cursor.connection.server_version)],
    )
    if not cursor.fetchone()[0]:
        cursor.execute(f"grant {OWNER} to current_user")
    cursor.execute("select 1 from pg_namespace where nspname = %s", [SCHEMA])
    if cursor.fetchone() is None:
        cursor.execute(f"create schema {SCHEMA} authorization {OWNER}")
    cursor.execute(f"create schema if not exists semaforo_privado authorization {OWNER}")
    cursor.execute(f"set local role {OWNER}")
    cursor.execute((_HERE / "access.sql").read_text(encoding="utf-8"))
    cursor.execute(f"grant usage on schema {SCHEMA} to {ANALYSTS}, {UNITS}")


def _becoming(server_version: int) -> str:
    """Name the right to go on as a role: since 16 who makes a role is its member without it."""
    return "set" if server_version >= 160_000 else "member"


def _drop_others(cursor: extensions.cursor, names: list[str]) -> None:
    """Drop tables of ours that are no longer published."""
    cursor.execute(
        "select tablename from pg_tables "
        "where schemaname = %s and tableowner = %s and tablename <> all(%s)",
        [SCHEMA, OWNER, names],
    )
    for (name,) in cursor.fetchall():
        cursor.execute(sql.SQL("drop table {}").format(sql.Identifier(SCHEMA, name)))


def _copy_table(
    source: duckdb.DuckDBPyConnection, cursor: extensions.cursor, name: str, comment: str | None
) -> int:
    columns: Columns = [
        (column, postgres_type(name, kind), note)
        for column, kind, note in source.execute(
            "select column_name, data_type, comment from duckdb_columns() "
            "where schema_name = ? and table_name = ? order by column_index",
            [SCHEMA, name],
        ).fetchall()
    ]
    table = sql.Identifier(SCHEMA, name)
    # COPY is refused where row security is in force, so it goes through a table of its own.
    cursor.execute(_table_of(sql.SQL("create temp table {} ({}) on commit drop"), _NEXT, columns))
    rows = Rows(source.execute(f'from "{SCHEMA}"."{name}"'))
    cursor.copy_expert(sql.SQL("copy {} from stdin").format(_NEXT), rows, size=1 << 20)
    if _columns_there(cursor, name) == [(column, kind) for column, kind, _ in columns]:
        cursor.execute(sql.SQL("delete from {}").format(table))
    else:
        # No cascade: a view that someone built on it is refused aloud, not lost in silence.
        cursor.execute(sql.SQL("drop table if exists {}").format(table))
        cursor.execute(_table_of(sql.SQL("create table {} ({})"), table, columns))
    _secure(cursor, name, table, [column for column, _, _ in columns])
    cursor.execute(sql.SQL("insert into {} select * from {}").format(table, _NEXT))
    cursor.execute(sql.SQL("drop table {}").format(_NEXT))
    cursor.execute(sql.SQL("comment on table {} is %s").format(table), [comment])
    for column, _, note in columns:
        field = sql.Identifier(SCHEMA, name, column)
        cursor.execute(sql.SQL("comment on column {} is %s").format(field), [note])
    cursor.execute(sql.SQL("analyze {}").format(table))
    return rows.count


def _columns_there(cursor: extensions.cursor, name: str) -> list[tuple[str, str]]:
    cursor.execute(
        """
        select attname, format_type(atttypid, atttypmod)
        from pg_attribute
        where attrelid = to_regclass(%s) and attnum > 0 and not attisdropped
        order by attnum
        """,
        [f'"{SCHEMA}"."{name}"'],
    )
    return cursor.fetchall()


def _table_of(statement: sql.SQL, table: sql.Identifier, columns: Columns) -> sql.Composed:
    listed = [
        sql.SQL("{} {}").format(sql.Identifier(column), sql.SQL(kind))
        for column, kind, _ in columns
    ]
    return statement.format(table, sql.SQL(", ").join(listed))


def _secure(
    cursor: extensions.cursor, name: str, table: sql.Identifier, columns: list[str]
) -> None:
    """Let only the rows of its policy be read, by views of the owner too (`force`).

    Each statement keeps readers out until the end, so nothing is done where it is done already;
    the policy's comment says which condition it was made from.
    """
    condition = visible_rows(name, columns)
    cursor.execute(
        "select obj_description(p.oid, 'pg_policy') from pg_policy as p "
        "join pg_class as c on c.oid = p.polrelid "
        "where c.relnamespace = %s::regnamespace and c.relname = %s and p.polname = 'visible'",
        [SCHEMA, name],
    )
    if cursor.fetchone() == (condition,):
        return
    for statement in (
        f"grant select on {{}} to {ANALYSTS}, {UNITS}",
        "alter table {} enable row level security",
        "alter table {} force row level security",
        "drop policy if exists visible on {}",
        f"create policy visible on {{}} using ({condition})",
    ):
        cursor.execute(sql.SQL(statement).format(table))
    cursor.execute(sql.SQL("comment on policy visible on {} is %s").format(table), [condition])
