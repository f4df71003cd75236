{{ by_plan() }}
{#-
  A plan that nothing happened to has not lost a parent: rows are only ever added. What comes past
  the loader, or goes, is a row that raw.carga does not account for, and then all plans are
  computed (orchestration/recalculation.py).
-#}
{%- set of_months = ['metas_programadas', 'metas_ejecutadas'] %}
{%- set of_plans = [
    'planes', 'objetivos', 'acciones', 'actividades', 'indicadores', 'indicador_resultados'
] %}
with
{%- for table in ['entidades', 'metodologias'] %}
{{ table }} as (
    select * from {{ ref('stg_' ~ table) }}
),
{% endfor %}
centros_costo as (
    select * from {{ of_touched_entities(ref('stg_centros_costo')) }}
),

{%- for table in of_plans %}
{{ table }} as (
    select * from {{ of_touched_plans(ref('stg_' ~ table)) }}
),
{% endfor %}
kept as (
    select
        entidad_id,
        plan_id,
        sum(filas_programadas) as metas_programadas,
        sum(
            {%- for month in range(1, 13) %}
            {{ '+ ' if not loop.first }}{{ month_column('nr', month) }}
            {%- endfor %}
        ) as metas_ejecutadas
    from {{ of_touched_plans(ref('int_meta_anual')) }}
    group by entidad_id, plan_id
),

{#- Where the year's rows of a plan stand for all its months none is an orphan. Of other plans it is
    looked for: twelve months name one activity. -#}
{%- for table in of_months %}
{{ table }}_por_plan as (
    select
        entidad_id,
        plan_id,
        count(*) as filas
    from {{ of_touched_plans(ref('stg_' ~ table)) }}
    group by entidad_id, plan_id
),

{{ table }}_planes_en_duda as (
    select
        counted.entidad_id,
        counted.plan_id
    from {{ table }}_por_plan as counted
    left join kept
        on
            counted.entidad_id = kept.entidad_id
            and counted.plan_id = kept.plan_id
    where kept.{{ table }} is null or kept.{{ table }} != counted.filas
),

{{ table }}_en_duda as (
    select
        months.entidad_id,
        months.plan_id,
        months.actividad_id
    from {{ of_touched_plans(ref('stg_' ~ table)) }} as months
    inner join {{ table }}_planes_en_duda as doubtful
        on
            months.entidad_id is not distinct from doubtful.entidad_id
            and months.plan_id is not distinct from doubtful.plan_id
),

{{ table }} as (
    select distinct * from {{ table }}_en_duda
),
{% endfor %}
{%- for child, parent, keys in checked_relations() %}
{{ child }}_sin_{{ parent }} as (
    select children.*
    from {{ child }} as children
    left join {{ parent }} as parents
        on
            {%- for key in keys %}
            {{ 'and ' if not loop.first }}children.{{ key }} = parents.{{ key }}
            {%- endfor %}
    where parents.{{ keys[0] }} is null
),
{% endfor %}
orphans as (
    {%- for child, parent, keys in checked_relations() %}
    select
        '{{ child }} sin {{ parent }}' as relacion,
        orphans.entidad_id,
        orphans.plan_id,
        concat_ws(
            '/'{% for key in keys %},
            orphans.{{ key }}{% endfor %}
        ) as clave
    from {{ child }}_sin_{{ parent }} as orphans
    {%- if child in of_months %}
    inner join {{ child }}_en_duda as months
        on
            {%- for key in keys %}
            {{ 'and ' if not loop.first }}orphans.{{ key }} is not distinct from months.{{ key }}
            {%- endfor %}
    {%- endif %}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from orphans
