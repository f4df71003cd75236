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
{#- Twelve months name one activity, which is looked for once. -#}
{%- for table in of_months %}
{{ table }} as (
    select distinct
        entidad_id,
        plan_id,
        actividad_id
    from {{ of_touched_plans(ref('stg_' ~ table)) }}
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
    inner join {{ of_touched_plans(ref('stg_' ~ child)) }} as months
        on
            {%- for key in keys %}
            {{ 'and ' if not loop.first }}orphans.{{ key }} is not distinct from months.{{ key }}
            {%- endfor %}
    {%- endif %}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from orphans
