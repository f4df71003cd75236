-- ¿Cuántos puntos quita al promedio de la entidad cada una de sus diez peores actividades?
with activities as (
    select
        avance.entidad_id,
        avance.plan_id,
        avance.actividad_id,
        actividad.nombre as actividad,
        avance.avance_fisico_pct,
        (100 - avance.avance_fisico_pct)
        / count(avance.avance_fisico_pct) over (
            partition by avance.entidad_id, avance.plan_id
        ) as puntos_que_cuesta,
        row_number() over (
            partition by avance.entidad_id, avance.plan_id
            order by avance.avance_fisico_pct, avance.actividad_id
        ) as puesto
    from {{ ref('fct_avance_actividad') }} as avance
    inner join {{ ref('dim_plan') }} as plan
        on
            avance.entidad_id = plan.entidad_id
            and avance.plan_id = plan.plan_id
            and avance.mes_corte = plan.corte_vigente
    inner join {{ ref('dim_actividad') }} as actividad
        on
            avance.entidad_id = actividad.entidad_id
            and avance.plan_id = actividad.plan_id
            and avance.actividad_id = actividad.actividad_id
    where avance.avance_fisico_pct is not null
)

select * from activities
where puesto <= 10
order by entidad_id, plan_id, puesto
