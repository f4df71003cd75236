with latest_load as (
    {{ latest_load(ref('planes'), ['entidad_id', 'plan_id']) }}
),

named as (
    select
        entidad_id,
        plan_id,
        tipo,
        nombre,
        anio,
        periodicidad,
        metodologia_id,
        con_seguimiento,
        fecha_aprobacion,
        documento
    from latest_load
)

select * from named
