{{ by_plan() }}
{#- Centres in each reading of the plan; actions, objectives and the entity: int_avance_version. -#}
{%- set key = ['entidad_id', 'plan_id', 'mes_corte', 'version_plan'] -%}
with stored_versions as (
    select * from {{ of_touched_plans(ref('int_version_actividad')) }}
),

kinds as (
    {{ version_kinds() }}
),

tree as (
    select * from {{ ref('int_centro_descendiente') }}
),

actividades as (
    {{ activities_of_versions('stored_versions', 'kinds') }}
),

cuts as (
    select distinct
        entidad_id,
        plan_id,
        mes_corte
    from stored_versions
),

-- CC: the centre's own activities; CC_TOTAL: its own and those of all centres below.
scopes as (
    select
        entidad_id,
        centro_costo_id,
        descendiente_id,
        'CC_TOTAL' as nivel
    from tree
    union all
    select
        entidad_id,
        centro_costo_id,
        descendiente_id,
        'CC' as nivel
    from tree
    where centro_costo_id = descendiente_id
),

centre_sums as (
    select
        {{ key | join(',\n        ') }},
        centro_costo_id,
        sum(programado_financiero_anual) as programado_financiero_anual,
        {{ activity_sums() }}
    from actividades
    group by {{ key | join(', ') }}, centro_costo_id
),

scope_sums as (
    select
        centre_sums.entidad_id,
        centre_sums.plan_id,
        centre_sums.mes_corte,
        centre_sums.version_plan,
        scopes.nivel,
        scopes.centro_costo_id,
        sum(centre_sums.programado_financiero_anual) as programado_financiero_anual,
        {{ sums_of_sums() }}
    from centre_sums
    inner join scopes
        on
            centre_sums.entidad_id = scopes.entidad_id
            and centre_sums.centro_costo_id = scopes.descendiente_id
    group by
        centre_sums.entidad_id, centre_sums.plan_id, centre_sums.mes_corte,
        centre_sums.version_plan, scopes.nivel, scopes.centro_costo_id
),

centre_figures as (
    select
        *,
        {{ advance_of_activities() }}
    from scope_sums
),

reported_centres as (
    {{ reported_in_versions('CC', 'centro_costo_id', 'cuts', 'kinds') }}
),

-- A reported result of a centre is its own; without activities below it also gives its total.
both_scopes as (
    select 'CC' as nivel
    union all
    select 'CC_TOTAL' as nivel
),

reported_without_activities as (
    select
        reported_centres.*,
        both_scopes.nivel
    from reported_centres
    cross join both_scopes
    left join scope_sums
        on
            reported_centres.entidad_id = scope_sums.entidad_id
            and reported_centres.plan_id = scope_sums.plan_id
            and reported_centres.centro_costo_id = scope_sums.centro_costo_id
            and reported_centres.version_plan = scope_sums.version_plan
            and both_scopes.nivel = scope_sums.nivel
    where scope_sums.centro_costo_id is null
),

reported_within as (
    {{ reported_below(
        'reported_without_activities', 'tree', "nivel = 'CC'", beside=['version_plan']
    ) }}
),

both_sources as (
    select
        {{ key | join(',\n        ') }},
        nivel,
        centro_costo_id,
        'mensual' as origen,
        {{ version_columns() }}
    from centre_figures
    union all
    select
        {{ key | join(',\n        ') }},
        nivel,
        centro_costo_id,
        'reportado' as origen,
        {{ reported_version_columns() }}
    from reported_without_activities
),

all_centres as (
    select
        both_sources.{{ key | join(',\n        both_sources.') }},
        both_sources.nivel,
        both_sources.centro_costo_id,
        both_sources.anio,
        both_sources.estado,
        both_sources.avance_fisico_pct,
        both_sources.avance_parcial_pct,
        both_sources.programado_financiero_anual,
        {{ with_what_is_reported_below(
            'both_sources', 'reported_within', ['programado_financiero', 'ejecutado_financiero']
        ) }}
    from both_sources
    left join reported_within
        on
            both_sources.entidad_id = reported_within.entidad_id
            and both_sources.plan_id = reported_within.plan_id
            and both_sources.centro_costo_id = reported_within.centro_costo_id
            and both_sources.mes_corte = reported_within.mes_corte
            and both_sources.version_plan = reported_within.version_plan
            and both_sources.nivel = 'CC_TOTAL'
),

figures as (
    select
        {{ key | join(',\n        ') }},
        nivel,
        centro_costo_id,
        anio,
        n_actividades,
        estado,
        avance_fisico_pct,
        avance_parcial_pct,
        programado_financiero,
        ejecutado_financiero,
        {{ percentage('ejecutado_financiero', 'programado_financiero') }} as avance_financiero_pct,
        programado_financiero_anual
    from all_centres
),

with_colours as (
    {{ with_colours('figures') }}
)

select * from with_colours
