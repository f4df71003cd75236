{{ config(materialized='view') }}
with versions as (
    select * from {{ ref('stg_metas_programadas') }}
),

registrations as (
    select * from {{ ref('stg_metas_ejecutadas') }}
),

-- With what a later load replaced, which the staging model leaves out.
reported as (
    select * from {{ ref('resultados_reportados') }}
),

-- What each month was said to be, one after the other: the last one known holds.
programmed as (
    select
        entidad_id,
        plan_id,
        'programacion' as tipo,
        'AO' as nivel,
        actividad_id as elemento_id,
        mes,
        version,
        fecha_version as fecha,
        meta_fisica as programado_fisico,
        cast(null as decimal(18, 4)) as ejecutado_fisico,
        cast(null as decimal(18, 4)) as avance_fisico_pct,
        meta_financiera as programado_financiero,
        cast(null as decimal(18, 2)) as ejecutado_financiero,
        lag(meta_fisica) over versiones as fisico_anterior,
        lag(meta_financiera) over versiones as financiero_anterior,
        cast(null as decimal(18, 4)) as avance_anterior_pct,
        row_number() over (
            partition by entidad_id, plan_id, actividad_id, mes order by version desc
        ) = 1 as vigente,
        archivo,
        fila,
        cargado_en
    from versions
    window versiones as (partition by entidad_id, plan_id, actividad_id, mes order by version)
),

executed as (
    select
        entidad_id,
        plan_id,
        'ejecucion' as tipo,
        'AO' as nivel,
        actividad_id as elemento_id,
        mes,
        cast(null as integer) as version,
        fecha_registro as fecha,
        cast(null as decimal(18, 4)) as programado_fisico,
        ejecucion_fisica as ejecutado_fisico,
        cast(null as decimal(18, 4)) as avance_fisico_pct,
        cast(null as decimal(18, 2)) as programado_financiero,
        ejecucion_financiera as ejecutado_financiero,
        lag(ejecucion_fisica) over registros as fisico_anterior,
        lag(ejecucion_financiera) over registros as financiero_anterior,
        cast(null as decimal(18, 4)) as avance_anterior_pct,
        row_number() over (
            partition by entidad_id, plan_id, actividad_id, mes order by fecha_registro desc
        ) = 1 as vigente,
        archivo,
        fila,
        cargado_en
    from registrations
    window
        registros as (partition by entidad_id, plan_id, actividad_id, mes order by fecha_registro)
),

-- Already accumulated to their month, without a date of their own.
accumulated as (
    select
        entidad_id,
        plan_id,
        'reporte' as tipo,
        nivel,
        elemento_id,
        mes_corte as mes,
        cast(null as integer) as version,
        cast(null as date) as fecha,
        programado_fisico,
        ejecutado_fisico,
        avance_fisico_pct,
        programado_financiero,
        ejecutado_financiero,
        lag(ejecutado_fisico) over cargas as fisico_anterior,
        lag(ejecutado_financiero) over cargas as financiero_anterior,
        lag(avance_fisico_pct) over cargas as avance_anterior_pct,
        row_number() over (
            partition by entidad_id, plan_id, nivel, elemento_id, mes_corte
            order by cargado_en desc, fila desc
        ) = 1 as vigente,
        archivo,
        fila,
        cargado_en
    from reported
    window
        cargas as (
            partition by entidad_id, plan_id, nivel, elemento_id, mes_corte
            order by cargado_en, fila
        )
),

all_rows as (
    select * from programmed
    union all
    select * from executed
    union all
    select * from accumulated
)

select * from all_rows
