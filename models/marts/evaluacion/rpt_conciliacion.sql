with figures as (
    select * from {{ ref('int_conciliacion') }}
),

contract_columns as (
    select
        documento,
        entidad_id,
        plan_id,
        mes_corte,
        nivel,
        elemento_id,
        medida,
        valor_publicado,
        valor_calculado,
        diferencia,
        decimales,
        resultado,
        nota
    from figures
)

select * from contract_columns
