"""Numbers: percentages, weighted means, medians, rounding half up, bands.

Only functions of numbers; nothing here knows what an activity or a plan is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any


def percentage(part: Fraction | None, whole: Fraction | None) -> Fraction | None:
    """100·part/whole; null when either is null or the whole is zero."""
    if part is None or whole is None or whole == 0:
        return None
    return 100 * part / whole


def half_up(value: Fraction, decimals: int) -> Fraction:
    """`value` (≥ 0) rounded half up to `decimals` places, exactly."""
    scale = 10**decimals
    return Fraction((2 * value * scale + 1) // 2, scale)


def capped(value: Fraction | None, cap: Fraction | None) -> Fraction | None:
    """min(cap, value), where a null cap is no cap and a null value stays null."""
    if value is None or cap is None:
        return value
    return min(cap, value)


def weighted_mean(pairs: Iterable[tuple[Fraction, Fraction]]) -> Fraction | None:
    """Mean of (weight, value) pairs; null where the weights sum to 0 (or there are none)."""
    pairs = list(pairs)
    total = sum(weight for weight, _ in pairs)
    if total == 0:
        return None
    return sum((weight * value for weight, value in pairs), Fraction(0)) / total


def median(values: Iterable[Fraction]) -> Fraction | None:
    """Middle value, or the mean of the two middle ones; null where there are none."""
    ordered = sorted(values)
    if not ordered:
        return None
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def total(values: Iterable[Any]) -> Any:
    """Sum that ignores nulls and is null where nothing is known."""
    known = [value for value in values if value is not None]
    return sum(known[1:], known[0]) if known else None


def band(value: Fraction | None, bands: Sequence[dict[str, Any]]) -> str | None:
    """Colour of the band that holds `value`; an empty limit is infinite."""
    if value is None:
        return None
    for row in bands:
        above = row["desde"] is None or (
            value >= row["desde"] if row["incluye_desde"] else value > row["desde"]
        )
        below = row["hasta"] is None or (
            value <= row["hasta"] if row["incluye_hasta"] else value < row["hasta"]
        )
        if above and below:
            return row["color"]
    return None
