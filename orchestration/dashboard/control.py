"""Data of the pages that answer for all plans: quality of the data, and reconciliation.

Belongs here: their queries and limits. Does not: layout, what a rule means.
"""

from orchestration.dashboard import names
from orchestration.dashboard.reading import Rows, packed
from orchestration.reports.marts import Marts, gravity

# Rows that one page carries; beyond, the plans' own pages have theirs, and the database all.
MOST_ROWS = 20_000
MOST_QUARANTINED = 2_000

# A finding has its own gravity, which may be above its rule's: the gravest first.
_GRAVEST = f"min({gravity('alerta.severidad')})"
_QUARANTINE = "from marts.cuarentena where resuelta_en is null and not enviada_otra_vez"


def quality_data(marts: Marts, plans: Rows, catalogs: dict[str, Rows]) -> dict:
    """Completeness by unit and month, open alerts by rule, quarantine."""
    completeness = marts.rows(
        f"""
        select entidad_id, plan_id, centro_costo_id, mes, esperadas, registradas, a_tiempo,
            completitud_pct, oportunidad_pct, coalesce(centro.nombre, centro_costo_id) as unidad
        from marts.fct_completitud
        left join marts.dim_centro_costo as centro using (entidad_id, centro_costo_id)
        order by entidad_id, plan_id, unidad, mes
        limit {MOST_ROWS + 1}
        """
    )
    (quarantined,) = marts.rows(f"select count(*) as filas {_QUARANTINE}")
    return {
        "pagina": "calidad",
        "raiz": "",
        "meses": {row["mes"]: row["nombre_mes"] for row in catalogs["meses"]},
        "planes": packed([_place(row) for row in plans]),
        "completa": len(completeness) <= MOST_ROWS,
        "completitud": packed(completeness if len(completeness) <= MOST_ROWS else []),
        "reglas": packed(
            marts.rows(
                f"""
                select
                    regla.regla_id, regla.titulo, regla.responsable,
                    regla.significado, regla.que_hacer, count(*) as abiertas,
                    count(distinct (alerta.entidad_id, alerta.plan_id)) as planes,
                    min(alerta.abierta_desde) as desde
                from marts.fct_alerta as alerta
                join catalogos.reglas_calidad as regla using (regla_id)
                where alerta.resuelta_en is null
                group by all
                order by {_GRAVEST}, abiertas desc, regla_id
                """
            )
        ),
        "por_gravedad": packed(
            marts.rows(
                f"""
                select alerta.regla_id, alerta.severidad, count(*) as abiertas
                from marts.fct_alerta as alerta
                where alerta.resuelta_en is null
                group by all
                order by alerta.regla_id, {_GRAVEST}
                """
            )
        ),
        "por_plan": packed(
            marts.rows(
                """
                select entidad_id, plan_id, regla_id, count(*) as abiertas
                from marts.fct_alerta
                where resuelta_en is null
                group by all
                order by regla_id, abiertas desc, entidad_id, plan_id
                """
            )
        ),
        "cuarentena_total": quarantined["filas"],
        "cuarentena": packed(
            marts.rows(
                f"""
                select tabla, archivo, fila, columna, texto, motivo, cuarentena_en
                {_QUARANTINE}
                order by cuarentena_en desc, archivo, fila
                limit {MOST_QUARANTINED}
                """
            )
        ),
    }


def reconciliation_data(marts: Marts, plans: Rows, catalogs: dict[str, Rows]) -> dict:
    """Every published value beside ours, and per document how many coincide."""
    rows = marts.rows(
        f"""
        select documento, entidad_id, plan_id, mes_corte, nivel, elemento_id, medida,
            valor_publicado, valor_calculado, diferencia, decimales, resultado, nota
        from marts.rpt_conciliacion
        order by
            case resultado
                when 'difiere' then 0 when 'difiere_explicado' then 1
                when 'no_calculable' then 2 else 3
            end,
            documento, entidad_id, plan_id, mes_corte, nivel, elemento_id, medida
        limit {MOST_ROWS}
        """
    )
    # Documents and notes are long and few.
    texts: dict[str | None, int] = {}
    for row in rows:
        for name in ("documento", "nota"):
            row[name] = texts.setdefault(row[name], len(texts))
    return {
        "pagina": "conciliacion",
        "raiz": "",
        "meses": {row["mes"]: row["nombre_mes"] for row in catalogs["meses"]},
        "planes": packed([_place(row) for row in plans]),
        "textos": list(texts),
        "valores": packed(rows),
        "documentos": packed(
            marts.rows(
                """
                select documento, entidad_id, resultado, count(*) as valores
                from marts.rpt_conciliacion
                group by all
                order by documento, entidad_id, resultado
                """
            )
        ),
        "tolerancias": packed(
            marts.rows("from catalogos.tolerancias order by documento, nivel, medida")
        ),
    }


def _place(row: dict[str, object]) -> dict[str, object]:
    """A plan as other pages name it, and where its own page is."""
    kept = ("entidad_id", "plan_id", "entidad", "nombre", "anio", "alertas", "alertas_altas")
    return {name: row[name] for name in kept} | {
        "pagina": str(names.plan_page(row["entidad_id"], row["plan_id"]))
    }
