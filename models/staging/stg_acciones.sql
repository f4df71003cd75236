with latest_load as (
    {{ latest_load(ref('acciones'), ['entidad_id', 'plan_id', 'aei_id']) }}
),

named as (
    select
        entidad_id,
        plan_id,
        aei_id,
        oei_id,
        nombre,
        ponderacion
    from latest_load
)

select * from named
