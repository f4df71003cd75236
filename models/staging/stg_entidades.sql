with latest_load as (
    {{ latest_load(ref('entidades'), ['entidad_id']) }}
),

named as (
    select
        entidad_id,
        nombre,
        pais,
        nivel_gobierno,
        moneda
    from latest_load
)

select * from named
