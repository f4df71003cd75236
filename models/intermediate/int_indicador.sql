{{ by_plan() }}
with indicadores as (
    select * from {{ of_touched_plans(ref('stg_indicadores')) }}
),

resultados as (
    select * from {{ of_touched_plans(ref('stg_indicador_resultados')) }}
),

acciones as (
    select * from {{ of_touched_plans(ref('stg_acciones')) }}
),

planes as (
    select * from {{ ref('int_plan') }}
),

bandas as (
    select * from {{ ref('int_semaforo_bandas') }}
    where ambito = 'indicador'
),

with_result as (
    select
        indicadores.entidad_id,
        indicadores.plan_id,
        indicadores.indicador_id,
        resultados.mes_corte,
        planes.anio,
        planes.metodologia_id,
        planes.tope_pct,
        indicadores.elemento_id,
        coalesce(acciones.oei_id, indicadores.elemento_id) as oei_id,
        case when acciones.aei_id is null then 'OEI' else 'AEI' end as nivel_elemento,
        resultados.programado,
        resultados.obtenido,
        -- Contract, section 2, indicators: with a baseline, the way gone of the way to go.
        case
            when indicadores.linea_base is not null then {{ percentage(
                'resultados.obtenido - indicadores.linea_base',
                'resultados.programado - indicadores.linea_base'
            ) }}
            when indicadores.sentido = 'ascendente'
                then {{ percentage('resultados.obtenido', 'resultados.programado') }}
            else {{ percentage('resultados.programado', 'resultados.obtenido') }}
        end as avance_sin_tope_pct,
        case
            when indicadores.sentido = 'ascendente'
                then resultados.obtenido >= resultados.programado
            else resultados.obtenido <= resultados.programado
        end as logrado
    from indicadores
    inner join resultados
        on
            indicadores.entidad_id = resultados.entidad_id
            and indicadores.plan_id = resultados.plan_id
            and indicadores.indicador_id = resultados.indicador_id
    inner join planes
        on
            indicadores.entidad_id = planes.entidad_id
            and indicadores.plan_id = planes.plan_id
    left join acciones
        on
            indicadores.entidad_id = acciones.entidad_id
            and indicadores.plan_id = acciones.plan_id
            and indicadores.elemento_id = acciones.aei_id
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
        figures.metodologia_id,
        figures.elemento_id,
        figures.nivel_elemento,
        figures.oei_id,
        figures.programado,
        figures.obtenido,
        figures.avance_pct,
        figures.logrado,
        {{ colour_of('figures.avance_pct', 'bandas') }} as semaforo
    from with_cap as figures
    left join bandas
        on figures.metodologia_id = bandas.metodologia_id
)

select * from with_colour
