{#-
  Checks of the warehouse itself: I01 to I04. What breaks them would make figures wrong without
  anybody noticing, hence they stop the publication.
-#}
with cortes as (
    select * from {{ ref('int_corte_vigente') }}
),

planes as (
    select * from {{ ref('int_plan') }}
),

bandas as (
    select distinct
        metodologia_id,
        ambito
    from {{ ref('stg_semaforo_bandas') }}
),

figures as (
    select * from {{ ref('int_cifra_sin_color') }}
),

orphans as (
    {%- for child, parent, _ in checked_relations() %}
    select
        '{{ child }} sin {{ parent }}' as relacion,
        count(*) as filas,
        min(clave) as ejemplo
    from {{ ref('int_huerfana') }}
    where relacion = '{{ child }} sin {{ parent }}'
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

orphan_rows as (
    select
        {{ measured(
            'I01', "'TABLA'", 'relacion', 'filas',
            counted('filas', 'fila', 'filas') ~ " || ' de ' || relacion || ', por ejemplo '"
            ~ " || coalesce(ejemplo, 'ninguna')",
            entity='null', plan='null'
        ) }}
    from orphans
),

-- A method without any band for a scope gives no colour there, which is its decision.
colourless as (
    select
        planes.entidad_id,
        planes.plan_id,
        sum(case when bandas.metodologia_id is null then 0 else figures.cifras end) as cifras
    from planes
    left join figures
        on
            planes.entidad_id = figures.entidad_id
            and planes.plan_id = figures.plan_id
    left join bandas
        on
            planes.metodologia_id = bandas.metodologia_id
            and figures.ambito = bandas.ambito
    group by planes.entidad_id, planes.plan_id
),

colourless_figures as (
    select
        {{ measured(
            'I02', "'PLAN'", 'plan_id', 'cifras',
            counted('cifras', 'cifra', 'cifras') ~ " || ' que ninguna banda del semáforo cubre'"
        ) }}
    from colourless
),

repeated as (
    {%- for mart in advance_marts() %}
    select
        '{{ mart }}' as tabla,
        count(*) as claves
    from {{ ref('int_clave_repetida') }}
    where tabla = '{{ mart }}'
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

repeated_keys as (
    select
        {{ measured(
            'I03', "'TABLA'", 'tabla', 'claves',
            counted('claves', 'clave', 'claves') ~ " || ' con más de una fila en ' || tabla",
            entity='null', plan='null'
        ) }}
    from repeated
),

-- Money and counts of an entity are the sums of its objectives (decision 7).
objective_sums as (
    select
        objectives.entidad_id,
        objectives.plan_id,
        objectives.mes_corte,
        sum(objectives.n_actividades) as n_actividades,
        sum(objectives.programado_financiero) as programado,
        sum(objectives.ejecutado_financiero) as ejecutado
    from {{ ref('fct_avance_objetivo') }} as objectives
    inner join cortes
        on
            objectives.entidad_id = cortes.entidad_id
            and objectives.plan_id = cortes.plan_id
            and objectives.mes_corte = cortes.corte_vigente
    group by objectives.entidad_id, objectives.plan_id, objectives.mes_corte
),

differences as (
    select
        entity.entidad_id,
        entity.plan_id,
        entity.mes_corte,
        abs(coalesce(entity.n_actividades, 0) - coalesce(sums.n_actividades, 0)) as actividades,
        abs(coalesce(entity.programado_financiero, 0) - coalesce(sums.programado, 0))
        + abs(coalesce(entity.ejecutado_financiero, 0) - coalesce(sums.ejecutado, 0)) as dinero
    from {{ ref('fct_avance_entidad') }} as entity
    inner join cortes
        on
            entity.entidad_id = cortes.entidad_id
            and entity.plan_id = cortes.plan_id
            and entity.mes_corte = cortes.corte_vigente
    left join objective_sums as sums
        on
            entity.entidad_id = sums.entidad_id
            and entity.plan_id = sums.plan_id
            and entity.mes_corte = sums.mes_corte
),

unequal_levels as (
    select
        {{ measured(
            'I04', "'PLAN'", 'plan_id', 'actividades + dinero',
            "'Los objetivos suman ' || " ~ plain_number('actividades', 0)
            ~ " || ' actividades y ' || " ~ plain_money('dinero')
            ~ " || ' en dinero de diferencia con la entidad'",
            month='mes_corte'
        ) }}
    from differences
),

all_rules as (
    select * from orphan_rows
    union all
    select * from colourless_figures
    union all
    select * from repeated_keys
    union all
    select * from unequal_levels
)

select * from all_rules
