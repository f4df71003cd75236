with entidades as (
    select * from {{ ref('stg_entidades') }}
)

select
    entidad_id,
    nombre,
    pais,
    nivel_gobierno,
    moneda
from entidades
