with figures as (
    select * from {{ ref('int_completitud') }}
),

contract_columns as (
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        cast(mes as integer) as mes,
        cast(anio as integer) as anio,
        cast(esperadas as integer) as esperadas,
        cast(registradas as integer) as registradas,
        cast(a_tiempo as integer) as a_tiempo,
        completitud_pct,
        oportunidad_pct
    from figures
)

select * from contract_columns
