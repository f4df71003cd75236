{{ by_plan() }}
with schedules as (
    select * from {{ of_touched_plans(ref('int_cronograma_poa')) }}
),

-- The Total that a schedule prints: what its months add up to, 100 where the weights do.
yearly as (
    select
        entidad_id,
        plan_id,
        nivel,
        elemento_id,
        max(mes) as mes_corte,
        {{ as_double('sum(' ~ addend('programado_mes_pct') ~ ')') }} as programado_anio_pct
    from schedules
    group by entidad_id, plan_id, centro_costo_id, nivel, elemento_id
),

-- An objective that several centres share has the same schedule under each.
one_per_element as (
    select distinct * from yearly
)

select * from one_per_element
