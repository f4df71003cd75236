-- ¿Qué parte de sus registros ya exigibles hizo cada unidad, y qué parte dentro del plazo?
select
    completitud.entidad_id,
    completitud.plan_id,
    completitud.centro_costo_id,
    centro.nombre as centro,
    sum(completitud.esperadas) as esperados,
    sum(completitud.registradas) as hechos,
    sum(completitud.a_tiempo) as a_tiempo,
    100.0 * sum(completitud.registradas) / sum(completitud.esperadas) as completitud_pct,
    100.0 * sum(completitud.a_tiempo) / sum(completitud.esperadas) as oportunidad_pct
from {{ ref('fct_completitud') }} as completitud
inner join {{ ref('dim_centro_costo') }} as centro
    on
        completitud.entidad_id = centro.entidad_id
        and completitud.centro_costo_id = centro.centro_costo_id
group by
    completitud.entidad_id, completitud.plan_id, completitud.centro_costo_id, centro.nombre
order by completitud_pct, oportunidad_pct, centro.nombre
