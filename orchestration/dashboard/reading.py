"""Rows of the publication as the pages carry them: columns once, then values.

Belongs here: reading and encoding. Does not: which columns (tables.py), or layout.
"""

import json
from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

from orchestration.dashboard.tables import Table
from orchestration.reports.marts import Marts

Rows = list[dict[str, object]]
PlanKey = tuple[str, str]
"""Entity and plan."""

# A mean of means carries binary noise far below the ninth decimal, see reports/printing.py.
_DECIMALS_OF_RATIO = 9


def rows_of_plans(marts: Marts, table: Table, keys: Collection[PlanKey]) -> dict[PlanKey, Rows]:
    """Read the rows of these plans, without their keys; a plan without rows is not in it."""
    # The first and the last say which part of a table to read; the pairs, which rows of it.
    read = marts.rows(
        f"""
        select * from ({table.query})
        where entidad_id between $first and $last
            and (entidad_id, plan_id) in (select unnest($entities), unnest($plans))
        order by entidad_id, plan_id, {table.order}
        """,
        first=min(entity for entity, _ in keys),
        last=max(entity for entity, _ in keys),
        entities=[entity for entity, _ in keys],
        plans=[plan for _, plan in keys],
    )
    found: dict[PlanKey, Rows] = {}
    for row in read:
        key = (row.pop("entidad_id"), row.pop("plan_id"))
        found.setdefault(key, []).append(row)
    return found


def plain_rows(rows: Rows) -> Rows:
    """Rows with values as JSON has them: a plan's are made so once for all of its pages."""
    if not rows:
        return []
    names = list(rows[0])
    return [
        dict(zip(names, values, strict=True))
        for values in zip(*map(_plain_column, _columns(rows)), strict=True)
    ]


def packed(
    rows: Rows, *, plain: bool = False, numbered: tuple[str, dict[object, int]] | None = None
) -> dict[str, object]:
    """Rows as {"c": names of columns, "f": lists of values, "t": words of a column}.

    A third of the size of named values: a column of words that come again has numbers, which are
    places in its list of words.

    Args:
        rows: what to pack.
        plain: the values are those of plain_rows() already.
        numbered: a column of long codes and the number of each; it comes first, as «ao».
    """
    if not rows:
        return {"c": [], "f": [], "t": {}}
    columns = dict(zip(rows[0], _columns(rows), strict=True))
    if not plain:
        columns = {name: _plain_column(values) for name, values in columns.items()}
    if numbered is not None:
        name, numbers = numbered
        columns = {"ao": [numbers[code] for code in columns.pop(name)]} | columns
    words = {}
    for name, values in columns.items():
        found = _words(values)
        if found and 2 * len(found) < len(values):
            numbers = {word: number for number, word in enumerate(found)} | {None: None}
            columns[name] = [numbers[word] for word in values]
            words[name] = found
    return {"c": list(columns), "f": list(zip(*columns.values(), strict=True)), "t": words}


def _columns(rows: Rows) -> list[tuple]:
    return list(zip(*(row.values() for row in rows), strict=True))


def _words(values: list) -> list[str | bool]:
    """The words of a column, each once; none where it is not one of words."""
    if not isinstance(next((value for value in values if value is not None), None), str | bool):
        return []
    return list(dict.fromkeys(value for value in values if value is not None))


def _plain_column(values: tuple) -> tuple | list:
    """The values of a column, which are of one type, as plain() makes them."""
    first = next((value for value in values if value is not None), None)
    if isinstance(first, Decimal | float | date | datetime):
        return [None if value is None else plain(value) for value in values]
    return values


def plain(value: object) -> object:
    """A value as JSON has it: exact decimals as the number they are, dates as ISO text."""
    if isinstance(value, float):
        rounded = round(value, _DECIMALS_OF_RATIO)
        return int(rounded) if rounded.is_integer() else rounded
    if isinstance(value, Decimal):
        number = float(value)
        # Beyond 2^53 a double has no decimals, whatever the decimal had.
        return int(value) if number.is_integer() and value == int(value) else number
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def embedded(data: object) -> str:
    """Data as JSON that may stand inside <script>: no text of it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
