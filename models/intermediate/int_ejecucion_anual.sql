{{ by_plan() }}
with registrations as (
    select * from {{ of_touched_plans(ref('stg_metas_ejecutadas')) }}
),

-- A later registration of a month replaces the earlier one whole, nulls included: a null travels
-- as -1, which no meta can be, because aggregates skip nulls.
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
        {{ latest_by('coalesce(ejecucion_financiera, 0)', 'fecha_registro', 'mes = ' ~ month) }}
            as {{ month_column('em', month) }}
        {%- endfor %}
    from registrations
    group by entidad_id, plan_id, actividad_id
)

select * from twelve_months
