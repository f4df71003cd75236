{{ by_plan() }}
with sums as (
    select * from {{ of_touched_plans(ref('int_avance_suma')) }}
    where nivel = 'AEI'
),

acciones as (
    select * from {{ of_touched_plans(ref('stg_acciones')) }}
),

planes as (
    select * from {{ ref('int_plan') }}
),

activity_sums as (
    select
        *,
        elemento_id as aei_id
    from sums
),

from_activities as (
    select
        *,
        {{ advance_of_activities() }},
        'mensual' as origen
    from activity_sums
),

reported as (
    {{ reported_figures('aei_id') }}
    where reported.nivel = 'AEI'
),

reported_without_activities as (
    select reported.*
    from reported
    left join activity_sums
        on
            reported.entidad_id = activity_sums.entidad_id
            and reported.plan_id = activity_sums.plan_id
            and reported.aei_id = activity_sums.aei_id
            and reported.mes_corte = activity_sums.mes_corte
    where activity_sums.aei_id is null
),

both_sources as (
    select
        entidad_id,
        plan_id,
        aei_id,
        mes_corte,
        anio,
        con_seguimiento,
        avance_fisico_pct,
        avance_parcial_pct,
        estado,
        origen,
        {{ counts_and_sums() }},
        programado_financiero,
        ejecutado_financiero
    from from_activities
    union all
    select
        entidad_id,
        plan_id,
        aei_id,
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
        both_sources.aei_id,
        acciones.oei_id,
        both_sources.mes_corte,
        both_sources.anio,
        both_sources.con_seguimiento,
        {{ weight_of('acciones') }} as peso,
        both_sources.avance_fisico_pct,
        both_sources.avance_parcial_pct,
        both_sources.estado,
        both_sources.origen,
        {{ money_and_progress('both_sources') }},
        {{ counts_and_sums('both_sources') }}
    from both_sources
    inner join acciones
        on
            both_sources.entidad_id = acciones.entidad_id
            and both_sources.plan_id = acciones.plan_id
            and both_sources.aei_id = acciones.aei_id
    inner join planes
        on
            both_sources.entidad_id = planes.entidad_id
            and both_sources.plan_id = planes.plan_id
),

with_colours as (
    {{ with_colours('with_figures') }}
)

select * from with_colours
