-- ¿En qué objetivos de un plan ponderado los pesos de las actividades no suman 100?
with weights as (
    select
        actividad.entidad_id,
        actividad.plan_id,
        actividad.aei_id,
        count(*) as n_actividades,
        -- One without a weight weighs nothing.
        sum(coalesce(actividad.ponderacion, 0)) as suma_de_pesos
    from {{ ref('dim_actividad') }} as actividad
    inner join {{ ref('dim_plan') }} as plan
        on
            actividad.entidad_id = plan.entidad_id
            and actividad.plan_id = plan.plan_id
    where plan.ponderacion = 'ponderada'
    group by actividad.entidad_id, actividad.plan_id, actividad.aei_id
)

select * from weights
where suma_de_pesos != 100
order by entidad_id, plan_id, aei_id
