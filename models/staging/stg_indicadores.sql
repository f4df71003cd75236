with latest_load as (
    {{ latest_load(ref('indicadores'), ['entidad_id', 'plan_id', 'indicador_id']) }}
),

named as (
    select
        entidad_id,
        plan_id,
        indicador_id,
        elemento_id,
        nombre,
        unidad_medida,
        sentido,
        linea_base
    from latest_load
)

select * from named
