with source as (
    select * from {{ source('raw', 'hallazgo') }}
),

named as (
    select
        desde_evaluacion,
        hasta_evaluacion,
        alerta_id,
        regla_id,
        severidad,
        entidad_id,
        plan_id,
        centro_costo_id,
        nivel,
        elemento_id,
        mes,
        detalle,
        valor
    from source
)

select * from named
