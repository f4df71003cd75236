{{ config(materialized=view_in_process()) }}
with published as (
    select * from {{ ref('stg_valores_publicados') }}
),

-- Only published values are held against these sums: none of other plans is made.
metas as (
    select * from {{ ref('int_meta_anual') }}
    where (entidad_id, plan_id) in (select entidad_id, plan_id from published)
),

by_entity as (
    {{ sums_of_months('metas', ['entidad_id', 'plan_id']) }}
),

months as (
    {{ named_months('by_entity', ['entidad_id', 'plan_id']) }}
)

select * from months
