with figures as (
    select * from {{ ref('int_registro_por_vencer') }}
),

contract_columns as (
    select
        entidad_id,
        plan_id,
        actividad_id,
        cast(mes as integer) as mes,
        cast(anio as integer) as anio,
        aei_id,
        centro_costo_id,
        bloquea,
        fecha_limite
    from figures
)

select * from contract_columns
