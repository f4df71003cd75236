"""A fingerprint of what each plan's pages show, without reading the rows out.

Belongs here: telling whether anything changed. Does not: what to do then.
"""

import hashlib

from orchestration.dashboard.tables import TABLES
from orchestration.reports.marts import Marts

PlanKey = tuple[str, str]


def fingerprints(marts: Marts) -> dict[PlanKey, str]:
    """One digest per plan over all rows of its tables, in whatever order they are stored."""
    seen: dict[PlanKey, list[str]] = {}
    for table in TABLES:
        rows = marts.rows(
            f"""
            select entidad_id, plan_id, count(*) as filas, sum(hash(contenido)) as suma
            from ({table.query}) as contenido
            group by entidad_id, plan_id
            """
        )
        for row in rows:
            key = (row["entidad_id"], row["plan_id"])
            seen.setdefault(key, []).append(f"{table.name} {row['filas']} {row['suma']}")
    return {
        key: hashlib.sha256("\n".join(parts).encode()).hexdigest() for key, parts in seen.items()
    }
