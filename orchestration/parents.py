"""Rows whose parent is neither loaded nor among the good rows loaded before.

Works on the temporary tables of relations.py, and on `esperan`: rows of this load set aside for
want of a file that was refused, by table and key. Belongs here: which part of a parent's key is
unknown, and why. Does not: when such a row comes back (quarantine.py).
"""

import duckdb

from orchestration.contract import ColumnSpec, ParentSpec, TableSpec
from orchestration.nearest import meant_code, unlike_signs
from orchestration.relations import (
    PARENT,
    ROWS,
    SET_ASIDE,
    Batch,
    columns_of,
    drop_found,
    not_blamed,
    report,
    standing,
)
from orchestration.sql import answer, literal, same, shown_code

_DEEPEST = 1000
"""Levels of a tree. No institution has twenty; each centre counts again with each one above it, so
that a chain of ten thousand would be fifty million rows."""

# A file of another plan altogether has thousands of unknown codes; a slip of the pen, a few.
_SUGGESTIONS = 20


def create_waiting(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `esperan`, empty, for a new load."""
    connection.execute(
        "create or replace temp table esperan (tabla varchar, clave varchar[], causa varchar)"
    )


def unknown_parents(batch: Batch) -> None:
    """Set aside rows whose parent is neither loaded nor among the good rows loaded before.

    Of the rows set aside before, the same is told: one round of corrections is enough.
    """
    if answer(batch.connection, f"select count(*) from {SET_ASIDE}"):
        for column in batch.table.columns:
            if column.parents:
                _orphans(batch, column, column.parents, SET_ASIDE)
    for column in batch.table.columns:
        others = tuple(parent for parent in column.parents if parent.table != batch.table.name)
        if others:
            _orphans(batch, column, others, ROWS)
    _note_waiting(batch)
    drop_found(batch)
    for column in batch.table.columns:
        for parent in column.parents:
            if parent.table == batch.table.name:
                _unreachable(batch, column, parent)
                drop_found(batch)


def ancestors(tables: dict[str, TableSpec], parent: ParentSpec) -> list[ParentSpec]:
    """Give what a parent is a part of, the widest first: of an activity, its entity and plan."""
    table = tables[parent.table]
    own = dict(zip(table.key, parent.columns, strict=True))
    found: dict[ParentSpec, None] = {}
    for name in table.key:
        for above in table.column(name).parents:
            if above.when is None and own.keys() >= set(above.columns):
                here = ParentSpec(above.table, tuple(own[one] for one in above.columns))
                found |= dict.fromkeys([*ancestors(tables, here), here])
    return sorted(found, key=lambda one: len(one.columns))


def _orphans(batch: Batch, column: ColumnSpec, parents: tuple[ParentSpec, ...], rows: str) -> None:
    """Report the rows without any of the parents that a column may name, once per unknown part."""
    above = dict.fromkeys(one for parent in parents for one in ancestors(batch.tables, parent))
    parts = [(one,) for one in sorted(above, key=lambda one: len(one.columns))] + [parents]
    missing = " and ".join(f"not {_exists(batch, parent)}" for parent in parents)
    used = dict.fromkeys(
        name
        for parent in parents
        for name in (*parent.columns, *([parent.when[0]] if parent.when else []))
    )
    which = " ".join(
        f"when not {_exists(batch, part)} then {number}"
        for number, (part,) in enumerate(parts[:-1])
    )
    last = len(parts) - 1
    # Few keys stand for many rows: look up the keys.
    batch.connection.execute(f"""
        create or replace temp table huerfanas as
        select *, {f"case {which} else {last} end" if which else last} as falta,
            cast(null as varchar) as causa, cast(null as varchar) as parecido,
            cast(null as varchar) as difiere
        from (
            select distinct {", ".join(used)} from {rows} as filas where {not_blamed(rows, used)}
        ) as hija
        where {column.name} is not null and {missing}
    """)
    if not answer(batch.connection, "select count(*) from huerfanas"):
        return
    for number, part in enumerate(parts):
        for parent in part:
            _explain(batch, number, parent)
        blamed = batch.table.column(part[0].columns[-1])
        # The plan that an activity lacks is the one that its action and its centre lack.
        report(
            batch,
            blamed,
            f"""{rows} as filas join huerfanas on {same("filas", "huerfanas", tuple(used))}
                and huerfanas.falta = {number}
                where {not_blamed(rows, used)} and not exists (
                    select 1 from hallazgos as dicho
                    where dicho.fila = filas.fila and dicho.columna = '{blamed.name}'
                )""",
            f"{_no_parent(batch, part)} || coalesce('; ¿quiso decir ' "
            f"|| {shown_code('huerfanas.parecido')} || '?' "
            "|| coalesce(' (' || huerfanas.difiere || ')', ''), '')",
            PARENT,
            cause="huerfanas.causa",
        )


def _explain(batch: Batch, number: int, parent: ParentSpec) -> None:
    """Note in `huerfanas` why a parent is unknown: a refused file, or a code written otherwise."""
    key = batch.tables[parent.table].key
    mine = f"falta = {number} and huerfanas.causa is null"
    if parent.when:
        mine += f" and huerfanas.{parent.when[0]} = {literal(parent.when[1])}"
    refused = batch.refused.get(parent.table)
    if refused is not None:
        batch.run(f"update huerfanas set causa = {literal(refused)} where {mine}")
        return
    batch.run(f"""
        update huerfanas set causa = esperan.causa from esperan
        where {mine} and esperan.tabla = '{parent.table}'
            and esperan.clave = {_key_list("huerfanas", parent.columns)}
    """)
    codes = batch.connection.execute(f"""
        select distinct {columns_of("huerfanas", parent.columns)} from huerfanas
        where {mine} order by all limit {_SUGGESTIONS}
    """).fetchall()
    scope = " and ".join(f"{name} = ?" for name in key[:-1]) or "true"
    own = " and ".join(f"huerfanas.{name} = ?" for name in parent.columns)
    for code in codes:
        known = batch.connection.execute(
            f"select distinct {key[-1]} from raw.{parent.table} where {scope} order by all",
            list(code[:-1]),
        ).fetchall()
        meant = meant_code(code[-1], (one for (one,) in known))
        if meant is not None:
            batch.connection.execute(
                f"update huerfanas set parecido = ?, difiere = ? where {mine} and {own}",
                [meant, unlike_signs(code[-1], meant), *code],
            )


def _note_waiting(batch: Batch) -> None:
    """Remember the rows that a refused file explains wholly: their children wait for it too."""
    batch.run(f"""
        insert into esperan
        select '{batch.table.name}', {_key_list("filas", batch.table.key)}, min(hallazgos.causa)
        from filas join hallazgos on filas.fila = hallazgos.fila
        group by filas.fila, 2
        having bool_and(hallazgos.causa is not null)
    """)


def _key_list(relation: str, names: tuple[str, ...]) -> str:
    return "[" + ", ".join(f"cast({relation}.{name} as varchar)" for name in names) + "]"


def _exists(batch: Batch, parent: ParentSpec) -> str:
    key = batch.tables[parent.table].key
    pairs = zip(parent.columns, key, strict=True)
    match = [f"padre.{theirs} = hija.{own}" for own, theirs in pairs]
    if parent.when:
        match.append(f"hija.{parent.when[0]} = {literal(parent.when[1])}")
    sources = [f"raw.{parent.table}"]
    if parent.table == batch.table.name:
        sources += [ROWS, SET_ASIDE]
    where = " and ".join(match)
    return f"({' or '.join(f'exists (from {one} as padre where {where})' for one in sources)})"


def _no_parent(batch: Batch, parents: tuple[ParentSpec, ...]) -> str:
    """SQL that says which parent is missing, and within what."""
    if any(parent.when for parent in parents):
        branches = " ".join(
            f"when filas.{parent.when[0]} = {literal(parent.when[1])} "
            f"then {_no_parent(batch, (ParentSpec(parent.table, parent.columns),))}"
            for parent in parents
            if parent.when
        )
        return f"case {branches} end"
    named = [batch.tables[parent.table].singular for parent in parents]
    names = named[0] if len(named) == 1 else " ni ".join(one.split(" ", 1)[1] for one in named)
    code = shown_code(f"filas.{parents[0].columns[-1]}")
    return f"{literal(f'no existe {names} ')} || {code} || {_within(batch, parents[0])}"


def _within(batch: Batch, parent: ParentSpec) -> str:
    """SQL of the words « en el plan X »: what the parent's own code is unique in."""
    if len(parent.columns) < 2:
        return "''"
    table = batch.tables[parent.table]
    owner = table.column(table.key[-2]).parents or table.column(table.key[-1]).parents
    inside = batch.tables[owner[0].table].singular if owner else table.key[-2]
    # What hangs from the entity itself is of it.
    link = "de" if len(parent.columns) == 2 else "en"
    return f"{literal(f' {link} {inside} ')} || {shown_code(f'filas.{parent.columns[-2]}')}"


def _unreachable(batch: Batch, column: ColumnSpec, parent: ParentSpec) -> None:
    """Set aside rows of a tree that hang from nothing (no parent, a circle), or too deep."""
    table = batch.table
    key = ", ".join(table.key)
    scope = table.key[:-1]
    own = table.key[-1]
    up = " and ".join(f"nodos.{name} = alcanzados.{name}" for name in scope)
    batch.connection.execute(f"""
        create or replace temp table sueltas as
        with recursive nodos as (
            select {key}, {column.name} from filas
            union all
            select {key}, {column.name} from ({standing(table)}) as vigente
            where not exists (select 1 from filas where {same("filas", "vigente", table.key)})
        ),
        alcanzados as (
            select {key}, 1 as nivel from nodos where {column.name} is null
            union
            select {columns_of("nodos", table.key)}, alcanzados.nivel + 1
            from nodos join alcanzados
                on {up} and nodos.{column.name} = alcanzados.{own}
            where alcanzados.nivel <= {_DEEPEST}
        )
        select filas.fila, exists (
            select 1 from nodos
            where {" and ".join(f"nodos.{name} = filas.{name}" for name in scope)}
                and nodos.{own} = filas.{column.name}
        ) as conocido, exists (
            select 1 from alcanzados where {same("alcanzados", "filas", table.key)}
        ) as honda
        from filas
        where not exists (
            select 1 from alcanzados
            where {same("alcanzados", "filas", table.key)} and alcanzados.nivel <= {_DEEPEST}
        )
    """)
    above = f"{literal(table.singular + ' ')} || {shown_code(f'filas.{column.name}')}"
    report(
        batch,
        column,
        "filas join sueltas on filas.fila = sueltas.fila",
        f"case when sueltas.honda then {above} "
        f"|| ', del que depende, está en el nivel {_DEEPEST}, el último que se admite' "
        f"when sueltas.conocido then {above} "
        "|| ', del que depende, cuelga a su vez de esta fila o de una que no se cargó' "
        f"else {_no_parent(batch, (parent,))} end",
        PARENT,
    )
