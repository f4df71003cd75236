{#- A view of the plans in hand: int_avance_suma alone reads it. -#}
{{ config(materialized=view_in_process()) }}
with cumulative_to_cut as (
    {{ cumulative_figures(of_plans_in_hand(ref('int_actividad_anual')), ref('int_plan_corte')) }}
),

advances as (
    {{ activity_advances(
        'cumulative_to_cut', reported=of_plans_in_hand(ref('stg_resultados_reportados'))
    ) }}
)

select * from advances
