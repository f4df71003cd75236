"""What is wrong with a row beside other rows: repeated keys, quarters, history.

Every function works on the temporary table `filas`: the rows of one file whose single values
are right, typed, with `fila`. It notes what is wrong in `hallazgos` and moves its row to
`apartadas`; what says nothing new goes into `repetidas`. Does not belong here: single values
(validation.py), parents (parents.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import duckdb

from orchestration.contract import ColumnSpec, TableSpec
from orchestration.sql import answer, literal, same, shown_code

# What kind of finding it is, for who looks for its repair (quarantine.py).
VALUE, KEY, PARENT, HISTORY = "valor", "clave", "padre", "historia"

# The good rows and those set aside, in which values of the wrong type are null.
ROWS, SET_ASIDE = "filas", "apartadas"

_ADVICE = {
    "version": "la historia no se reescribe: envíe una versión nueva",
    "registro": "la historia no se reescribe: envíe un registro de fecha posterior",
}


@dataclass(frozen=True)
class Batch:
    """The file whose rows stand in `filas`.

    Attributes:
        connection: where the temporary tables are.
        table: definition of its table.
        tables: all tables of the contract, for their names.
        catalog: the file is one of the shipped catalogs.
        refused: file of each table of which this load could take none, by table.
    """

    connection: duckdb.DuckDBPyConnection
    table: TableSpec
    tables: dict[str, TableSpec]
    catalog: bool = False
    refused: Mapping[str, str] = field(default_factory=dict)

    def run(self, sql: str) -> int:
        """Run a statement that changes rows and count them."""
        return answer(self.connection, sql)


def repeated_keys(batch: Batch) -> None:
    """Set aside every row of a key given twice with different values; note plain repeats.

    Nothing is chosen silently: all the rows of such a key go to quarantine.
    """
    table, key = batch.table, ", ".join(batch.table.key)
    batch.connection.execute(f"""
        create or replace temp table gemelas as
        with varias as (
            select {key}, min(fila) as primera from filas group by all having count(*) > 1
        )
        select filas.*, varias.primera
        from filas join varias on {same("filas", "varias", table.key)}
    """)
    if not answer(batch.connection, "select count(*) from gemelas"):
        return
    differences = _differences(table, "otra", "gemelas", " y ")
    found = batch.run(f"""
        insert into hallazgos
        with primeras as (select * from gemelas where fila = primera),
        enfrentadas as (
            select gemelas.primera, min(gemelas.fila) as fila
            from gemelas join primeras as otra on gemelas.primera = otra.fila
            where {_differ(table, "gemelas", "otra")}
            group by all
        ),
        motivos as (
            select otra.primera, 'clave repetida con otros valores: filas ' || otra.fila || ' y '
                || gemelas.fila || ' (' || {differences} || '); corrija o quite una' as motivo
            from enfrentadas
            join gemelas on enfrentadas.fila = gemelas.fila
            join primeras as otra on enfrentadas.primera = otra.fila
        )
        select
            gemelas.fila, 0, {literal(", ".join(table.key))},
            concat_ws(', ', {columns_of("lectura", table.key)}),
            motivos.motivo, '{KEY}', {_list(_values(table))}, null
        from gemelas
        join motivos on gemelas.primera = motivos.primera
        join lectura on gemelas.fila = lectura.fila
    """)
    batch.run("""
        insert into repetidas
        select fila from gemelas
        where fila <> primera and fila not in (select fila from hallazgos)
    """)
    if found:
        drop_found(batch)
    batch.run("delete from filas where fila in (select fila from repetidas)")


def quarter_ends(batch: Batch) -> None:
    """Set aside months of a quarterly plan that end no quarter."""
    for column in batch.table.columns:
        rule = column.quarter
        if rule is None:
            continue
        plans = batch.tables[rule.table]
        pairs = zip(rule.columns, plans.key, strict=True)
        match = " and ".join(f"filas.{own} = planes.{theirs}" for own, theirs in pairs)
        for rows in (SET_ASIDE, ROWS):
            report(
                batch,
                column,
                f"""{rows} as filas join ({standing(plans)}) as planes
                    on {match} and planes.{rule.column} = {literal(rule.value)}
                    where filas.{column.name} % 3 <> 0
                        and {not_blamed(rows, (*rule.columns, column.name))}""",
                f"'{column.name} ' || filas.{column.name} || ' no cierra trimestre: el plan ' || "
                f"filas.{rule.columns[-1]} || ' es {rule.value} y usa 3, 6, 9 y 12'",
                VALUE,
            )
    drop_found(batch)


def known_rows(batch: Batch) -> None:
    """Compare with what is loaded: note repeats; set aside what would rewrite history."""
    table = batch.table
    if table.history is None:
        batch.run(f"""
            insert into repetidas
            select filas.fila from filas
            join ({standing(table, same_origin(batch))}) as vigente
                on {same("filas", "vigente", table.column_names)}
        """)
    else:
        raw = f"raw.{table.name}"
        batch.connection.execute(f"""
            create or replace temp table conocidas as
            select filas.fila, not ({_differ(table, "filas", "cargada")}) as igual,
                {_differences(table, "cargada", "filas", ", ahora ")} as diferencias
            from filas join {raw} as cargada on {same("filas", "cargada", table.key)}
        """)
        batch.run("insert into repetidas select fila from conocidas where igual")
        moments = [column for column in table.columns if column.moment]
        column = next(column for column in moments if column.key)
        report(
            batch,
            column,
            "filas join conocidas on filas.fila = conocidas.fila and not conocidas.igual",
            f"{literal(table.singular + ' ya se cargó con otros valores (')} "
            f"|| conocidas.diferencias || {literal('); ' + _ADVICE[table.history])}",
            HISTORY,
            to_repair=tuple(moment.name for moment in moments),
        )
        drop_found(batch)
    batch.run("delete from filas where fila in (select fila from repetidas)")


def uncovered_intervals(batch: Batch) -> list[str]:
    """Say where the rows that stand leave a gap or overlap between −∞ and +∞."""
    table, rule = batch.table, batch.table.intervals
    if rule is None:
        return []
    group = ", ".join(rule.group)
    rows = batch.connection.execute(f"""
        with vecinas as (
            select *,
                lag({rule.high}) over orden as anterior,
                lag({rule.high_included}) over orden as incluye_anterior,
                row_number() over orden as numero,
                count(*) over (partition by {group}) as cuantas
            from ({standing(table)})
            window orden as (
                partition by {group}
                order by {rule.low} nulls first, {rule.low_included} desc, {rule.high} nulls last
            )
        ),
        fallas as (
            select {group}, case
                when numero = 1 and {rule.low} is not null
                    then 'nada cubre lo menor que ' || {rule.low}
                when numero > 1 and ({rule.low} is null or anterior is null)
                    then 'dos filas llegan hasta el infinito por el mismo lado'
                when {rule.low} > anterior then 'hueco entre ' || anterior || ' y ' || {rule.low}
                when {rule.low} < anterior then 'traslape entre ' || {rule.low} || ' y ' || anterior
                when {rule.low_included} and incluye_anterior
                    then {rule.low} || ' está en dos filas'
                when not {rule.low_included} and not incluye_anterior
                    then {rule.low} || ' no está en ninguna fila'
                when {rule.low} > {rule.high} or ({rule.low} = {rule.high}
                    and not ({rule.low_included} and {rule.high_included}))
                    then 'una fila va de ' || {rule.low} || ' a ' || {rule.high}
                when numero = cuantas and {rule.high} is not null
                    then 'nada cubre lo mayor que ' || {rule.high}
            end as falla
            from vecinas
        )
        select concat_ws('/', {group}), falla from fallas where falla is not null order by all
    """).fetchall()
    return [
        f"{name}: {fault}; las filas han de cubrir de −∞ a +∞ sin hueco ni traslape"
        for name, fault in rows
    ]


def standing(table: TableSpec, only: str = "true") -> str:
    """Select of each key the row that holds: that of the latest load (contract, section 1)."""
    return f"""
        select * from raw.{table.name} where {only}
        qualify row_number() over (
            partition by {", ".join(table.key)} order by cargado_en desc, fila desc
        ) = 1
    """


# The shipped catalogs carry the dates of 1970, so that any folder's rows stand over them.
CATALOG_DATES_END = "timestamp '1971-01-01'"


def same_origin(batch: Batch) -> str:
    """Give SQL for the rows of the catalogs or, for a folder's file, of the folders."""
    return f"cargado_en {'<' if batch.catalog else '>='} {CATALOG_DATES_END}"


def report(
    batch: Batch,
    column: ColumnSpec,
    rows: str,
    reason: str,
    kind: str,
    *,
    to_repair: tuple[str, ...] | None = None,
    cause: str = "null",
) -> None:
    """Record a finding for each row that `rows` (a FROM clause with `filas`) selects.

    Args:
        batch: the file.
        column: column to blame.
        rows: FROM clause with `filas`.
        reason: SQL of the reason.
        kind: kind of finding.
        to_repair: columns that a repair changes; None = the column to blame.
        cause: SQL of the refused file that the row waits for; null = none.
    """
    order = batch.table.column_names.index(column.name)
    batch.connection.execute(f"""
        insert into hallazgos
        select malas.fila, {order}, '{column.name}', lectura.{column.name}, malas.motivo, '{kind}',
            {_list(to_repair or (column.name,))}, malas.causa
        from (select filas.fila, {reason} as motivo, {cause} as causa from {rows}) as malas
        join lectura on malas.fila = lectura.fila
    """)


def drop_found(batch: Batch) -> None:
    """Move the rows with findings from `filas` to `apartadas`."""
    found = "from filas where fila in (select fila from hallazgos)"
    if answer(batch.connection, f"select count(*) {found}"):
        batch.run(f"insert into {SET_ASIDE} by name select * {found}")
        batch.run(f"delete {found}")


def not_blamed(rows: str, columns: Iterable[str]) -> str:
    """SQL of whether none of the columns is wrong in a row of `filas`, or of `apartadas` so called.

    What a wrong value would be is not known, so that nothing more is told of it.
    """
    if rows == ROWS:
        return "true"
    names = ", ".join(literal(name) for name in columns)
    return (
        "not exists (select 1 from hallazgos as culpa "
        f"where culpa.fila = filas.fila and culpa.columna in ({names}))"
    )


def _values(table: TableSpec) -> tuple[str, ...]:
    """Columns outside the key; of a table that is all key, the key."""
    return tuple(name for name in table.column_names if name not in table.key) or table.key


def _differ(table: TableSpec, left: str, right: str) -> str:
    return " or ".join(f"{left}.{name} is distinct from {right}.{name}" for name in _values(table))


def _differences(table: TableSpec, old: str, new: str, between: str) -> str:
    """SQL that lists the columns in which two rows differ, with both values."""
    parts = ", ".join(
        f"case when {old}.{name} is distinct from {new}.{name} then '{name} ' || "
        f"{_value(old, name)} || {literal(between)} || {_value(new, name)} end"
        for name in _values(table)
    )
    return f"concat_ws('; ', {parts})"


def _value(relation: str, name: str) -> str:
    text = f"cast({relation}.{name} as varchar)"
    return f"coalesce({shown_code(text)}, 'vacío')"


def columns_of(relation: str, names: tuple[str, ...]) -> str:
    """SQL that lists columns of a relation."""
    return ", ".join(f"{relation}.{name}" for name in names)


def _list(names: tuple[str, ...]) -> str:
    return "[" + ", ".join(literal(name) for name in names) + "]"
