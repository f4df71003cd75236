"""A fingerprint of what each plan's pages show, without reading the rows out.

Belongs here: telling whether anything changed. Does not: what to do then.
"""

import hashlib

from orchestration.dashboard.reading import PlanKey
from orchestration.dashboard.tables import TABLES
from orchestration.reports.marts import Marts

# What pages show of the catalogs: the bands of the plan's method, the rules of its alerts.
_CATALOGS = {
    "bandas": """
        select plan.entidad_id, plan.plan_id, banda.*
        from marts.dim_plan as plan
        join marts.dim_semaforo as banda using (metodologia_id)
    """,
    "reglas": """
        select alerta.entidad_id, alerta.plan_id, regla.*
        from (
            select distinct entidad_id, plan_id, regla_id
            from marts.fct_alerta
            where resuelta_en is null and plan_id is not null
        ) as alerta
        join catalogos.reglas_calidad as regla using (regla_id)
    """,
}


def fingerprints(marts: Marts) -> dict[PlanKey, str]:
    """One digest per plan over all rows that its pages show, in whatever order they are stored."""
    seen: dict[PlanKey, list[str]] = {}
    shown = {table.name: table.query for table in TABLES} | _CATALOGS
    for name, query in shown.items():
        rows = marts.rows(
            f"""
            select entidad_id, plan_id, count(*) as filas, sum(hash(contenido)) as suma
            from ({query}) as contenido
            group by entidad_id, plan_id
            """
        )
        for row in rows:
            key = (row["entidad_id"], row["plan_id"])
            seen.setdefault(key, []).append(f"{name} {row['filas']} {row['suma']}")
    return {
        key: hashlib.sha256("\n".join(parts).encode()).hexdigest() for key, parts in seen.items()
    }
