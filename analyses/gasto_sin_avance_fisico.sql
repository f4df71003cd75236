-- ¿En qué actividades se gastó sin que la meta física se moviera?
with spending as (
    select
        avance.entidad_id,
        avance.plan_id,
        avance.actividad_id,
        actividad.nombre as actividad,
        avance.programado_fisico,
        avance.ejecutado_financiero
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
    where avance.ejecutado_financiero > 0 and avance.ejecutado_fisico = 0
)

select * from spending
order by ejecutado_financiero desc
