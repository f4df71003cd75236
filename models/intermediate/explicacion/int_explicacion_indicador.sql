{{ config(materialized='view') }}
with figures as (
    select * from {{ ref('int_indicador') }}
),

indicadores as (
    select * from {{ ref('stg_indicadores') }}
),

planes as (
    select * from {{ ref('int_plan') }}
),

-- Which of the contract's rules gives the figure (section 2, indicators), or why none does.
explained as (
    select
        figures.entidad_id,
        figures.plan_id,
        figures.indicador_id,
        figures.mes_corte,
        indicadores.nombre,
        indicadores.unidad_medida,
        figures.nivel_elemento,
        figures.elemento_id,
        figures.oei_id,
        indicadores.sentido,
        indicadores.linea_base,
        figures.programado,
        figures.obtenido,
        case
            when not planes.con_seguimiento then 'sin_seguimiento'
            when figures.obtenido is null then 'sin_dato'
            when figures.avance_sin_tope_pct is null and indicadores.linea_base is not null
                then 'base_igual_a_meta'
            when figures.avance_sin_tope_pct is null then 'divisor_cero'
            when indicadores.linea_base is not null then 'linea_base'
            else indicadores.sentido
        end as regla,
        {{ as_double('figures.avance_sin_tope_pct') }} as avance_sin_tope_pct,
        {{ as_double('figures.avance_pct') }} as avance_pct,
        figures.logrado,
        figures.semaforo
    from figures
    inner join indicadores
        on
            figures.entidad_id = indicadores.entidad_id
            and figures.plan_id = indicadores.plan_id
            and figures.indicador_id = indicadores.indicador_id
    inner join planes
        on
            figures.entidad_id = planes.entidad_id
            and figures.plan_id = planes.plan_id
)

select * from explained
