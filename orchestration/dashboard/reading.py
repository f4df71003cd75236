"""Rows of the publication as the pages carry them: columns once, then values.

Belongs here: reading and encoding. Does not: which columns (tables.py), or layout.
"""

import json
from datetime import date, datetime
from decimal import Decimal

from orchestration.dashboard.tables import Table
from orchestration.reports.marts import Marts

Rows = list[dict[str, object]]

# A mean of means carries binary noise far below the ninth decimal, see reports/printing.py.
_DECIMALS_OF_RATIO = 9


def plan_rows(marts: Marts, table: Table, entity: str, plan: str) -> Rows:
    """Read the rows of one plan, without its key."""
    return marts.rows(
        f"""
        select * exclude (entidad_id, plan_id) from ({table.query})
        where entidad_id = $entidad_id and plan_id = $plan_id
        order by {table.order}
        """,
        entidad_id=entity,
        plan_id=plan,
    )


def packed(rows: Rows) -> dict[str, object]:
    """Rows as {"c": names of columns, "f": lists of values, "t": words of a column}.

    A third of the size of named values: a column of words that come again has numbers, which are
    places in its list of words.
    """
    if not rows:
        return {"c": [], "f": [], "t": {}}
    columns = list(rows[0])
    values = [[plain(value) for value in row.values()] for row in rows]
    words = {}
    for place, column in enumerate(columns):
        found = dict.fromkeys(row[place] for row in values if row[place] is not None)
        if 2 * len(found) < len(values) and all(isinstance(word, str | bool) for word in found):
            numbers = {word: number for number, word in enumerate(found)}
            for row in values:
                row[place] = None if row[place] is None else numbers[row[place]]
            words[column] = list(found)
    return {"c": columns, "f": values, "t": words}


def plain(value: object) -> object:
    """A value as JSON has it: exact decimals as the number they are, dates as ISO text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        rounded = round(value, _DECIMALS_OF_RATIO)
        return int(rounded) if rounded.is_integer() else rounded
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def embedded(data: object) -> str:
    """Data as JSON that may stand inside <script>: no text of it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
