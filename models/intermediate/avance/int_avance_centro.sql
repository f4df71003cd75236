{{ by_plan() }}
{#- Centres by what they cover; int_avance_centro_costo gives each of both scopes its row. -#}
with sums as (
    select * from {{ of_touched_plans(ref('int_avance_suma')) }}
    where nivel = 'CC'
),

tree as (
    select * from {{ ref('int_centro_descendiente') }}
),

own_sums as (
    select
        *,
        elemento_id as centro_costo_id
    from sums
),

-- Nearly all centres have none below: what is their own is their total, and computed once.
lowest_centres as (
    select
        entidad_id,
        centro_costo_id
    from tree
    group by entidad_id, centro_costo_id
    having count(*) = 1 and max(descendiente_id) = centro_costo_id
),

centres_below as (
    select tree.*
    from tree
    left join lowest_centres
        on
            tree.entidad_id = lowest_centres.entidad_id
            and tree.centro_costo_id = lowest_centres.centro_costo_id
    where lowest_centres.centro_costo_id is null
),

sums_with_centres_below as (
    select
        own_sums.entidad_id,
        own_sums.plan_id,
        centres_below.centro_costo_id,
        own_sums.mes_corte,
        sum(own_sums.suma_programada) as suma_programada,
        sum(own_sums.suma_ejecutada) as suma_ejecutada,
        {{ sums_of_sums() }}
    from own_sums
    inner join centres_below
        on
            own_sums.entidad_id = centres_below.entidad_id
            and own_sums.centro_costo_id = centres_below.descendiente_id
    group by
        own_sums.entidad_id, own_sums.plan_id, centres_below.centro_costo_id, own_sums.mes_corte
),

-- propio: the centre's own activities; total: its own and those of all centres below.
activity_sums as (
    select
        own_sums.entidad_id,
        own_sums.plan_id,
        own_sums.centro_costo_id,
        case when lowest_centres.centro_costo_id is null then 'propio' else 'ambos' end as alcance,
        own_sums.mes_corte,
        own_sums.suma_programada,
        own_sums.suma_ejecutada,
        own_sums.anio,
        own_sums.con_seguimiento,
        {{ counts_and_sums('own_sums') }},
        own_sums.programado_financiero,
        own_sums.ejecutado_financiero
    from own_sums
    left join lowest_centres
        on
            own_sums.entidad_id = lowest_centres.entidad_id
            and own_sums.centro_costo_id = lowest_centres.centro_costo_id
    union all
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        'total' as alcance,
        mes_corte,
        suma_programada,
        suma_ejecutada,
        anio,
        con_seguimiento,
        {{ counts_and_sums() }},
        programado_financiero,
        ejecutado_financiero
    from sums_with_centres_below
),

from_activities as (
    select
        *,
        {{ advance_of_activities() }}
    from activity_sums
),

reported as (
    {{ reported_figures('centro_costo_id') }}
    where reported.nivel = 'CC'
),

-- A reported result of a centre is its own; without activities below it also gives its total.
both_scopes as (
    select 'propio' as alcance
    union all
    select 'total' as alcance
),

reported_without_activities as (
    select
        reported.*,
        both_scopes.alcance
    from reported
    cross join both_scopes
    left join activity_sums
        on
            reported.entidad_id = activity_sums.entidad_id
            and reported.plan_id = activity_sums.plan_id
            and reported.centro_costo_id = activity_sums.centro_costo_id
            and reported.mes_corte = activity_sums.mes_corte
            and activity_sums.alcance in (both_scopes.alcance, 'ambos')
    where activity_sums.centro_costo_id is null
),

-- Of reported results, those that count in a centre's total: of it and of all centres below.
reported_within as (
    {{ reported_below('reported_without_activities', 'tree', "alcance = 'propio'") }}
),

both_sources as (
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        alcance,
        mes_corte,
        anio,
        con_seguimiento,
        avance_fisico_pct,
        avance_parcial_pct,
        estado,
        'mensual' as origen,
        suma_programada,
        suma_ejecutada,
        {{ counts_and_sums() }},
        programado_financiero,
        ejecutado_financiero
    from from_activities
    union all
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        alcance,
        mes_corte,
        anio,
        con_seguimiento,
        avance_fisico_pct,
        avance_fisico_pct as avance_parcial_pct,
        estado,
        'reportado' as origen,
        programado_fisico as suma_programada,
        ejecutado_fisico as suma_ejecutada,
        {{ reported_counts_and_sums() }},
        programado_financiero,
        ejecutado_financiero
    from reported_without_activities
),

with_reported_below as (
    select
        both_sources.entidad_id,
        both_sources.plan_id,
        both_sources.centro_costo_id,
        both_sources.alcance,
        both_sources.mes_corte,
        both_sources.anio,
        both_sources.con_seguimiento,
        both_sources.avance_fisico_pct,
        both_sources.avance_parcial_pct,
        both_sources.estado,
        both_sources.origen,
        {{ with_what_is_reported_below('both_sources', 'reported_within', [
            'suma_programada', 'suma_ejecutada', 'programado_financiero', 'ejecutado_financiero'
        ]) }}
    from both_sources
    left join reported_within
        on
            both_sources.entidad_id = reported_within.entidad_id
            and both_sources.plan_id = reported_within.plan_id
            and both_sources.centro_costo_id = reported_within.centro_costo_id
            and both_sources.mes_corte = reported_within.mes_corte
            and both_sources.alcance = 'total'
),

with_figures as (
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        alcance as alcance_calculado,
        mes_corte,
        anio,
        con_seguimiento,
        avance_fisico_pct,
        avance_parcial_pct,
        estado,
        origen,
        suma_programada,
        suma_ejecutada,
        {{ money_and_progress() }},
        {{ counts_and_sums() }}
    from with_reported_below
),

with_colours as (
    {{ with_colours('with_figures') }}
),

-- Nothing is made of centres: the sums stay here.
without_sums as (
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        alcance_calculado,
        mes_corte,
        anio,
        con_seguimiento,
        avance_fisico_pct,
        avance_parcial_pct,
        estado,
        origen,
        suma_programada,
        suma_ejecutada,
        programado_financiero,
        ejecutado_financiero,
        avance_financiero_pct,
        programado_anual_pct,
        ejecutado_anual_pct,
        {%- for column in counts_of_activities() %}
        {{ column }},
        {%- endfor %}
        semaforo_fisico,
        semaforo_financiero
    from with_colours
)

select * from without_sums
