with figures as (
    select * from {{ ref('int_meta_mensual') }}
),

contract_columns as (
    select
        entidad_id,
        plan_id,
        actividad_id,
        mes,
        anio,
        programado_fisico,
        ejecutado_fisico,
        programado_financiero,
        ejecutado_financiero,
        version,
        fecha_registro,
        registrado_a_tiempo
    from figures
)

select * from contract_columns
