{{ by_plan() }}
with results as (
    select * from {{ of_touched_plans(ref('int_indicador')) }}
),

indicadores as (
    select * from {{ of_touched_plans(ref('int_indicador_elemento')) }}
),

planes as (
    select * from {{ ref('int_plan') }}
),

bandas as (
    select * from {{ ref('int_semaforo_bandas') }}
    where ambito = 'indicador'
),

-- All the indicators of an objective and its actions, whether they have a result or not.
objective_indicators as (
    select
        entidad_id,
        plan_id,
        oei_id,
        count(*) as n_indicadores
    from indicadores
    group by entidad_id, plan_id, oei_id
),

achieved as (
    select
        entidad_id,
        plan_id,
        oei_id,
        mes_corte,
        max(anio) as anio,
        count(*) filter (where logrado) as n_logrados
    from results
    group by entidad_id, plan_id, oei_id, mes_corte
),

-- Of a plan without seguimiento none is known to be achieved (contract, section 2, AO).
known as (
    select
        achieved.entidad_id,
        achieved.plan_id,
        achieved.oei_id,
        achieved.mes_corte,
        achieved.anio,
        planes.metodologia_id,
        case when planes.con_seguimiento then achieved.n_logrados end as n_logrados
    from achieved
    inner join planes
        on
            achieved.entidad_id = planes.entidad_id
            and achieved.plan_id = planes.plan_id
),

with_result as (
    select
        known.entidad_id,
        known.plan_id,
        known.oei_id,
        known.mes_corte,
        known.anio,
        known.metodologia_id,
        cast(objective_indicators.n_indicadores as integer) as n_indicadores,
        cast(known.n_logrados as integer) as n_logrados,
        {{ percentage('known.n_logrados', 'objective_indicators.n_indicadores') }}
            as resultado_pct
    from known
    inner join objective_indicators
        on
            known.entidad_id = objective_indicators.entidad_id
            and known.plan_id = objective_indicators.plan_id
            and known.oei_id = objective_indicators.oei_id
),

with_colour as (
    select
        figures.entidad_id,
        figures.plan_id,
        figures.oei_id,
        figures.mes_corte,
        figures.anio,
        figures.n_indicadores,
        figures.n_logrados,
        figures.resultado_pct,
        {{ colour_of('figures.resultado_pct', 'bandas') }} as semaforo
    from with_result as figures
    left join bandas
        on figures.metodologia_id = bandas.metodologia_id
)

select * from with_colour
