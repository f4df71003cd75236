{{ by_plan() }}
with cumulative_to_cut as (
    {{ cumulative_figures(
        of_touched_plans(ref('int_actividad_anual')), ref('int_corte_revisado')
    ) }}
),

advances as (
    {{ activity_advances(
        'cumulative_to_cut', reported=of_touched_plans(ref('stg_resultados_reportados'))
    ) }}
)

-- Storing a column of millions of rows costs more than computing it: what nobody reads is left out.
select
    entidad_id,
    plan_id,
    actividad_id,
    mes_corte,
    centro_costo_id,
    con_seguimiento,
    programado_fisico,
    ejecutado_fisico,
    programado_fisico_anual,
    avance_fisico_pct,
    avance_sin_tope_pct,
    estado,
    origen,
    semaforo_fisico,
    programado_financiero,
    ejecutado_financiero,
    avance_financiero_pct,
    programado_anual_pct,
    ejecutado_anual_pct
from advances
