-- ¿Dónde se separa lo ejecutado de lo programado a lo largo del año, objetivo por objetivo?
select
    avance.entidad_id,
    avance.plan_id,
    avance.oei_id,
    objetivo.nombre as objetivo,
    avance.mes_corte,
    avance.programado_anual_pct,
    avance.ejecutado_anual_pct
from {{ ref('fct_avance_objetivo') }} as avance
inner join {{ ref('dim_objetivo') }} as objetivo
    on
        avance.entidad_id = objetivo.entidad_id
        and avance.plan_id = objetivo.plan_id
        and avance.oei_id = objetivo.oei_id
order by avance.entidad_id, avance.plan_id, avance.oei_id, avance.mes_corte
