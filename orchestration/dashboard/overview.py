"""Data of the first page: every plan at the corte to look at.

Belongs here: its query. Does not: layout, figures of one plan.
"""

from orchestration.dashboard import names
from orchestration.dashboard.reading import Rows, packed
from orchestration.reports.marts import Marts

_PLANS = """
    with abiertas as (
        select
            entidad_id, plan_id, count(*) as alertas,
            count(*) filter (where severidad in ('critica', 'alta')) as alertas_altas
        from marts.fct_alerta
        where resuelta_en is null
        group by entidad_id, plan_id
    )
    select
        plan.entidad_id, entidad.nombre as entidad, entidad.nivel_gobierno, entidad.pais,
        entidad.moneda, plan.plan_id, plan.nombre, plan.tipo, plan.anio, plan.metodologia_id,
        plan.corte_vigente, plan.corte_exigible, plan.con_seguimiento,
        avance.avance_fisico_pct, avance.avance_parcial_pct, avance.estado,
        avance.semaforo_fisico, avance.mediana_actividades_pct, avance.programado_financiero,
        avance.ejecutado_financiero, avance.avance_financiero_pct, avance.semaforo_financiero,
        avance.n_actividades, avance.n_rojo, avance.n_naranja, avance.n_amarillo, avance.n_verde,
        avance.n_si, avance.n_sp, coalesce(abiertas.alertas, 0) as alertas,
        coalesce(abiertas.alertas_altas, 0) as alertas_altas
    from marts.dim_plan as plan
    join marts.dim_entidad as entidad using (entidad_id)
    left join marts.fct_avance_entidad as avance
        on plan.entidad_id = avance.entidad_id and plan.plan_id = avance.plan_id
        and plan.corte_vigente = avance.mes_corte
    left join abiertas
        on plan.entidad_id = abiertas.entidad_id and plan.plan_id = abiertas.plan_id
    order by entidad.nombre, plan.entidad_id, plan.anio desc, plan.plan_id
"""


def read_overview(marts: Marts) -> Rows:
    """Every plan with its figures at its current corte and where its page is."""
    rows = marts.rows(_PLANS)
    return [
        row | {"pagina": str(names.plan_page(row["entidad_id"], row["plan_id"]))} for row in rows
    ]


def overview_data(plans: Rows, catalogs: dict[str, Rows]) -> dict:
    """What the scripts of the first page read."""
    return {
        "pagina": "indice",
        "raiz": "",
        "meses": {row["mes"]: row["nombre_mes"] for row in catalogs["meses"]},
        "bandas": packed([row for row in catalogs["bandas"] if row["ambito"] != "indicador"]),
        "planes": packed(plans),
    }
