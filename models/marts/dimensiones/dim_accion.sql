with acciones as (
    select * from {{ ref('stg_acciones') }}
)

select * from acciones
