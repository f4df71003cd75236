{{ config(materialized=view_in_process()) }}
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

by_entity as (
    {{ sums_of_months('metas', ['entidad_id', 'plan_id']) }}
),

months as (
    {{ named_months('by_entity', ['entidad_id', 'plan_id']) }}
)

select * from months
