with figures as (
    select * from {{ ref('int_semaforizacion') }}
),

contract_columns as (
    select
        entidad_id,
        plan_id,
        mes_corte,
        nivel,
        color,
        cantidad,
        etiqueta
    from figures
)

select * from contract_columns
