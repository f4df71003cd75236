{#- A view: of each plan in force one corte, of an ended one its quarter ends and its last. -#}
{{ config(materialized=view_in_process()) }}
with projected_cuts as (
    select * from {{ ref('int_proyeccion_corte') }}
),

cuts as (
    select
        entidad_id,
        plan_id,
        mes_corte
    from projected_cuts
    union
    select
        entidad_id,
        plan_id,
        ultimo_corte as mes_corte
    from projected_cuts
    where es_contraste
),

cumulative_to_cut as (
    {{ cumulative_figures(ref('int_actividad_anual'), 'cuts') }}
),

advances as (
    {{ activity_advances('cumulative_to_cut') }}
)

select * from advances
