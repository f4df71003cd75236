-- ¿Qué actividades sin registro dejan a su AEI sin avance, y de qué centro son?
with cortes as (
    select
        entidad_id,
        plan_id,
        corte_vigente
    from {{ ref('dim_plan') }}
),

blocked as (
    select
        avance.entidad_id,
        avance.plan_id,
        avance.aei_id,
        avance.actividad_id,
        actividad.nombre as actividad,
        centro.nombre as centro
    from {{ ref('fct_avance_actividad') }} as avance
    inner join cortes
        on
            avance.entidad_id = cortes.entidad_id
            and avance.plan_id = cortes.plan_id
            and avance.mes_corte = cortes.corte_vigente
    inner join {{ ref('dim_actividad') }} as actividad
        on
            avance.entidad_id = actividad.entidad_id
            and avance.plan_id = actividad.plan_id
            and avance.actividad_id = actividad.actividad_id
    inner join {{ ref('dim_centro_costo') }} as centro
        on
            avance.entidad_id = centro.entidad_id
            and avance.centro_costo_id = centro.centro_costo_id
    where avance.estado = 'S.I.'
)

select * from blocked
order by entidad_id, plan_id, aei_id, centro
