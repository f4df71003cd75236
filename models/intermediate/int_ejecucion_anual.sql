{#- A view of the plans in hand: int_meta_anual alone reads it. -#}
{{ config(materialized=view_in_process()) }}
{%- set day = days_between("date '1970-01-01'", 'fecha_registro') %}
with registrations as (
    select * from {{ of_plans_in_hand(ref('stg_metas_ejecutadas')) }}
),

stamped_registrations as (
    select
        *,
        {{ stamped('ejecucion_fisica', day, 4) }} as fisica_del_dia,
        {{ stamped('ejecucion_financiera', day, 2) }} as dinero_del_dia
    from registrations
),

-- A later registration of a month replaces the earlier one whole, nulls included. On time is the
-- first registration with a physical value: correcting it later does not make a unit late.
twelve_months as (
    select
        entidad_id,
        plan_id,
        actividad_id
        {%- for month in range(1, 13) %},
        {{ latest_figure('fisica_del_dia', 'mes = ' ~ month, 4) }}
            as {{ month_column('ef', month) }},
        {{ latest_figure('dinero_del_dia', 'mes = ' ~ month, 2) }}
            as {{ month_column('em', month) }},
        count(case when mes = {{ month }} then 1 end) as {{ month_column('nr', month) }},
        max(case when mes = {{ month }} then fecha_registro end)
            as {{ month_column('fr', month) }},
        min(
            case when mes = {{ month }} and ejecucion_fisica is not null then fecha_registro end
        ) as {{ month_column('pr', month) }}
        {%- endfor %}
    from stamped_registrations
    group by entidad_id, plan_id, actividad_id
)

select * from twelve_months
