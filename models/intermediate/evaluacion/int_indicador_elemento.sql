{{ config(materialized='view') }}
with indicadores as (
    select * from {{ ref('stg_indicadores') }}
),

acciones as (
    select * from {{ ref('stg_acciones') }}
),

-- An objective's indicators are its own and those of its actions (contract, section 2).
with_objective as (
    select
        indicadores.entidad_id,
        indicadores.plan_id,
        indicadores.indicador_id,
        indicadores.elemento_id,
        indicadores.nombre,
        indicadores.unidad_medida,
        indicadores.sentido,
        indicadores.linea_base,
        case when acciones.aei_id is null then 'OEI' else 'AEI' end as nivel_elemento,
        coalesce(acciones.oei_id, indicadores.elemento_id) as oei_id
    from indicadores
    left join acciones
        on
            indicadores.entidad_id = acciones.entidad_id
            and indicadores.plan_id = acciones.plan_id
            and indicadores.elemento_id = acciones.aei_id
)

select * from with_objective
