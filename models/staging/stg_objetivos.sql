with latest_load as (
    {{ latest_load(ref('objetivos'), ['entidad_id', 'plan_id', 'oei_id']) }}
),

named as (
    select
        entidad_id,
        plan_id,
        oei_id,
        nombre,
        ponderacion
    from latest_load
)

select * from named
