{{ by_plan() }}
with centros as (
    select * from {{ of_touched_plans(ref('int_avance_centro_costo')) }}
    where alcance = 'propio'
),

-- The total row of a table by centre: each centre once, with what is its own.
totals as (
    select
        entidad_id,
        plan_id,
        'TOTAL' as centro_costo_id,
        mes_corte,
        sum(n_actividades) as n_actividades,
        sum(programado_financiero) as programado_financiero,
        sum(ejecutado_financiero) as ejecutado_financiero,
        {{ percentage('sum(ejecutado_financiero)', 'sum(programado_financiero)') }}
            as avance_financiero_pct
    from centros
    group by entidad_id, plan_id, mes_corte
)

select * from totals
