"""Pieces of SQL text and of calling DuckDB that the loader's modules share.

Belongs here: quoting, showing a value in a message, single answers. Does not: any rule.
"""

from typing import Any

import duckdb

_MAX_SHOWN = 60


def literal(text: str) -> str:
    """Write a text as a SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def shown(expression: str) -> str:
    """SQL that quotes a value in a message, cut where it is long."""
    return (
        f"('«' || case when length({expression}) > {_MAX_SHOWN} "
        f"then left({expression}, {_MAX_SHOWN}) || '…' else {expression} end || '»')"
    )


def shown_code(expression: str) -> str:
    """SQL of a code in a message: plain where short, cut and quoted where long."""
    return (
        f"case when length({expression}) > {_MAX_SHOWN} then {shown(expression)} "
        f"else {expression} end"
    )


def same(left: str, right: str, columns: tuple[str, ...]) -> str:
    """SQL that compares columns of two relations, two nulls being equal."""
    return " and ".join(f"{left}.{name} is not distinct from {right}.{name}" for name in columns)


def answer(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: list[Any] | None = None
) -> Any:
    """Run a statement and give the first value of its first row; None where there is no row.

    The result is read to its end: DuckDB refuses other work beside an unfinished one.
    """
    rows = connection.execute(sql, parameters or []).fetchall()
    return rows[0][0] if rows else None
