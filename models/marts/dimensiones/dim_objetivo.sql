with objetivos as (
    select * from {{ ref('stg_objetivos') }}
)

select
    entidad_id,
    plan_id,
    oei_id,
    nombre,
    ponderacion
from objetivos
