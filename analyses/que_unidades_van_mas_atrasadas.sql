-- ¿Qué unidades van más atrasadas respecto de lo que ellas mismas programaron hasta el corte?
with units as (
    select
        avance.entidad_id,
        avance.plan_id,
        centro.nombre as centro,
        avance.n_actividades,
        avance.n_rojo,
        avance.avance_fisico_pct,
        avance.programado_anual_pct - avance.ejecutado_anual_pct as puntos_de_atraso
    from {{ ref('fct_avance_centro_costo') }} as avance
    inner join {{ ref('dim_plan') }} as plan
        on
            avance.entidad_id = plan.entidad_id
            and avance.plan_id = plan.plan_id
            and avance.mes_corte = plan.corte_vigente
    inner join {{ ref('dim_centro_costo') }} as centro
        on
            avance.entidad_id = centro.entidad_id
            and avance.centro_costo_id = centro.centro_costo_id
    where avance.alcance = 'propio'
)

select * from units
where puntos_de_atraso > 0
order by puntos_de_atraso desc
