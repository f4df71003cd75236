with versions as (
    select * from {{ ref('stg_metas_programadas') }}
),

twelve_months as (
    {{ programmed_months('versions') }}
)

select * from twelve_months
