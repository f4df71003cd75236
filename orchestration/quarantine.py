"""Rows set aside, and their way back.

Belongs here: writing raw.cuarentena and marking what a later file repairs or leaves out.
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
            select ?, ?, ?, todos.*, to_json(struct_pack({row})), ?, null, null
            from (
                select
                    fila,
                    arg_min(columna, orden) as columna,
                    arg_min(texto, orden) filter (columna is not null) as texto,
                    string_agg(motivo, '; ' order by orden) as motivo,
                    coalesce(
                        any_value(clase) filter (clase = '{PARENT}'), arg_min(clase, orden)
                    ) as clase,
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
    """Mark the open entries that rows of this file repair, or that it leaves out; count them.

    `filas` holds the rows that load and `repetidas` those that say what is known. An entry is
    resolved by a row of its key; where the key itself was wrong, by a row that loads and equals
    it in all the rest, found on the same row of a file of the same name or being the only one.
    A missing parent is a right key more often than a wrong one: there being the only one is not
    enough. Left out is an entry of a file sent before under this name of which this one has all
    other rows. What is not surely repaired or left out stays open.
    """
    if not answer(
        connection,
        "select count(*) from raw.cuarentena where tabla = ? and resuelta_en is null",
        [table.name],
    ):
        return 0
    _collect(connection, table)
    _take_back(connection, table, origin)
    _find_left_out(connection, table, origin)
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
    left_out = answer(
        connection,
        """
        update raw.cuarentena set retirada_en = ?
        where retirada_en is null and rowid in (
            select entrada from omitidas where entrada not in (select entrada from resueltas)
        )
        """,
        [origin.at],
    )
    return left_out + answer(
        connection,
        """
        update raw.cuarentena set resuelta_en = ?
        where rowid in (select entrada from resueltas)
        """,
        [origin.at],
    )


def _collect(connection: duckdb.DuckDBPyConnection, table: TableSpec) -> None:
    """Make `abiertas`, the entries still open, and `enviadas`, the rows of the file: as texts."""
    connection.execute(
        f"""
        create or replace temp table abiertas as
        select rowid as entrada, carga_id, archivo, fila, clase, reparar,
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


def _take_back(connection: duckdb.DuckDBPyConnection, table: TableSpec, origin: Origin) -> None:
    """Drop from `abiertas` what is rejected again, word for word: it has not been repaired.

    Where the file itself is back, what was left out of a later one is not any more.
    """
    connection.execute(f"""
        create or replace temp table rechazadas as
        select distinct abiertas.entrada, abiertas.carga_id
        from abiertas join enviadas
            on enviadas.rechazada and {same("abiertas", "enviadas", table.column_names)}
    """)
    connection.execute("delete from abiertas where entrada in (select entrada from rechazadas)")
    connection.execute(
        """
        update raw.cuarentena set retirada_en = null
        where rowid in (select entrada from rechazadas where carga_id = ?)
        """,
        [origin.load_id],
    )


def _find_left_out(connection: duckdb.DuckDBPyConnection, table: TableSpec, origin: Origin) -> None:
    """Make `omitidas`: what the sender took out, a line of totals or a row sent by mistake.

    The months of a year may come under one name as well: only a file with every row that was
    loaded from the earlier one says of the rest that it is no more. With such an entry go those
    of the same row that files of the name brought in between.
    """
    loaded_key = ", ".join(
        f"{_canonical(column, f'cast({column.name} as varchar)')} as {column.name}"
        for column in table.columns
        if column.name in table.key
    )
    connection.execute(
        f"""
        create or replace temp table omitidas as
        with anteriores as (
            select distinct carga_id from abiertas where archivo = $archivo and carga_id <> $carga
        ),
        cargadas as (
            select carga_id, {loaded_key} from raw.{table.name}
            semi join anteriores using (carga_id)
        ),
        repetidas as (select distinct {", ".join(table.key)}, true as sigue from enviadas),
        contenidas as (
            select cargadas.carga_id
            from cargadas left join repetidas on {same("cargadas", "repetidas", table.key)}
            group by cargadas.carga_id having bool_and(repetidas.sigue is not null)
        )
        select distinct iguales.entrada
        from abiertas join contenidas using (carga_id) join abiertas as iguales
            on abiertas.archivo = iguales.archivo
            and {same("abiertas", "iguales", table.column_names)}
        """,
        {"archivo": origin.file, "carga": origin.load_id},
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
