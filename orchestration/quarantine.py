"""Rows set aside, and their way back.

Belongs here: writing raw.cuarentena and marking as resolved what a later row repairs.
Does not: deciding what is wrong (validation.py, relations.py).
"""

from dataclasses import dataclass
from datetime import datetime

import duckdb

from orchestration.contract import ColumnSpec, TableSpec
from orchestration.relations import PARENT
from orchestration.sql import answer, literal, same
from orchestration.validation import trimmed, trimmed_rows


@dataclass(frozen=True)
class Origin:
    """The file being loaded, as its rows name it."""

    load_id: str
    file: str
    at: datetime


def open_rows(connection: duckdb.DuckDBPyConnection, table: TableSpec, load_id: str) -> list[int]:
    """Rows of a file already seen that are still in quarantine."""
    rows = connection.execute(
        """
        select fila from raw.cuarentena
        where carga_id = ? and tabla = ? and resuelta_en is null order by fila
        """,
        [load_id, table.name],
    ).fetchall()
    return [row for (row,) in rows]


def set_aside(connection: duckdb.DuckDBPyConnection, table: TableSpec, origin: Origin) -> int:
    """Write the rows of `hallazgos` to quarantine, one entry a row; count them.

    Args:
        connection: where the temporary tables of the load are.
        table: definition of the file's table.
        origin: the file; where it was seen before, its open rows have their entry already.
    """
    found = answer(connection, "select count(distinct fila) from hallazgos")
    if found:
        row = ", ".join(f"{name} := lectura.{name}" for name in table.column_names)
        connection.execute(
            f"""
            insert into raw.cuarentena
            select ?, ?, ?, todos.*, to_json(struct_pack({row})), ?, null
            from (
                select
                    fila,
                    arg_min(columna, orden) as columna,
                    arg_min(texto, orden) filter (columna is not null) as texto,
                    string_agg(motivo, '; ' order by orden) as motivo,
                    arg_min(clase, orden) as clase,
                    flatten(list(reparar)) as reparar
                from hallazgos group by fila
            ) as todos
            join lectura on todos.fila = lectura.fila
            where todos.fila not in (
                select fila from raw.cuarentena
                where carga_id = ? and tabla = ? and resuelta_en is null
            )
            order by todos.fila
            """,
            [
                origin.load_id,
                table.name,
                origin.file,
                origin.at,
                origin.load_id,
                table.name,
            ],
        )
    return found


def resolve(connection: duckdb.DuckDBPyConnection, table: TableSpec, origin: Origin) -> int:
    """Mark the open entries that rows of this file repair; count them.

    `filas` holds the rows that load and `repetidas` those that say what is known. An entry is
    resolved by a row of its key; where the key itself was wrong, by a row that loads and equals
    it in all the rest, found on the same row of a file of the same name or being the only one.
    A missing parent is a right key more often than a wrong one: there being the only one is not
    enough. What is not surely repaired stays open.
    """
    if not answer(
        connection,
        "select count(*) from raw.cuarentena where tabla = ? and resuelta_en is null",
        [table.name],
    ):
        return 0
    connection.execute(
        f"""
        create or replace temp table abiertas as
        select rowid as entrada, archivo, fila, clase, reparar,
            {", ".join(f"{_from_json(column)} as {column.name}" for column in table.columns)}
        from raw.cuarentena where tabla = ? and resuelta_en is null
        """,
        [table.name],
    )
    columns = ", ".join(f"{_canonical(column)} as {column.name}" for column in table.columns)
    connection.execute(f"""
        create or replace temp table enviadas as
        select fila, fila in (select fila from filas) as carga,
            fila in (select fila from hallazgos) as rechazada, {columns}
        from ({trimmed_rows(table, "lectura")})
    """)
    # What is rejected again, word for word, has not been repaired.
    connection.execute(f"""
        delete from abiertas using enviadas
        where enviadas.rechazada and {same("abiertas", "enviadas", table.column_names)}
    """)
    connection.execute("delete from enviadas where rechazada")
    connection.execute(f"""
        create or replace temp table resueltas as
        select distinct abiertas.entrada
        from abiertas join enviadas on {same("abiertas", "enviadas", table.key)}
    """)
    repairs = connection.execute("""
        select distinct reparar from abiertas
        where entrada not in (select entrada from resueltas)
    """).fetchall()
    for (changed,) in repairs:
        rest = tuple(name for name in table.column_names if name not in changed)
        if rest and set(changed).intersection(table.key):
            _resolve_by_rest(connection, rest, changed, origin)
    return answer(
        connection,
        """
        update raw.cuarentena set resuelta_en = ?
        where rowid in (select entrada from resueltas)
        """,
        [origin.at],
    )


def _resolve_by_rest(
    connection: duckdb.DuckDBPyConnection,
    rest: tuple[str, ...],
    changed: list[str],
    origin: Origin,
) -> None:
    connection.execute(
        f"""
        insert into resueltas
        with parecidas as (
            select
                abiertas.entrada, abiertas.clase,
                abiertas.archivo = ? and abiertas.fila = enviadas.fila as mismo_lugar,
                count(*) over (partition by abiertas.entrada) as candidatas,
                count(*) over (partition by enviadas.fila) as reclamos
            from abiertas join enviadas on enviadas.carga and {same("abiertas", "enviadas", rest)}
            where abiertas.reparar = ?
                and abiertas.entrada not in (select entrada from resueltas)
        )
        select distinct entrada from parecidas
        where mismo_lugar or (clase <> '{PARENT}' and candidatas = 1 and reclamos = 1)
        """,
        [origin.file, changed],
    )


def _from_json(column: ColumnSpec) -> str:
    text = trimmed(f"json_extract_string(fila_cruda, {literal('$.' + column.name)})")
    return _canonical(column, text)


def _canonical(column: ColumnSpec, expression: str | None = None) -> str:
    """SQL of a text in the one form that equal values share; as written where it has no type."""
    text = expression or column.name
    if column.kind == "texto":
        return text
    return f"coalesce(cast(try_cast({text} as {column.sql_type}) as varchar), {text})"
