-- ¿Qué parte de sus meses registró cada unidad dentro del plazo?
select
    meses.entidad_id,
    meses.plan_id,
    centro.nombre as centro,
    count(*) filter (where meses.registrado_a_tiempo is not null) as registrados,
    count(*) filter (where meses.registrado_a_tiempo) as a_tiempo,
    100.0 * count(*) filter (where meses.registrado_a_tiempo)
    / nullif(count(*) filter (where meses.registrado_a_tiempo is not null), 0) as a_tiempo_pct
from {{ ref('fct_meta_mensual') }} as meses
inner join {{ ref('dim_actividad') }} as actividad
    on
        meses.entidad_id = actividad.entidad_id
        and meses.plan_id = actividad.plan_id
        and meses.actividad_id = actividad.actividad_id
inner join {{ ref('dim_centro_costo') }} as centro
    on
        actividad.entidad_id = centro.entidad_id
        and actividad.centro_costo_id = centro.centro_costo_id
group by meses.entidad_id, meses.plan_id, centro.nombre
order by a_tiempo_pct
