-- ¿Cuántos puntos quita al avance de la entidad cada una de sus diez peores actividades?
select
    aporte.entidad_id,
    aporte.plan_id,
    aporte.puesto,
    aporte.actividad_id,
    actividad.nombre as actividad,
    aporte.peso_promedio_pct,
    aporte.puntos_perdidos,
    aporte.puntos_perdidos_hasta_puesto
from {{ ref('rpt_aporte_actividad') }} as aporte
inner join {{ ref('dim_plan') }} as plan
    on
        aporte.entidad_id = plan.entidad_id
        and aporte.plan_id = plan.plan_id
        and aporte.mes_corte = plan.corte_vigente
inner join {{ ref('dim_actividad') }} as actividad
    on
        aporte.entidad_id = actividad.entidad_id
        and aporte.plan_id = actividad.plan_id
        and aporte.actividad_id = actividad.actividad_id
where aporte.puesto <= 10
order by aporte.entidad_id, aporte.plan_id, aporte.puesto
