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

tree as (
    select * from {{ ref('int_centro_descendiente') }}
),

-- What was never reprogrammed is the same in the three plans.
actividades as (
    select
        stored_versions.entidad_id,
        stored_versions.plan_id,
        stored_versions.mes_corte,
        kinds.version_plan,
        stored_versions.anio,
        stored_versions.aei_id,
        stored_versions.oei_id,
        stored_versions.centro_costo_id,
        stored_versions.peso,
        stored_versions.con_seguimiento,
        stored_versions.estado,
        stored_versions.avance_fisico_pct,
        stored_versions.semaforo_fisico,
        stored_versions.programado_financiero,
        stored_versions.ejecutado_financiero,
        stored_versions.programado_financiero_anual,
        stored_versions.programado_anual_pct,
        stored_versions.ejecutado_anual_pct
    from stored_versions
    inner join kinds
        on
            stored_versions.version_plan = kinds.version_plan
            or not stored_versions.es_reprogramada
),

action_sums as (
    select
        {{ key | join(',\n        ') }},
        oei_id,
        aei_id,
        sum(programado_financiero_anual) as programado_financiero_anual,
        {{ activity_sums() }}
    from actividades
    group by {{ key | join(', ') }}, oei_id, aei_id
),

action_figures as (
    select
        *,
        case
            when n_si = 0 then {{ weighted_mean('suma_avance', 'peso_avance') }}
        end as avance_fisico_pct,
        {{ weighted_mean('suma_avance', 'peso_avance') }} as avance_parcial_pct,
        {{ element_state('n_si', 'n_en_promedio') }} as estado
    from action_sums
),

weighted_actions as (
    select
        action_figures.*,
        case
            when planes.ponderacion = 'simple' then 1
            else coalesce(acciones.ponderacion, 0)
        end as peso
    from action_figures
    inner join acciones
        on
            action_figures.entidad_id = acciones.entidad_id
            and action_figures.plan_id = acciones.plan_id
            and action_figures.aei_id = acciones.aei_id
    inner join planes
        on
            action_figures.entidad_id = planes.entidad_id
            and action_figures.plan_id = planes.plan_id
),

objective_sums as (
    select
        {{ key | join(',\n        ') }},
        oei_id,
        sum(programado_financiero_anual) as programado_financiero_anual,
        {{ mean_of_elements() }},
        {{ sums_of_sums() }}
    from weighted_actions
    group by {{ key | join(', ') }}, oei_id
),

objective_figures as (
    select
        *,
        case
            when elementos_si = 0 then {{ weighted_mean('suma_elementos', 'peso_elementos') }}
        end as avance_fisico_pct,
        {{ weighted_mean('suma_parciales', 'peso_parciales') }} as avance_parcial_pct,
        {{ element_state('elementos_si', 'elementos_en_promedio') }} as estado
    from objective_sums
),

weighted_objectives as (
    select
        objective_figures.entidad_id,
        objective_figures.plan_id,
        objective_figures.mes_corte,
        objective_figures.version_plan,
        objective_figures.oei_id,
        objective_figures.anio,
        objective_figures.con_seguimiento,
        objective_figures.estado,
        objective_figures.avance_fisico_pct,
        objective_figures.avance_parcial_pct,
        objective_figures.programado_financiero,
        objective_figures.ejecutado_financiero,
        objective_figures.programado_financiero_anual,
        {{ counts_and_sums('objective_figures') }},
        case
            when planes.ponderacion = 'simple' then 1
            else coalesce(objetivos.ponderacion, 0)
        end as peso
    from objective_figures
    inner join objetivos
        on
            objective_figures.entidad_id = objetivos.entidad_id
            and objective_figures.plan_id = objetivos.plan_id
            and objective_figures.oei_id = objetivos.oei_id
    inner join planes
        on
            objective_figures.entidad_id = planes.entidad_id
            and objective_figures.plan_id = planes.plan_id
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
    inner join action_mean
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
        case
            when elementos_si_elegidos = 0
                then {{ weighted_mean('suma_elementos_elegidos', 'peso_elementos_elegidos') }}
        end as avance_fisico_pct,
        {{ weighted_mean('suma_parciales_elegidos', 'peso_parciales_elegidos') }}
            as avance_parcial_pct,
        {{ element_state('elementos_si_elegidos', 'elementos_en_promedio_elegidos') }} as estado
    from entity_means
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
        case
            when n_si = 0 then {{ weighted_mean('suma_avance', 'peso_avance') }}
        end as avance_fisico_pct,
        {{ weighted_mean('suma_avance', 'peso_avance') }} as avance_parcial_pct,
        {{ element_state('n_si', 'n_en_promedio') }} as estado
    from scope_sums
),

levels as (
    {%- for level, element, centre, relation in [
        ("'AEI'", 'aei_id', 'null', 'action_figures'),
        ("'OEI'", 'oei_id', 'null', 'weighted_objectives'),
        ("'ENTIDAD'", 'entidad_id', 'null', 'entity_figures'),
        ('nivel', 'centro_costo_id', 'centro_costo_id', 'centre_figures')
    ] %}
    select
        {{ key | join(',\n        ') }},
        {{ level }} as nivel,
        {{ element }} as elemento_id,
        {{ centre }} as centro_costo_id,
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
