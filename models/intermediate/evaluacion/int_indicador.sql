{{ by_plan() }}
with indicadores as (
    select * from {{ of_touched_plans(ref('int_indicador_elemento')) }}
),

resultados as (
    select * from {{ of_touched_plans(ref('stg_indicador_resultados')) }}
),

planes as (
    select * from {{ ref('int_plan') }}
),

bandas as (
    select * from {{ ref('int_semaforo_bandas') }}
    where ambito = 'indicador'
),

-- Of a plan without seguimiento nothing executed is known, at any level (contract, section 2, AO).
known_results as (
    select
        resultados.entidad_id,
        resultados.plan_id,
        resultados.indicador_id,
        resultados.mes_corte,
        resultados.programado,
        case when planes.con_seguimiento then resultados.obtenido end as obtenido,
        planes.anio,
        planes.metodologia_id,
        planes.tope_pct
    from resultados
    inner join planes
        on
            resultados.entidad_id = planes.entidad_id
            and resultados.plan_id = planes.plan_id
),

with_result as (
    select
        indicadores.entidad_id,
        indicadores.plan_id,
        indicadores.indicador_id,
        known_results.mes_corte,
        known_results.anio,
        known_results.metodologia_id,
        known_results.tope_pct,
        indicadores.elemento_id,
        indicadores.oei_id,
        indicadores.nivel_elemento,
        known_results.programado,
        known_results.obtenido,
        -- Contract, section 2, indicators: with a baseline, the way gone of the way to go.
        -- Downwards both are turned round: nothing gone of it would be -0.
        case
            when indicadores.linea_base > known_results.programado then {{ percentage(
                'indicadores.linea_base - known_results.obtenido',
                'indicadores.linea_base - known_results.programado'
            ) }}
            when indicadores.linea_base is not null then {{ percentage(
                'known_results.obtenido - indicadores.linea_base',
                'known_results.programado - indicadores.linea_base'
            ) }}
            when indicadores.sentido = 'ascendente'
                then {{ percentage('known_results.obtenido', 'known_results.programado') }}
            else {{ percentage('known_results.programado', 'known_results.obtenido') }}
        end as avance_sin_tope_pct,
        case
            when indicadores.sentido = 'ascendente'
                then known_results.obtenido >= known_results.programado
            else known_results.obtenido <= known_results.programado
        end as logrado
    from indicadores
    inner join known_results
        on
            indicadores.entidad_id = known_results.entidad_id
            and indicadores.plan_id = known_results.plan_id
            and indicadores.indicador_id = known_results.indicador_id
),

with_cap as (
    select
        *,
        {{ capped('avance_sin_tope_pct', 'tope_pct') }} as avance_pct
    from with_result
),

with_colour as (
    select
        figures.entidad_id,
        figures.plan_id,
        figures.indicador_id,
        figures.mes_corte,
        figures.anio,
        figures.elemento_id,
        figures.nivel_elemento,
        figures.oei_id,
        figures.programado,
        figures.obtenido,
        figures.avance_sin_tope_pct,
        figures.avance_pct,
        figures.logrado,
        {{ colour_of('figures.avance_pct', 'bandas') }} as semaforo
    from with_cap as figures
    left join bandas
        on figures.metodologia_id = bandas.metodologia_id
)

select * from with_colour
