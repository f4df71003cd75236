{{ config(materialized=view_in_process()) }}
{%- set scope = ['entidad_id', 'plan_id', 'centro_costo_id', 'alcance'] %}
with published as (
    select distinct
        entidad_id,
        plan_id
    from {{ ref('stg_valores_publicados') }}
),

-- Only published values are held against these sums: none of other plans is made.
metas as (
    select years.*
    from {{ ref('int_meta_anual') }} as years
    inner join published
        on
            years.entidad_id = published.entidad_id
            and years.plan_id = published.plan_id
),

tree as (
    select * from {{ ref('int_centro_descendiente') }}
),

by_centre as (
    {{ sums_of_months('metas', ['entidad_id', 'plan_id', 'centro_costo_id']) }}
),

both_scopes as (
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        'propio' as alcance
        {%- for month in range(1, 13) %},
        {{ month_column('n', month) }},
        {{ month_column('pf', month) }},
        {{ month_column('ef', month) }}
        {%- endfor %}
    from by_centre
    union all
    select
        by_centre.entidad_id,
        by_centre.plan_id,
        tree.centro_costo_id,
        'total' as alcance
        {%- for month in range(1, 13) %},
        sum(by_centre.{{ month_column('n', month) }}) as {{ month_column('n', month) }},
        sum(by_centre.{{ month_column('pf', month) }}) as {{ month_column('pf', month) }},
        sum(by_centre.{{ month_column('ef', month) }}) as {{ month_column('ef', month) }}
        {%- endfor %}
    from by_centre
    inner join tree
        on
            by_centre.entidad_id = tree.entidad_id
            and by_centre.centro_costo_id = tree.descendiente_id
    group by by_centre.entidad_id, by_centre.plan_id, tree.centro_costo_id
),

months as (
    {{ named_months('both_scopes', scope) }}
)

select * from months
