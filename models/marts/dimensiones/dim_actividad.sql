with actividades as (
    select * from {{ ref('stg_actividades') }}
),

acciones as (
    select * from {{ ref('stg_acciones') }}
),

with_parents as (
    select
        actividades.entidad_id,
        actividades.plan_id,
        actividades.actividad_id,
        actividades.aei_id,
        acciones.oei_id,
        actividades.centro_costo_id,
        actividades.nombre,
        actividades.prioridad,
        actividades.unidad_medida,
        actividades.tipo_agregacion,
        actividades.ponderacion,
        actividades.mes_inicio,
        actividades.mes_fin
    from actividades
    inner join acciones
        on
            actividades.entidad_id = acciones.entidad_id
            and actividades.plan_id = acciones.plan_id
            and actividades.aei_id = acciones.aei_id
)

select * from with_parents
