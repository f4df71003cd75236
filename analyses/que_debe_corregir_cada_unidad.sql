-- ¿Qué debe corregir cada unidad, desde cuándo, y cómo?
select
    alerta.entidad_id,
    alerta.plan_id,
    alerta.centro_costo_id,
    coalesce(centro.nombre, 'Oficina de planeamiento') as unidad,
    alerta.severidad,
    regla.titulo,
    regla.que_hacer,
    count(*) as hallazgos,
    min(alerta.abierta_desde) as abierto_desde,
    min(alerta.detalle) as por_ejemplo
from {{ ref('fct_alerta') }} as alerta
inner join {{ ref('dim_regla') }} as regla
    on alerta.regla_id = regla.regla_id
left join {{ ref('dim_centro_costo') }} as centro
    on
        alerta.entidad_id = centro.entidad_id
        and alerta.centro_costo_id = centro.centro_costo_id
where alerta.resuelta_en is null
group by
    alerta.entidad_id, alerta.plan_id, alerta.centro_costo_id, centro.nombre, alerta.severidad,
    regla.titulo, regla.que_hacer
order by
    alerta.entidad_id asc, alerta.plan_id asc, unidad asc, alerta.centro_costo_id asc,
    hallazgos desc, regla.titulo asc
