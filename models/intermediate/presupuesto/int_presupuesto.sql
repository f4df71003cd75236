with lines as (
    select * from {{ ref('stg_presupuesto') }}
),

-- The input holds detail lines only; totals are computed here and nowhere else.
totals as (
    select
        entidad_id,
        anio,
        mes_corte,
        tipo,
        'TOTAL' as rubro,
        sum(pia) as pia,
        sum(pim) as pim,
        sum(ejecucion) as ejecucion
    from lines
    group by entidad_id, anio, mes_corte, tipo
),

lines_and_totals as (
    select * from lines
    union all
    select * from totals
),

with_advance as (
    select
        entidad_id,
        anio,
        mes_corte,
        tipo,
        rubro,
        cast(pia as decimal(24, 2)) as pia,
        cast(pim as decimal(24, 2)) as pim,
        cast(ejecucion as decimal(24, 2)) as ejecucion,
        {{ percentage('ejecucion', 'pim') }} as avance_pim_pct,
        cast(pim - pia as decimal(24, 2)) as modificacion
    from lines_and_totals
)

select * from with_advance
