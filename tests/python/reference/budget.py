"""`fct_presupuesto`: budget lines and a total per type."""

from __future__ import annotations

from collections import defaultdict

from .arithmetic import percentage, total
from .inputs import Row

KEY = ("entidad_id", "anio", "mes_corte", "tipo")
AMOUNTS = ("pia", "pim", "ejecucion")


def _with_ratios(row: Row) -> Row:
    known = row["pia"] is not None and row["pim"] is not None
    return row | {
        "avance_pim_pct": percentage(row["ejecucion"], row["pim"]),
        "modificacion": row["pim"] - row["pia"] if known else None,
    }


def budget_rows(lines: list[Row]) -> list[Row]:
    """The lines as given, and `TOTAL` per entity, year, corte and type."""
    groups: dict[tuple, list[Row]] = defaultdict(list)
    for line in lines:
        groups[tuple(line[column] for column in KEY)].append(line)
    rows = list(lines)
    for key, members in groups.items():
        sums = {column: total(line[column] for line in members) for column in AMOUNTS}
        rows.append(dict(zip(KEY, key, strict=True)) | {"rubro": "TOTAL"} | sums)
    return [_with_ratios(row) for row in rows]
