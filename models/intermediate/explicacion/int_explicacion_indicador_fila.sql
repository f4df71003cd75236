{{ config(materialized='view') }}
{#- With what a later load replaced, which the staging models leave out. -#}
with definitions as (
    select * from {{ ref('indicadores') }}
),

results as (
    select * from {{ ref('indicador_resultados') }}
),

defined as (
    select
        entidad_id,
        plan_id,
        indicador_id,
        'ficha' as tipo,
        cast(null as integer) as mes_corte,
        elemento_id,
        sentido,
        linea_base,
        cast(null as decimal(18, 4)) as programado,
        cast(null as decimal(18, 4)) as obtenido,
        lag(elemento_id) over cargas as elemento_anterior_id,
        lag(sentido) over cargas as sentido_anterior,
        lag(linea_base) over cargas as linea_base_anterior,
        cast(null as decimal(18, 4)) as programado_anterior,
        cast(null as decimal(18, 4)) as obtenido_anterior,
        row_number() over (
            partition by entidad_id, plan_id, indicador_id order by cargado_en desc, fila desc
        ) = 1 as vigente,
        archivo,
        fila,
        cargado_en
    from definitions
    window
        cargas as (partition by entidad_id, plan_id, indicador_id order by cargado_en, fila)
),

obtained as (
    select
        entidad_id,
        plan_id,
        indicador_id,
        'resultado' as tipo,
        mes_corte,
        cast(null as varchar(200)) as elemento_id,
        cast(null as varchar(40)) as sentido,
        cast(null as decimal(18, 4)) as linea_base,
        programado,
        obtenido,
        cast(null as varchar(200)) as elemento_anterior_id,
        cast(null as varchar(40)) as sentido_anterior,
        cast(null as decimal(18, 4)) as linea_base_anterior,
        lag(programado) over cargas as programado_anterior,
        lag(obtenido) over cargas as obtenido_anterior,
        row_number() over (
            partition by entidad_id, plan_id, indicador_id, mes_corte
            order by cargado_en desc, fila desc
        ) = 1 as vigente,
        archivo,
        fila,
        cargado_en
    from results
    window
        cargas as (
            partition by entidad_id, plan_id, indicador_id, mes_corte order by cargado_en, fila
        )
),

all_rows as (
    select * from defined
    union all
    select * from obtained
)

select * from all_rows
