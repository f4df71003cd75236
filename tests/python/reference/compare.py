"""Comparing rows of the reference with rows of a published mart, both ways.

Says what differs, in one line each; decides nothing about who is right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .inputs import Row

# A ratio is stored as a double; everything that is not a ratio is an exact decimal.
RATIO_TOLERANCE = Fraction(1, 10**9)


def is_ratio(column: str) -> bool:
    """Whether the contract lets a column be a ratio (the only doubles)."""
    return column.endswith("_pct")


def same(column: str, expected: Any, actual: Any) -> bool:
    """Ratios to 1e-9 (relative above 1), decimals exactly and as decimals, the rest equal."""
    if expected is None or actual is None:
        return expected is None and actual is None
    if isinstance(expected, Fraction):
        if is_ratio(column):
            gap = abs(Fraction(actual) - expected)
            return gap <= RATIO_TOLERANCE * max(1, abs(expected))
        return isinstance(actual, Decimal) and Fraction(actual) == expected
    return type(expected) is type(actual) and expected == actual


def _shown(value: Any) -> str:
    if isinstance(value, Fraction):
        return f"{float(value)!r}" if value.denominator > 1 else str(value.numerator)
    return str(value)


def differences(
    table: str, key: Sequence[str], expected: Sequence[Row], actual: Sequence[Row]
) -> Iterator[str]:
    """One line per missing, extra or repeated row and per column that differs."""

    def place(row: Row) -> tuple:
        return tuple(row[column] for column in key)

    for side, rows in (("reference", expected), ("mart", actual)):
        for found, count in Counter(map(place, rows)).items():
            if count > 1:
                yield f"{table} {found}: {count} rows in the {side}"
    wanted = {place(row): row for row in expected}
    given = {place(row): row for row in actual}
    for found in sorted(wanted.keys() - given.keys(), key=str):
        yield f"{table} {found}: missing in the mart"
    for found in sorted(given.keys() - wanted.keys(), key=str):
        yield f"{table} {found}: only in the mart"
    for found in sorted(wanted.keys() & given.keys(), key=str):
        for column, value in wanted[found].items():
            if column not in given[found]:
                yield f"{table}: the mart has no column {column}"
            elif not same(column, value, given[found][column]):
                yield (
                    f"{table} {found} {column}: expected {_shown(value)},"
                    f" mart has {_shown(given[found][column])}"
                )
