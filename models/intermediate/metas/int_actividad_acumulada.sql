{{ config(materialized=view_in_process()) }}
with cumulative_to_cut as (
    {{ cumulative_figures(ref('int_actividad_anual'), ref('int_plan_corte')) }}
)

select * from cumulative_to_cut
