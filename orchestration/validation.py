"""What is wrong with the values of one row, as SQL over the text of the file.

Belongs here: trimming, types, ranges, enumerations, missing values, in the reader's words.
Does not: anything that needs a second row or another table (relations.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from orchestration.blanks import MARKS, SPACES
from orchestration.contract import ColumnSpec, TableSpec
from orchestration.sql import literal, shown

# What is trimmed off a text: white space of any kind, and the marks that show nothing.
_BLANK = rf"[\s\v{SPACES}{MARKS}]+"
_TRIM = f"^{_BLANK}|{_BLANK}$"
_INTEGER = "[+-]?[0-9]+"
_DECIMAL = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)"
# 1.500 is fifteen hundred to who separates fields by semicolons, for the comma is their decimal.
_THOUSANDS = r"[+-]?[1-9][0-9]{0,2}(\.[0-9]{3})+"
_DECIMAL_COMMA = r"[+-]?([0-9]{1,3}(\.[0-9]{3})+,[0-9]+|[0-9]+,([0-9]{1,2}|[0-9]{4,}))"
_DATE = "[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}"
_NOT_FINITE = "(?i)[+-]?(nan|inf|infinity|infinito)"
_SCIENTIFIC = r"(?i)[+-]?[0-9.]+e[+-]?[0-9]+"
# What Excel and LibreOffice show in place of a result, in English and in Spanish; «###», which
# stands for a column too narrow, gets into a CSV of what is shown.
_SHEET_ERROR = (
    r"#(N/[AD]|[¿¡]?(NAME|NOMBRE)\?|¡?(REF|VALUE|VALOR|DIV/0|NUM|NÚM|NULL|NULO|SPILL|CALC)!|##+)"
    "|Err:[0-9]{3}"
)
# A code that a spreadsheet took for a number or a day: 301264E1, 2-1.
_SHEET_NUMBER = r"[0-9]([.,][0-9]+)?E\+[0-9]{2,3}"
_SHEET_MOMENT = "[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]00:00:00"


@dataclass(frozen=True)
class Rules:
    """What the day and the file add to the contract.

    Attributes:
        today: day of loading; a date after it is wrong (contract, section 1).
        point_is_plain: a point can only be a decimal point, as where commas separate the fields.
    """

    today: date
    point_is_plain: bool = True


def trimmed(expression: str) -> str:
    """SQL of a text without the blanks around it; empty = null."""
    # Looking for blanks is cheaper than replacing what most values do not have.
    return (
        f"nullif(case when regexp_matches({expression}, {literal(_TRIM)}) "
        f"then regexp_replace({expression}, {literal(_TRIM)}, '', 'g') "
        f"else {expression} end, '')"
    )


def untrimmed_rows(table: TableSpec, relation: str) -> str:
    """Select whether any text of a file has blanks around it: mostly none has."""
    mark = "\x1f"
    row = f"concat_ws('{mark}', {', '.join(table.column_names)})"
    pattern = f"(^|{mark}){_BLANK}|{_BLANK}({mark}|$)"
    return f"select count(*) from {relation} where regexp_matches({row}, {literal(pattern)})"


def typed(expression: str, column: ColumnSpec) -> str:
    """SQL of a trimmed text as the column's type; null where it is none."""
    if column.kind == "texto":
        return expression
    return f"try_cast({expression} as {column.sql_type})"


def trimmed_rows(table: TableSpec, relation: str) -> str:
    """Select a file's rows as texts without the blanks around them, with `fila`."""
    columns = ", ".join(f"{trimmed(name)} as {name}" for name in table.column_names)
    return f"select fila, {columns} from {relation}"


def wrong_rows(table: TableSpec, rows: str, rules: Rules) -> str:
    """Select the trimmed rows in which some single value is wrong.

    Args:
        table: definition of the columns.
        rows: relation of the trimmed rows.
        rules: what the day and the file add to the contract.
    """
    tests = [test for column in table.columns for test, _ in _checks(column, rules)]
    return f"select * from {rows} where {' or '.join(f'({test})' for test in tests)}"


def findings(table: TableSpec, rows: str, written: str, rules: Rules) -> str:
    """Select what is wrong with single values: fila, orden, columna, texto, motivo.

    Args:
        table: definition of the columns.
        rows: relation of the wrong rows, trimmed.
        written: relation of the rows as the file has them, for the raw text.
        rules: what the day and the file add to the contract.
    """
    found = []
    for order, column in enumerate(table.columns):
        branches = " ".join(f"when {test} then {why}" for test, why in _checks(column, rules))
        if branches:
            found.append(
                f"{{orden: {order}, columna: '{column.name}', texto: escrito_{column.name}, "
                f"motivo: case {branches} end}}"
            )
    as_written = ", ".join(f"{name} as escrito_{name}" for name in table.column_names)
    return f"""
        select fila, hallazgo.orden, hallazgo.columna, hallazgo.texto, hallazgo.motivo
        from (
            select malas.fila, unnest([{", ".join(found)}]) as hallazgo
            from {rows} as malas
            join (select fila as escrita, {as_written} from {written}) on malas.fila = escrita
        )
        where hallazgo.motivo is not null
    """


def decimal_commas(table: TableSpec, wrong: str) -> str:
    """Select how many of the wrong rows of a table with decimals write one as 12,5 or 1.234,50."""
    tests = [f"regexp_full_match({name}, '{_DECIMAL_COMMA}')" for name in _decimals(table)]
    return f"select count(*) from {wrong} where {' or '.join(tests)}"


def points(table: TableSpec, written: str, wrong: str) -> str | None:
    """Select how many values such as 1.500 the rows have, and how many other points.

    Of the rows that are not among the wrong ones; None where the table has no decimals.
    """
    names = _decimals(table)
    if not names:
        return None
    # Most values have no point: trimming and matching cost more than looking for one.
    threes = [
        f"case when contains({name}, '.') "
        f"then cast(regexp_full_match({trimmed(name)}, '{_THOUSANDS}') as int) end"
        for name in names
    ]
    any_point = [f"cast(contains({name}, '.') as int)" for name in names]
    return f"""
        select coalesce(sum(de_tres), 0), coalesce(sum(todos - de_tres), 0)
        from (
            select {_sum(threes)} as de_tres, {_sum(any_point)} as todos from {written}
            where fila not in (select fila from {wrong})
        )
    """


def _sum(counts: list[str]) -> str:
    return " + ".join(f"coalesce({count}, 0)" for count in counts)


def _decimals(table: TableSpec) -> list[str]:
    return [column.name for column in table.columns if column.kind == "decimal"]


_SHEET_ERROR_WORDS = " es un error de la hoja de cálculo; corríjalo en ella y guarde de nuevo"

# SQL of when a value is wrong, and of why; the first that holds counts.
Branches = Iterable[tuple[str, str]]


def _checks(column: ColumnSpec, rules: Rules) -> Branches:
    if column.required:
        yield f"{column.name} is null", literal(f"falta {column.name}: es un dato obligatorio")
    yield from _TYPE_CHECKS[column.kind](column, rules)


def _text_checks(column: ColumnSpec, rules: Rules) -> Branches:
    name = column.name
    yield _is_sheet_error(name), _says(name, _SHEET_ERROR_WORDS)
    if column.values:
        allowed = ", ".join(literal(value) for value in column.values)
        words = _or_list(column.values)
        yield f"{name} not in ({allowed})", _says(name, f" no es {words}")
    elif column.pattern:
        matches = f"regexp_full_match({name}, {literal(column.pattern)})"
        yield f"not {matches}", _says(name, f" no tiene la forma {column.pattern_words}")
    else:
        (length,) = column.limits
        too_long = f"'{name} tiene ' || length({name}) || ' caracteres; caben {length}'"
        yield f"length({name}) > {length}", too_long
        if column.key or column.parents:
            yield from _code_checks(name)
    if column.reserved:
        kept = ", ".join(literal(value) for value in column.reserved)
        yield (
            f"upper({name}) in ({kept})",
            _says(name, " es un nombre reservado: los totales se calculan, cargue el detalle"),
        )


def _code_checks(name: str) -> Branches:
    """Codes that a spreadsheet changed: several may have become one."""
    for sign, pattern, what in (
        ("E+", _SHEET_NUMBER, "un número"),
        ("00:00:00", _SHEET_MOMENT, "una fecha"),
    ):
        # Looking for a sign is cheaper than matching what most codes do not have.
        yield (
            f"contains({name}, '{sign}') and regexp_full_match({name}, '{pattern}')",
            _says(
                name,
                f" es un código que la hoja de cálculo volvió {what}; dé a la columna formato de "
                "texto y escríbalo de nuevo",
            ),
        )


def _is_sheet_error(name: str) -> str:
    return f"left({name}, 1) in ('#', 'E') and regexp_full_match({name}, '{_SHEET_ERROR}')"


def _integer_checks(column: ColumnSpec, rules: Rules) -> Branches:
    name = column.name
    yield from _thousands_checks(column, rules)
    yield f"not regexp_full_match({name}, '{_INTEGER}')", _no_number(name, "un número entero")
    yield (
        f"{name} is not null and try_cast({name} as int) is null",
        _says(name, " es demasiado grande"),
    )
    yield from _range_checks(column)


def _decimal_checks(column: ColumnSpec, rules: Rules) -> Branches:
    name = column.name
    precision, scale = column.limits
    yield from _thousands_checks(column, rules)
    yield f"not regexp_full_match({name}, '{_DECIMAL}')", _no_number(name, "un número")
    # Zeros beyond the scale change nothing; any other digit would be lost by rounding.
    beyond = rf"\.[0-9]{{{scale}}}[0-9]*[1-9]"
    yield (
        f"regexp_matches({name}, '{beyond}')",
        _says(name, f" tiene más de {scale} decimales, los que se guardan"),
    )
    yield (
        f"{name} is not null and try_cast({name} as {column.sql_type}) is null",
        _says(name, f" pasa de {precision - scale} cifras enteras"),
    )
    yield from _range_checks(column)


def _thousands_checks(column: ColumnSpec, rules: Rules) -> Branches:
    if rules.point_is_plain:
        return
    name = column.name
    scale = column.limits[1] if column.limits else 0
    # A decimal is told from thousands by not having three digits behind the point.
    decimal = f"rtrim(rtrim({name}, '0'), '.')"
    if scale > 3:
        decimal = rf"case when {name} like '%0' then {decimal} else {name} || '0' end"
    is_one = f"regexp_full_match({name}, '[^.]*\\.[0-9]{{3}}') and {scale} > 0" + (
        "" if scale > 3 else f" and {name} like '%0'"
    )
    yield (
        f"regexp_full_match({name}, '{_THOUSANDS}')",
        _says(
            name,
            " es ambiguo: en un archivo separado por punto y coma, el punto puede separar los "
            "miles; escriba ",
        )
        + f" || replace({name}, '.', '') || case when {is_one} "
        f"then ', o ' || {decimal} || ' si es un decimal' else '' end",
    )


def _range_checks(column: ColumnSpec) -> Branches:
    name, low, high = column.name, column.minimum, column.maximum
    value = f"try_cast({name} as {column.sql_type})"
    if low is not None and high is not None:
        yield f"{value} not between {low} and {high}", _plain(name, f" fuera de {low}–{high}")
    elif low == 0:
        yield f"{value} < 0", _plain(name, " es un valor negativo; el mínimo es 0")
    elif low is not None:
        yield f"{value} < {low}", _plain(name, f" es menor que {low}")
    elif high is not None:
        yield f"{value} > {high}", _plain(name, f" es mayor que {high}")


def _date_checks(column: ColumnSpec, rules: Rules) -> Branches:
    name = column.name
    yield (
        f"not regexp_full_match({name}, '{_DATE}')",
        _says(name, " no es una fecha AAAA-MM-DD"),
    )
    yield (
        f"{name} is not null and try_cast({name} as date) is null",
        _says(name, " no existe en el calendario"),
    )
    if not column.future:
        yield (
            f"try_cast({name} as date) > date '{rules.today.isoformat()}'",
            _plain(name, f" es posterior al día de la carga ({rules.today.isoformat()})"),
        )


def _boolean_checks(column: ColumnSpec, rules: Rules) -> Branches:
    name = column.name
    wrong, why = f"{name} not in ('true', 'false')", " no es true ni false"
    # Excel makes its own value of what a person writes, and its own word of that in the CSV.
    yield (
        f"{wrong} and upper({name}) in ('TRUE', 'FALSE', 'VERDADERO', 'FALSO')",
        _says(name, f"{why}; dé a la columna formato de texto y escriba true o false"),
    )
    yield wrong, _says(name, why)


_TYPE_CHECKS = {
    "texto": _text_checks,
    "entero": _integer_checks,
    "decimal": _decimal_checks,
    "fecha": _date_checks,
    "booleano": _boolean_checks,
}


def _says(name: str, predicate: str) -> str:
    return f"'{name} ' || {shown(name)} || {literal(predicate)}"


def _plain(name: str, predicate: str) -> str:
    return f"'{name} ' || {name} || {literal(predicate)}"


def _no_number(name: str, what: str) -> str:
    return f"""'{name} ' || {shown(name)} || case
        when regexp_full_match({name}, '{_NOT_FINITE}') then ' no es un número finito'
        when regexp_full_match({name}, '{_SCIENTIFIC}')
            then ' está en notación científica; escriba todas sus cifras'
        when regexp_matches({name}, '[{MARKS}]')
            then ' lleva un signo que no se ve; escríbalo de nuevo'
        when {name} like '=%' then ' es una fórmula; pegue su valor'
        when {_is_sheet_error(name)} then {literal(_SHEET_ERROR_WORDS)}
        when {name} like '%,%'
            then ' lleva coma; use punto decimal y no separe los miles'
        else ' no es {what}'
    end"""


def _or_list(values: tuple[str, ...]) -> str:
    return ", ".join(values[:-1]) + " ni " + values[-1]
