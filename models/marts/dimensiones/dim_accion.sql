with acciones as (
    select * from {{ ref('stg_acciones') }}
)

select
    entidad_id,
    plan_id,
    aei_id,
    oei_id,
    nombre,
    ponderacion
from acciones
