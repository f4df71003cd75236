with entidades as (
    select * from {{ ref('stg_entidades') }}
)

select * from entidades
