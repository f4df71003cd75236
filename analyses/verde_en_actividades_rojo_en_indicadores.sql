-- ¿Qué objetivos cumplen sus actividades pero no logran sus indicadores, o al revés?
with both_lights as (
    select
        avance.entidad_id,
        avance.plan_id,
        avance.oei_id,
        objetivo.nombre as objetivo,
        avance.mes_corte,
        avance.avance_fisico_pct,
        avance.semaforo_fisico as semaforo_actividades,
        resultado.resultado_pct,
        resultado.semaforo as semaforo_indicadores
    from {{ ref('fct_avance_objetivo') }} as avance
    inner join {{ ref('fct_resultado_objetivo') }} as resultado
        on
            avance.entidad_id = resultado.entidad_id
            and avance.plan_id = resultado.plan_id
            and avance.oei_id = resultado.oei_id
            and avance.mes_corte = resultado.mes_corte
    inner join {{ ref('dim_objetivo') }} as objetivo
        on
            avance.entidad_id = objetivo.entidad_id
            and avance.plan_id = objetivo.plan_id
            and avance.oei_id = objetivo.oei_id
)

select * from both_lights
where
    (semaforo_actividades = 'verde' and semaforo_indicadores = 'rojo')
    or (semaforo_actividades = 'rojo' and semaforo_indicadores = 'verde')
order by entidad_id, plan_id, oei_id, mes_corte
