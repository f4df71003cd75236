with figures as (
    select * from {{ ref('int_presupuesto') }}
),

contract_columns as (
    select
        entidad_id,
        anio,
        mes_corte,
        tipo,
        rubro,
        pia,
        pim,
        ejecucion,
        avance_pim_pct,
        modificacion
    from figures
)

select * from contract_columns
