{#- A view of the plans in hand: int_meta_anual alone reads it. -#}
{{ config(materialized=view_in_process()) }}
with versions as (
    select * from {{ of_plans_in_hand(ref('stg_metas_programadas')) }}
),

twelve_months as (
    {{ programmed_months('versions') }}
)

select * from twelve_months
