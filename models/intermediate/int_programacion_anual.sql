{{ by_plan() }}
with versions as (
    select * from {{ of_touched_plans(ref('stg_metas_programadas')) }}
),

twelve_months as (
    {{ programmed_months('versions') }}
)

select * from twelve_months
