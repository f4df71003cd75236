{{ by_plan() }}
with expected_months as (
    select * from {{ of_touched_plans(ref('int_registro_exigible')) }}
),

by_centre_and_month as (
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        mes,
        max(anio) as anio,
        count(*) as esperadas,
        count(*) filter (where registrado) as registradas,
        count(*) filter (where a_tiempo) as a_tiempo
    from expected_months
    group by entidad_id, plan_id, centro_costo_id, mes
),

with_shares as (
    select
        *,
        {{ percentage('registradas', 'esperadas') }} as completitud_pct,
        {{ percentage('a_tiempo', 'esperadas') }} as oportunidad_pct
    from by_centre_and_month
)

select * from with_shares
