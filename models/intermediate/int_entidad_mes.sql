{{ config(materialized=view_in_process()) }}
with metas as (
    select * from {{ ref('int_meta_anual') }}
),

by_entity as (
    {{ sums_of_months('metas', ['entidad_id', 'plan_id']) }}
),

months as (
    {{ named_months('by_entity', ['entidad_id', 'plan_id']) }}
)

select * from months
