{{ by_plan() }}
{%- set key = ['entidad_id', 'plan_id', 'mes_corte', 'version_plan'] -%}
with stored_versions as (
    select * from {{ of_touched_plans(ref('int_version_actividad')) }}
),

kinds as (
    {{ version_kinds() }}
),

acciones as (
    select * from {{ of_touched_plans(ref('stg_acciones')) }}
),

objetivos as (
    select * from {{ of_touched_plans(ref('stg_objetivos')) }}
),

planes as (
    select * from {{ ref('int_plan') }}
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

action_sums as (
    select
        {{ key | join(',\n        ') }},
        aei_id,
        sum(programado_financiero_anual) as programado_financiero_anual,
        {{ activity_sums() }}
    from actividades
    group by {{ key | join(', ') }}, aei_id
),

action_figures as (
    select
        *,
        {{ advance_of_activities() }}
    from action_sums
),

reported_actions as (
    {{ reported_in_versions('AEI', 'aei_id', 'cuts', 'kinds') }}
),

reported_actions_without_activities as (
    select reported_actions.*
    from reported_actions
    left join action_sums
        on
            reported_actions.entidad_id = action_sums.entidad_id
            and reported_actions.plan_id = action_sums.plan_id
            and reported_actions.aei_id = action_sums.aei_id
            and reported_actions.version_plan = action_sums.version_plan
    where action_sums.aei_id is null
),

all_actions as (
    select
        {{ key | join(',\n        ') }},
        aei_id,
        true as tiene_actividades,
        {{ version_columns() }}
    from action_figures
    union all
    select
        {{ key | join(',\n        ') }},
        aei_id,
        false as tiene_actividades,
        {{ reported_version_columns() }}
    from reported_actions_without_activities
),

weighted_actions as (
    select
        all_actions.*,
        acciones.oei_id,
        {{ weight_of('acciones') }} as peso
    from all_actions
    inner join acciones
        on
            all_actions.entidad_id = acciones.entidad_id
            and all_actions.plan_id = acciones.plan_id
            and all_actions.aei_id = acciones.aei_id
    inner join planes
        on
            all_actions.entidad_id = planes.entidad_id
            and all_actions.plan_id = planes.plan_id
),

objective_sums as (
    select
        {{ key | join(',\n        ') }},
        oei_id,
        bool_or(tiene_actividades) as tiene_actividades,
        sum(programado_financiero_anual) as programado_financiero_anual,
        {{ mean_of_elements() }},
        {{ sums_of_sums() }}
    from weighted_actions
    group by {{ key | join(', ') }}, oei_id
),

objective_figures as (
    select
        *,
        {{ advance_of_elements() }}
    from objective_sums
),

reported_objectives as (
    {{ reported_in_versions('OEI', 'oei_id', 'cuts', 'kinds') }}
),

-- An objective's own reported result stands over those of its actions, not over activities.
reported_objectives_without_activities as (
    select reported_objectives.*
    from reported_objectives
    left join objective_sums
        on
            reported_objectives.entidad_id = objective_sums.entidad_id
            and reported_objectives.plan_id = objective_sums.plan_id
            and reported_objectives.oei_id = objective_sums.oei_id
            and reported_objectives.version_plan = objective_sums.version_plan
    where not coalesce(objective_sums.tiene_actividades, false)
),

objectives_from_actions as (
    select objective_figures.*
    from objective_figures
    left join reported_objectives_without_activities as reported
        on
            objective_figures.entidad_id = reported.entidad_id
            and objective_figures.plan_id = reported.plan_id
            and objective_figures.oei_id = reported.oei_id
            and objective_figures.version_plan = reported.version_plan
    where reported.oei_id is null
),

all_objectives as (
    select
        {{ key | join(',\n        ') }},
        oei_id,
        {{ version_columns() }}
    from objectives_from_actions
    union all
    select
        {{ key | join(',\n        ') }},
        oei_id,
        {{ reported_version_columns() }}
    from reported_objectives_without_activities
),

weighted_objectives as (
    select
        all_objectives.*,
        {{ weight_of('objetivos') }} as peso
    from all_objectives
    inner join objetivos
        on
            all_objectives.entidad_id = objetivos.entidad_id
            and all_objectives.plan_id = objetivos.plan_id
            and all_objectives.oei_id = objetivos.oei_id
    inner join planes
        on
            all_objectives.entidad_id = planes.entidad_id
            and all_objectives.plan_id = planes.plan_id
),

action_mean as (
    select
        {{ key | join(',\n        ') }},
        {{ mean_of_elements() }}
    from weighted_actions
    group by {{ key | join(', ') }}
),

objective_mean as (
    select
        {{ key | join(',\n        ') }},
        sum(programado_financiero_anual) as programado_financiero_anual,
        {{ mean_of_elements() }},
        {{ sums_of_sums() }}
    from weighted_objectives
    group by {{ key | join(', ') }}
),

entity_means as (
    select
        objective_mean.entidad_id,
        objective_mean.plan_id,
        objective_mean.mes_corte,
        objective_mean.version_plan,
        objective_mean.anio,
        objective_mean.con_seguimiento,
        objective_mean.n_actividades,
        objective_mean.programado_financiero,
        objective_mean.ejecutado_financiero,
        objective_mean.programado_financiero_anual,
        {{ chosen_elements('planes', 'objective_mean', 'action_mean') }}
    from objective_mean
    left join action_mean
        on
            objective_mean.entidad_id = action_mean.entidad_id
            and objective_mean.plan_id = action_mean.plan_id
            and objective_mean.mes_corte = action_mean.mes_corte
            and objective_mean.version_plan = action_mean.version_plan
    inner join planes
        on
            objective_mean.entidad_id = planes.entidad_id
            and objective_mean.plan_id = planes.plan_id
),

entity_figures as (
    select
        *,
        {{ advance_of_elements(chosen=true) }}
    from entity_means
),

levels as (
    {%- for level, element, relation in [
        ('AEI', 'aei_id', 'weighted_actions'),
        ('OEI', 'oei_id', 'weighted_objectives'),
        ('ENTIDAD', 'entidad_id', 'entity_figures')
    ] %}
    select
        {{ key | join(',\n        ') }},
        '{{ level }}' as nivel,
        {{ element }} as elemento_id,
        anio,
        n_actividades,
        estado,
        avance_fisico_pct,
        avance_parcial_pct,
        programado_financiero,
        ejecutado_financiero,
        {{ percentage('ejecutado_financiero', 'programado_financiero') }} as avance_financiero_pct,
        programado_financiero_anual
    from {{ relation }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

with_colours as (
    {{ with_colours('levels') }}
)

select * from with_colours
