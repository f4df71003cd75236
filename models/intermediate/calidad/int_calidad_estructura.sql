{{ by_plan() }}
{#- Rules about the tree of a plan: P01, P05, P06. -#}
with actividades as (
    select * from {{ of_touched_plans(ref('int_actividad')) }}
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

reported as (
    select * from {{ of_touched_plans(ref('stg_resultados_reportados')) }}
),

activity_weights as (
    select
        actividades.entidad_id,
        actividades.plan_id,
        actividades.aei_id,
        count(*) as n_actividades,
        case
            when min(actividades.centro_costo_id) = max(actividades.centro_costo_id)
                then min(actividades.centro_costo_id)
        end as centro_costo_id,
        sum(coalesce(actividades.ponderacion, 0)) as suma
    from actividades
    inner join planes
        on
            actividades.entidad_id = planes.entidad_id
            and actividades.plan_id = planes.plan_id
    where planes.ponderacion = 'ponderada'
    group by actividades.entidad_id, actividades.plan_id, actividades.aei_id
),

-- In a POA each unit weighs its own objectives; elsewhere an objective weighs all its actions.
weighed_actions as (
    select distinct
        acciones.entidad_id,
        acciones.plan_id,
        acciones.oei_id,
        acciones.aei_id,
        case when planes.tipo = 'POA' then actividades.centro_costo_id end as centro_costo_id,
        coalesce(acciones.ponderacion, 0) as ponderacion
    from acciones
    inner join planes
        on
            acciones.entidad_id = planes.entidad_id
            and acciones.plan_id = planes.plan_id
    left join actividades
        on
            acciones.entidad_id = actividades.entidad_id
            and acciones.plan_id = actividades.plan_id
            and acciones.aei_id = actividades.aei_id
    where
        planes.ponderacion = 'ponderada'
        and (planes.tipo != 'POA' or actividades.centro_costo_id is not null)
),

action_weights as (
    select
        entidad_id,
        plan_id,
        oei_id,
        centro_costo_id,
        count(*) as n_acciones,
        sum(ponderacion) as suma
    from weighed_actions
    group by entidad_id, plan_id, oei_id, centro_costo_id
),

weights as (
    select
        {{ measured(
            'P01', "'AEI'", 'aei_id', 'suma',
            "case when n_actividades = 1 then 'El peso de su única actividad es ' else "
            ~ "'Los pesos de sus ' || " ~ plain_number('n_actividades', 0)
            ~ " || ' actividades suman ' end || " ~ plain_number('suma', 4),
            centre='centro_costo_id'
        ) }}
    from activity_weights
    union all
    select
        {{ measured(
            'P01', "'OEI'", 'oei_id', 'suma',
            "case when n_acciones = 1 then 'El peso de la única acción u objetivo' else "
            ~ "'Los pesos de ' || " ~ plain_number('n_acciones', 0)
            ~ " || ' acciones u objetivos' end"
            ~ " || case when centro_costo_id is null then '' else ' de ' || centro_costo_id end"
            ~ " || case when n_acciones = 1 then ' es ' else ' suman ' end || "
            ~ plain_number('suma', 4),
            centre='centro_costo_id'
        ) }}
    from action_weights
),

-- How many activities a report says an element has, where they are not loaded one by one.
reported_counts as (
    select
        entidad_id,
        plan_id,
        nivel,
        elemento_id,
        coalesce(max(n_actividades), 1) as n_actividades
    from reported
    where nivel in ('AEI', 'CC')
    group by entidad_id, plan_id, nivel, elemento_id
),

loaded_counts as (
    select
        entidad_id,
        plan_id,
        'AEI' as nivel,
        aei_id as elemento_id,
        count(*) as n_actividades
    from actividades
    group by entidad_id, plan_id, aei_id
    union all
    select
        entidad_id,
        plan_id,
        'CC' as nivel,
        centro_costo_id as elemento_id,
        count(*) as n_actividades
    from actividades
    group by entidad_id, plan_id, centro_costo_id
),

activity_counts as (
    select
        coalesce(loaded.entidad_id, reported_counts.entidad_id) as entidad_id,
        coalesce(loaded.plan_id, reported_counts.plan_id) as plan_id,
        coalesce(loaded.nivel, reported_counts.nivel) as nivel,
        coalesce(loaded.elemento_id, reported_counts.elemento_id) as elemento_id,
        coalesce(loaded.n_actividades, reported_counts.n_actividades) as n_actividades
    from loaded_counts as loaded
    full outer join reported_counts
        on
            loaded.entidad_id = reported_counts.entidad_id
            and loaded.plan_id = reported_counts.plan_id
            and loaded.nivel = reported_counts.nivel
            and loaded.elemento_id = reported_counts.elemento_id
),

action_counts as (
    select
        entidad_id,
        plan_id,
        oei_id,
        count(*) as n_acciones
    from acciones
    group by entidad_id, plan_id, oei_id
),

nothing_below as (
    select
        {{ measured(
            'P05', "'AEI'", 'acciones.aei_id', 'coalesce(counts.n_actividades, 0)',
            "'Ninguna actividad operativa contribuye a esta acción'",
            entity='acciones.entidad_id', plan='acciones.plan_id'
        ) }}
    from acciones
    left join activity_counts as counts
        on
            acciones.entidad_id = counts.entidad_id
            and acciones.plan_id = counts.plan_id
            and acciones.aei_id = counts.elemento_id
            and counts.nivel = 'AEI'
    union all
    select
        {{ measured(
            'P05', "'OEI'", 'objetivos.oei_id', 'coalesce(counts.n_acciones, 0)',
            "'Ninguna acción estratégica contribuye a este objetivo'",
            entity='objetivos.entidad_id', plan='objetivos.plan_id'
        ) }}
    from objetivos
    left join action_counts as counts
        on
            objetivos.entidad_id = counts.entidad_id
            and objetivos.plan_id = counts.plan_id
            and objetivos.oei_id = counts.oei_id
),

too_many as (
    select
        {{ measured(
            'P06', 'nivel', 'elemento_id', 'n_actividades',
            "'Tiene ' || " ~ counted('n_actividades', 'actividad', 'actividades'),
            centre="case when nivel = 'CC' then elemento_id end"
        ) }}
    from activity_counts
),

all_rules as (
    select * from weights
    union all
    select * from nothing_below
    union all
    select * from too_many
)

select * from all_rules
