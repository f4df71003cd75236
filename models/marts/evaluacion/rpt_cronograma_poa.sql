with figures as (
    select * from {{ ref('int_cronograma_poa') }}
),

contract_columns as (
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        nivel,
        elemento_id,
        mes,
        programado_mes_pct
    from figures
)

select * from contract_columns
