{#- A view, of touched plans where only they are computed: int_meta_anual alone reads it. -#}
{{ config(materialized=view_in_process()) }}
with versions as (
    select * from {{ of_touched_plans(ref('stg_metas_programadas')) }}
),

twelve_months as (
    {{ programmed_months('versions') }}
)

select * from twelve_months
