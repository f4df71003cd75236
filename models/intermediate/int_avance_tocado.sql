{#- A view: what int_avance_suma adds up, of touched plans where only they are computed. -#}
{{ config(materialized=view_in_process()) }}
with cumulative_to_cut as (
    {{ cumulative_figures(of_touched_plans(ref('int_actividad_anual')), ref('int_plan_corte')) }}
),

advances as (
    {{ activity_advances(
        'cumulative_to_cut', reported=of_touched_plans(ref('stg_resultados_reportados'))
    ) }}
)

select * from advances
