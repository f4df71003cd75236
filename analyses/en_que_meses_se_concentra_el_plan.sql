-- ¿En qué meses concentra cada plan su programación física y financiera?
with monthly_money as (
    select
        entidad_id,
        plan_id,
        mes,
        sum(programado_financiero) as programado_financiero,
        count(*) filter (where programado_fisico > 0) as actividades_con_meta
    from {{ ref('fct_meta_mensual') }}
    group by entidad_id, plan_id, mes
)

select
    entidad_id,
    plan_id,
    mes,
    actividades_con_meta,
    programado_financiero,
    100 * programado_financiero
    / nullif(sum(programado_financiero) over (partition by entidad_id, plan_id), 0)
        as parte_del_dinero_pct
from monthly_money
order by entidad_id, plan_id, mes
