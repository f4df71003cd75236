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

select * from advances
