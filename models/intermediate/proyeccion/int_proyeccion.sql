{{ by_entity() }}
{%- set key = ['entidad_id', 'plan_id', 'mes_corte'] -%}
with actividades as (
    select * from {{ of_touched_entities(ref('int_proyeccion_actividad')) }}
),

parametros as (
    {{ parameters_row(['correlacion', 'z_intervalo']) }}
),

cuts as (
    select * from {{ of_touched_entities(ref('int_proyeccion_corte')) }}
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

action_sums as (
    select
        {{ key | join(',\n        ') }},
        aei_id,
        count(*) as n_actividades,
        {{ projected_sums() }}
    from actividades
    group by {{ key | join(', ') }}, aei_id
),

action_means as (
    select
        action_sums.*,
        {{ projected_mean('action_sums', 'parametros.correlacion') }}
    from action_sums
    cross join parametros
),

-- Of an element without activities only the reported figure is known: it is taken to stay, and
-- neither rises nor falls.
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
        case
            when avance_accion.origen = 'reportado' then avance_accion.avance_fisico_pct
            else action_means.ejecutado_pct
        end as ejecutado_pct,
        case
            when avance_accion.origen = 'reportado'
                then greatest(avance_accion.avance_fisico_pct - cuts.tope_pct, 0)
            else 0
        end as sobre_tope_pct,
        coalesce(action_means.desviacion_pct, 0) as desviacion_pct
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

objective_sums as (
    select
        {{ key | join(',\n        ') }},
        oei_id,
        sum(n_actividades) as n_actividades,
        {{ projected_sums(over_cap='sobre_tope_pct') }}
    from weighted_actions
    group by {{ key | join(', ') }}, oei_id
),

objective_means as (
    select
        objective_sums.*,
        {{ projected_mean('objective_sums', 'parametros.correlacion') }}
    from objective_sums
    cross join parametros
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
            when avance_objetivo.origen = 'reportado' then avance_objetivo.avance_fisico_pct
            else objective_means.ejecutado_pct
        end as ejecutado_pct,
        case
            when avance_objetivo.origen = 'reportado'
                then greatest(avance_objetivo.avance_fisico_pct - cuts.tope_pct, 0)
            else coalesce(objective_means.sobre_tope_pct, 0)
        end as sobre_tope_pct,
        case
            when avance_objetivo.origen = 'reportado' then 0
            else coalesce(objective_means.desviacion_pct, 0)
        end as desviacion_pct
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

centre_sums as (
    select
        {{ key | join(',\n        ') }},
        centro_costo_id,
        count(*) as n_actividades,
        {{ projected_sums() }}
    from actividades
    group by {{ key | join(', ') }}, centro_costo_id
),

-- What the entity's mean is over, as its method names it (contract, section 2, entity).
sums_of_elements as (
    select
        centre_sums.entidad_id,
        centre_sums.plan_id,
        centre_sums.mes_corte,
        'actividades' as elementos,
        {{ sums_of_projected_sums('centre_sums') }}
    from centre_sums
    group by centre_sums.entidad_id, centre_sums.plan_id, centre_sums.mes_corte
    {%- for name, relation in [
        ('acciones', 'weighted_actions'), ('objetivos', 'weighted_objectives')
    ] %}
    union all
    select
        {{ key | join(',\n        ') }},
        '{{ name }}' as elementos,
        sum(n_actividades) as n_actividades,
        {{ projected_sums(over_cap='sobre_tope_pct') }}
    from {{ relation }}
    group by {{ key | join(', ') }}
    {%- endfor %}
),

entity_sums as (
    select sums_of_elements.*
    from sums_of_elements
    inner join cuts
        on
            sums_of_elements.entidad_id = cuts.entidad_id
            and sums_of_elements.plan_id = cuts.plan_id
            and sums_of_elements.mes_corte = cuts.mes_corte
            and sums_of_elements.elementos = cuts.promedio_entidad
),

-- CC: the centre's own activities; CC_TOTAL: its own and those of all centres below.
sums_with_centres_below as (
    select
        centre_sums.entidad_id,
        centre_sums.plan_id,
        centre_sums.mes_corte,
        tree.centro_costo_id,
        {{ sums_of_projected_sums('centre_sums') }}
    from centre_sums
    inner join tree
        on
            centre_sums.entidad_id = tree.entidad_id
            and centre_sums.centro_costo_id = tree.descendiente_id
    group by
        centre_sums.entidad_id, centre_sums.plan_id, centre_sums.mes_corte, tree.centro_costo_id
),

mean_sums as (
    {%- for level, element, centre, relation in [
        ("'ENTIDAD'", 'entidad_id', 'null', 'entity_sums'),
        ("'CC_TOTAL'", 'centro_costo_id', 'centro_costo_id', 'sums_with_centres_below'),
        ("'CC'", 'centro_costo_id', 'centro_costo_id', 'centre_sums')
    ] %}
    select
        {{ key | join(',\n        ') }},
        {{ level }} as nivel,
        {{ element }} as elemento_id,
        {{ centre }} as centro_costo_id,
        n_actividades,
        suma_pesos,
        suma_esperado,
        suma_ejecutado,
        suma_sobre_tope,
        suma_desviacion,
        suma_cuadrados
    from {{ relation }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

element_means as (
    {%- for level, element, relation in [
        ("'AEI'", 'aei_id', 'weighted_actions'), ("'OEI'", 'oei_id', 'weighted_objectives')
    ] %}
    select
        {{ key | join(',\n        ') }},
        {{ level }} as nivel,
        {{ element }} as elemento_id,
        null as centro_costo_id,
        n_actividades,
        esperado_pct,
        ejecutado_pct,
        sobre_tope_pct,
        desviacion_pct
    from {{ relation }}
    union all
    {%- endfor %}
    select
        mean_sums.{{ key | join(',\n        mean_sums.') }},
        mean_sums.nivel,
        mean_sums.elemento_id,
        mean_sums.centro_costo_id,
        mean_sums.n_actividades,
        {{ projected_mean('mean_sums', 'parametros.correlacion') }}
    from mean_sums
    cross join parametros
),

-- What is executed stays, as in the activities' own rows. Reported figures have no cap: the mean of
-- those above it may lie above it.
{%- set ceiling = 'cuts.tope_pct + element_means.sobre_tope_pct' %}
with_interval as (
    select
        element_means.entidad_id,
        element_means.plan_id,
        element_means.mes_corte,
        element_means.nivel,
        element_means.elemento_id,
        element_means.centro_costo_id,
        element_means.n_actividades,
        element_means.esperado_pct as avance_proyectado_pct,
        element_means.ejecutado_pct,
        {{ capped('greatest(element_means.esperado_pct '
            ~ '- parametros.z_intervalo * element_means.desviacion_pct, '
            ~ 'element_means.ejecutado_pct, 0)', ceiling) }}
            as proyectado_min_pct,
        {{ capped('element_means.esperado_pct '
            ~ '+ parametros.z_intervalo * element_means.desviacion_pct', ceiling) }}
            as proyectado_max_pct,
        element_means.desviacion_pct = 0 as es_cierto,
        -- A hundredth: what is certain has no deviation, and its chance is 0 or 1 all the same.
        greatest(element_means.desviacion_pct, 0.01) as desviacion_pct,
        bandas.rojo_existe,
        bandas.rojo_desde,
        bandas.rojo_hasta,
        bandas.rojo_incluye_hasta
    from element_means
    inner join cuts
        on
            element_means.entidad_id = cuts.entidad_id
            and element_means.plan_id = cuts.plan_id
            and element_means.mes_corte = cuts.mes_corte
    left join bandas
        on cuts.metodologia_id = bandas.metodologia_id
    cross join parametros
    where element_means.esperado_pct is not null
),

levels as (
    select
        with_interval.{{ key | join(',\n        with_interval.') }},
        with_interval.nivel,
        with_interval.elemento_id,
        with_interval.centro_costo_id,
        with_interval.n_actividades,
        with_interval.avance_proyectado_pct,
        with_interval.proyectado_min_pct,
        with_interval.proyectado_max_pct,
        -- What is certain to end on the band's upper edge ends on the side the edge belongs to.
        case
            when
                with_interval.es_cierto
                and {{ figure_in_bands('with_interval.avance_proyectado_pct') }}
                = with_interval.rojo_hasta
                then case when with_interval.rojo_incluye_hasta then 1 else 0 end
            else {{ chance_of_red(
                'with_interval.avance_proyectado_pct', 'with_interval.desviacion_pct',
                'with_interval.ejecutado_pct', 'with_interval'
            ) }}
        end as probabilidad_rojo
    from with_interval
)

select * from levels
