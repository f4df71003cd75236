{{ by_entity() }}
{%- set key = ['entidad_id', 'plan_id', 'mes_corte'] -%}
with actividades as (
    select * from {{ of_touched_entities(ref('int_proyeccion_actividad')) }}
),

parametros as (
    {{ parameters_row(['correlacion', 'z_intervalo']) }}
),

cuts as (
    select
        projected_cuts.*,
        parametros.correlacion,
        parametros.z_intervalo
    from {{ ref('int_proyeccion_corte') }} as projected_cuts
    cross join parametros
),

avance_accion as (
    select * from {{ of_touched_entities(ref('int_avance_accion')) }}
),

avance_objetivo as (
    select * from {{ of_touched_entities(ref('int_avance_objetivo')) }}
),

tree as (
    select * from {{ ref('int_centro_descendiente') }}
),

bandas as (
    select * from {{ ref('int_semaforo_bandas') }}
    where ambito = 'fisico'
),

action_means as (
    select
        {{ key | join(',\n        ') }},
        oei_id,
        aei_id,
        count(*) as n_actividades,
        {{ projected_mean() }}
    from actividades
    group by {{ key | join(', ') }}, oei_id, aei_id
),

-- Of an element without activities only the reported figure is known: it is taken to stay.
weighted_actions as (
    select
        avance_accion.entidad_id,
        avance_accion.plan_id,
        avance_accion.mes_corte,
        avance_accion.oei_id,
        avance_accion.aei_id,
        avance_accion.peso,
        coalesce(action_means.n_actividades, 0) as n_actividades,
        case
            when avance_accion.origen = 'reportado' then avance_accion.avance_fisico_pct
            else action_means.esperado_pct
        end as esperado_pct,
        coalesce(action_means.desviacion_pct, 0) as desviacion_pct,
        cuts.correlacion
    from avance_accion
    inner join cuts
        on
            avance_accion.entidad_id = cuts.entidad_id
            and avance_accion.plan_id = cuts.plan_id
            and avance_accion.mes_corte = cuts.mes_corte
    left join action_means
        on
            avance_accion.entidad_id = action_means.entidad_id
            and avance_accion.plan_id = action_means.plan_id
            and avance_accion.aei_id = action_means.aei_id
            and avance_accion.mes_corte = action_means.mes_corte
),

objective_means as (
    select
        {{ key | join(',\n        ') }},
        oei_id,
        sum(n_actividades) as n_actividades,
        {{ projected_mean() }}
    from weighted_actions
    group by {{ key | join(', ') }}, oei_id
),

weighted_objectives as (
    select
        avance_objetivo.entidad_id,
        avance_objetivo.plan_id,
        avance_objetivo.mes_corte,
        avance_objetivo.oei_id,
        avance_objetivo.peso,
        coalesce(objective_means.n_actividades, 0) as n_actividades,
        case
            when avance_objetivo.origen = 'reportado' then avance_objetivo.avance_fisico_pct
            else objective_means.esperado_pct
        end as esperado_pct,
        case
            when avance_objetivo.origen = 'reportado' then 0
            else coalesce(objective_means.desviacion_pct, 0)
        end as desviacion_pct,
        cuts.correlacion
    from avance_objetivo
    inner join cuts
        on
            avance_objetivo.entidad_id = cuts.entidad_id
            and avance_objetivo.plan_id = cuts.plan_id
            and avance_objetivo.mes_corte = cuts.mes_corte
    left join objective_means
        on
            avance_objetivo.entidad_id = objective_means.entidad_id
            and avance_objetivo.plan_id = objective_means.plan_id
            and avance_objetivo.oei_id = objective_means.oei_id
            and avance_objetivo.mes_corte = objective_means.mes_corte
),

-- What the entity's mean is over, as its method names it (contract, section 2, entity).
entity_elements as (
    {%- for name, relation in [
        ('actividades', 'actividades'), ('acciones', 'weighted_actions'),
        ('objetivos', 'weighted_objectives')
    ] %}
    select
        elements.entidad_id,
        elements.plan_id,
        elements.mes_corte,
        elements.peso,
        {{ '1 as n_actividades' if name == 'actividades' else 'elements.n_actividades' }},
        elements.esperado_pct,
        elements.desviacion_pct,
        elements.correlacion
    from {{ relation }} as elements
    inner join cuts
        on
            elements.entidad_id = cuts.entidad_id
            and elements.plan_id = cuts.plan_id
            and elements.mes_corte = cuts.mes_corte
            and cuts.promedio_entidad = '{{ name }}'
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

entity_means as (
    select
        {{ key | join(',\n        ') }},
        sum(n_actividades) as n_actividades,
        {{ projected_mean() }}
    from entity_elements
    group by {{ key | join(', ') }}
),

-- CC: the centre's own activities; CC_TOTAL: its own and those of all centres below.
unit_means as (
    select
        actividades.entidad_id,
        actividades.plan_id,
        actividades.mes_corte,
        tree.centro_costo_id,
        'CC_TOTAL' as nivel,
        count(*) as n_actividades,
        {{ projected_mean('actividades') }}
    from actividades
    inner join tree
        on
            actividades.entidad_id = tree.entidad_id
            and actividades.centro_costo_id = tree.descendiente_id
    group by
        actividades.entidad_id, actividades.plan_id, actividades.mes_corte, tree.centro_costo_id
    union all
    select
        {{ key | join(',\n        ') }},
        centro_costo_id,
        'CC' as nivel,
        count(*) as n_actividades,
        {{ projected_mean() }}
    from actividades
    group by {{ key | join(', ') }}, centro_costo_id
),

element_means as (
    {%- for level, element, centre, relation in [
        ("'AEI'", 'aei_id', 'null', 'weighted_actions'),
        ("'OEI'", 'oei_id', 'null', 'weighted_objectives'),
        ("'ENTIDAD'", 'entidad_id', 'null', 'entity_means'),
        ('nivel', 'centro_costo_id', 'centro_costo_id', 'unit_means')
    ] %}
    select
        {{ key | join(',\n        ') }},
        {{ level }} as nivel,
        {{ element }} as elemento_id,
        {{ centre }} as centro_costo_id,
        n_actividades,
        esperado_pct,
        desviacion_pct
    from {{ relation }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

with_interval as (
    select
        element_means.entidad_id,
        element_means.plan_id,
        element_means.mes_corte,
        element_means.nivel,
        element_means.elemento_id,
        element_means.centro_costo_id,
        element_means.n_actividades,
        cuts.anio,
        cuts.es_contraste,
        cuts.metodologia_id,
        cuts.meses_restantes,
        cuts.ultimo_corte,
        element_means.esperado_pct as avance_proyectado_pct,
        {{ capped('greatest(element_means.esperado_pct '
            ~ '- cuts.z_intervalo * element_means.desviacion_pct, 0)', 'cuts.tope_pct') }}
            as proyectado_min_pct,
        {{ capped('element_means.esperado_pct '
            ~ '+ cuts.z_intervalo * element_means.desviacion_pct', 'cuts.tope_pct') }}
            as proyectado_max_pct,
        -- A hundredth: what is certain has no deviation, and its chance is 0 or 1 all the same.
        greatest(element_means.desviacion_pct, 0.01) as desviacion_pct
    from element_means
    inner join cuts
        on
            element_means.entidad_id = cuts.entidad_id
            and element_means.plan_id = cuts.plan_id
            and element_means.mes_corte = cuts.mes_corte
    where element_means.esperado_pct is not null
),

levels as (
    select
        with_interval.entidad_id,
        with_interval.plan_id,
        with_interval.mes_corte,
        with_interval.nivel,
        with_interval.elemento_id,
        with_interval.centro_costo_id,
        with_interval.n_actividades,
        with_interval.anio,
        with_interval.es_contraste,
        with_interval.metodologia_id,
        with_interval.meses_restantes,
        with_interval.ultimo_corte,
        with_interval.avance_proyectado_pct,
        with_interval.proyectado_min_pct,
        with_interval.proyectado_max_pct,
        {{ chance_of_red(
            'with_interval.avance_proyectado_pct', 'with_interval.desviacion_pct', 'bandas'
        ) }} as probabilidad_rojo
    from with_interval
    left join bandas
        on with_interval.metodologia_id = bandas.metodologia_id
    union all
    select
        actividades.entidad_id,
        actividades.plan_id,
        actividades.mes_corte,
        'AO' as nivel,
        actividades.actividad_id as elemento_id,
        actividades.centro_costo_id,
        1 as n_actividades,
        actividades.anio,
        actividades.es_contraste,
        cuts.metodologia_id,
        cuts.meses_restantes,
        cuts.ultimo_corte,
        actividades.avance_proyectado_pct,
        actividades.proyectado_min_pct,
        actividades.proyectado_max_pct,
        actividades.probabilidad_rojo
    from actividades
    inner join cuts
        on
            actividades.entidad_id = cuts.entidad_id
            and actividades.plan_id = cuts.plan_id
            and actividades.mes_corte = cuts.mes_corte
),

with_colour as (
    select
        levels.*,
        {{ colour_of('levels.avance_proyectado_pct', 'bandas') }} as semaforo_proyectado
    from levels
    left join bandas
        on levels.metodologia_id = bandas.metodologia_id
)

select * from with_colour
