with latest_load as (
    {{ latest_load(ref('centros_costo'), ['entidad_id', 'centro_costo_id']) }}
),

named as (
    select
        entidad_id,
        centro_costo_id,
        nombre,
        centro_padre_id,
        correo
    from latest_load
)

select * from named
