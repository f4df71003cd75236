{#- A view of the plans in hand: int_meta_anual alone reads it. -#}
{{ config(materialized=view_in_process()) }}
with registrations as (
    select * from {{ of_plans_in_hand(ref('stg_metas_ejecutadas')) }}
),

-- A later registration of a month replaces the earlier one whole, nulls included: a null travels
-- as -1, which no meta can be, because aggregates skip nulls. On time is the first registration
-- with a physical value: correcting it later does not make a unit late.
twelve_months as (
    select
        entidad_id,
        plan_id,
        actividad_id
        {%- for month in range(1, 13) %},
        nullif(
            {{ latest_by('coalesce(ejecucion_fisica, -1)', 'fecha_registro', 'mes = ' ~ month) }},
            -1
        ) as {{ month_column('ef', month) }},
        nullif(
            {{ latest_by(
                'coalesce(ejecucion_financiera, -1)', 'fecha_registro', 'mes = ' ~ month
            ) }}, -1
        ) as {{ month_column('em', month) }},
        count(case when mes = {{ month }} then 1 end) as {{ month_column('nr', month) }},
        max(case when mes = {{ month }} then fecha_registro end)
            as {{ month_column('fr', month) }},
        min(
            case when mes = {{ month }} and ejecucion_fisica is not null then fecha_registro end
        ) as {{ month_column('pr', month) }}
        {%- endfor %}
    from registrations
    group by entidad_id, plan_id, actividad_id
)

select * from twelve_months
