{{ by_plan() }}
with objetivos as (
    select * from {{ of_touched_plans(ref('int_avance_objetivo')) }}
),

action_counts as (
    select
        entidad_id,
        plan_id,
        oei_id,
        count(*) as n_acciones
    from {{ of_touched_plans(ref('stg_acciones')) }}
    group by entidad_id, plan_id, oei_id
),

entity_money as (
    select
        entidad_id,
        plan_id,
        mes_corte,
        sum(programado_financiero) as programado_financiero
    from objetivos
    group by entidad_id, plan_id, mes_corte
),

totals as (
    select
        objetivos.entidad_id,
        objetivos.plan_id,
        objetivos.oei_id,
        objetivos.mes_corte,
        action_counts.n_acciones,
        {{ percentage('objetivos.programado_financiero', 'entity_money.programado_financiero') }}
            as participacion_financiera_pct
    from objetivos
    inner join entity_money
        on
            objetivos.entidad_id = entity_money.entidad_id
            and objetivos.plan_id = entity_money.plan_id
            and objetivos.mes_corte = entity_money.mes_corte
    left join action_counts
        on
            objetivos.entidad_id = action_counts.entidad_id
            and objetivos.plan_id = action_counts.plan_id
            and objetivos.oei_id = action_counts.oei_id
)

select * from totals
