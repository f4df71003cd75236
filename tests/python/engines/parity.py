"""Whether two engines made the same mart: row for row, types aside.

Everything but doubles has to be equal. Doubles may differ by a millionth of a millionth: sums and
means of doubles depend on the order in which an engine takes the rows, and DuckDB itself gives
other last digits of rpt_proyeccion_contraste from one run to the next.
"""

import math
from collections import defaultdict
from collections.abc import Iterable

import duckdb

TOLERANCE = 1e-12

Table = tuple[list[str], list[tuple]]


def published_marts(connection: duckdb.DuckDBPyConnection) -> dict[str, Table]:
    """Columns and rows of every mart of a published database."""
    names = connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'marts' order by all"
    ).fetchall()
    marts = {}
    for (name,) in names:
        found = connection.execute(f"from marts.{name}")
        marts[name] = [column[0] for column in found.description], found.fetchall()
    return marts


def assert_same(ours: dict[str, Table], theirs: dict[str, Table]) -> None:
    """Fail where marts are not the same, with the first differences."""
    assert theirs.keys() == ours.keys()
    found = []
    for name, (columns, rows) in ours.items():
        assert theirs[name][0] == columns
        found += differences(name, columns, rows, theirs[name][1])
    assert not found, "\n".join([f"{len(found)} differences", *found[:40]])


def differences(name: str, columns: list[str], ours: list[tuple], theirs: list[tuple]) -> list[str]:
    """What one mart has and the other has not, a line each."""
    left, right = _grouped(ours), _grouped(theirs)
    found = [f"{name}: only in DuckDB {key}" for key in left.keys() - right.keys()]
    found += [f"{name}: not in DuckDB {key}" for key in right.keys() - left.keys()]
    for key in left.keys() & right.keys():
        # Rows that only doubles tell apart are paired by those.
        for one, other in zip(sorted(left[key]), sorted(right[key]), strict=False):
            found += [
                f"{name} {key}: {columns[place]} {value!r}, {there!r}"
                for (place, value), (_, there) in zip(one, other, strict=True)
                if not math.isclose(value, there, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
            ]
        if len(left[key]) != len(right[key]):
            found.append(f"{name} {key}: {len(left[key])} rows, {len(right[key])} rows")
    return found


def _grouped(rows: Iterable[tuple]) -> dict[tuple, list[list[tuple[int, float]]]]:
    """The doubles of each row, with their place, by everything else of the row."""
    groups = defaultdict(list)
    for row in rows:
        key = tuple(float if isinstance(value, float) else value for value in row)
        groups[key].append([(n, value) for n, value in enumerate(row) if isinstance(value, float)])
    return groups
