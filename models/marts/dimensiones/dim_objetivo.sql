with objetivos as (
    select * from {{ ref('stg_objetivos') }}
)

select * from objetivos
