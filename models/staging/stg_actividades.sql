with latest_load as (
    {{ latest_load(ref('actividades'), ['entidad_id', 'plan_id', 'actividad_id']) }}
),

named as (
    select
        entidad_id,
        plan_id,
        actividad_id,
        aei_id,
        centro_costo_id,
        nombre,
        prioridad,
        unidad_medida,
        tipo_agregacion,
        ponderacion,
        mes_inicio,
        mes_fin
    from latest_load
)

select * from named
