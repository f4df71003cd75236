{{ by_plan() }}
with acciones as (
    select * from {{ of_touched_plans(ref('int_avance_accion')) }}
),

objetivos as (
    select * from {{ of_touched_plans(ref('stg_objetivos')) }}
),

planes as (
    select * from {{ ref('int_plan') }}
),

action_sums as (
    select
        entidad_id,
        plan_id,
        oei_id,
        mes_corte,
        max(case when origen = 'mensual' then 1 else 0 end) = 1 as tiene_actividades,
        {{ mean_of_elements() }},
        {{ sums_of_sums() }}
    from acciones
    group by entidad_id, plan_id, oei_id, mes_corte
),

from_actions as (
    select
        *,
        {{ advance_of_elements() }}
    from action_sums
),

reported as (
    {{ reported_figures('oei_id') }}
    where reported.nivel = 'OEI'
),

reported_without_activities as (
    select reported.*
    from reported
    left join action_sums
        on
            reported.entidad_id = action_sums.entidad_id
            and reported.plan_id = action_sums.plan_id
            and reported.oei_id = action_sums.oei_id
            and reported.mes_corte = action_sums.mes_corte
    where not coalesce(action_sums.tiene_actividades, false)
),

both_sources as (
    select
        from_actions.entidad_id,
        from_actions.plan_id,
        from_actions.oei_id,
        from_actions.mes_corte,
        from_actions.anio,
        from_actions.con_seguimiento,
        from_actions.avance_fisico_pct,
        from_actions.avance_parcial_pct,
        from_actions.estado,
        'mensual' as origen,
        {{ counts_and_sums('from_actions') }},
        from_actions.programado_financiero,
        from_actions.ejecutado_financiero
    from from_actions
    left join reported_without_activities as reported
        on
            from_actions.entidad_id = reported.entidad_id
            and from_actions.plan_id = reported.plan_id
            and from_actions.oei_id = reported.oei_id
            and from_actions.mes_corte = reported.mes_corte
    where reported.oei_id is null
    union all
    select
        entidad_id,
        plan_id,
        oei_id,
        mes_corte,
        anio,
        con_seguimiento,
        avance_fisico_pct,
        avance_fisico_pct as avance_parcial_pct,
        estado,
        'reportado' as origen,
        {{ reported_counts_and_sums() }},
        programado_financiero,
        ejecutado_financiero
    from reported_without_activities
),

with_figures as (
    select
        both_sources.entidad_id,
        both_sources.plan_id,
        both_sources.oei_id,
        both_sources.mes_corte,
        both_sources.anio,
        both_sources.con_seguimiento,
        {{ weight_of('objetivos') }} as peso,
        both_sources.avance_fisico_pct,
        both_sources.avance_parcial_pct,
        both_sources.estado,
        both_sources.origen,
        {{ money_and_progress('both_sources') }},
        {{ counts_and_sums('both_sources') }}
    from both_sources
    inner join objetivos
        on
            both_sources.entidad_id = objetivos.entidad_id
            and both_sources.plan_id = objetivos.plan_id
            and both_sources.oei_id = objetivos.oei_id
    inner join planes
        on
            both_sources.entidad_id = planes.entidad_id
            and both_sources.plan_id = planes.plan_id
),

with_colours as (
    {{ with_colours('with_figures') }}
)

select * from with_colours
