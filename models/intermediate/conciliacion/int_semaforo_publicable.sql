{{ by_plan() }}
with counts as (
    select * from {{ of_touched_plans(ref('int_semaforizacion')) }}
),

results as (
    select * from {{ of_touched_plans(ref('int_resultado_objetivo')) }}
),

planes as (
    select * from {{ ref('int_plan') }}
),

bandas as (
    select * from {{ ref('stg_semaforo_bandas') }}
    where ambito = 'indicador'
),

-- Some evaluations count objectives by the colour of their indicators' result.
result_counts as (
    select
        results.entidad_id,
        results.plan_id,
        results.mes_corte,
        'RESULTADO_OEI' as nivel,
        bandas.color,
        count(*) filter (where results.semaforo = bandas.color) as cantidad
    from results
    inner join planes
        on
            results.entidad_id = planes.entidad_id
            and results.plan_id = planes.plan_id
    inner join bandas
        on planes.metodologia_id = bandas.metodologia_id
    group by results.entidad_id, results.plan_id, results.mes_corte, bandas.color
),

all_counts as (
    select
        entidad_id,
        plan_id,
        mes_corte,
        nivel,
        color,
        cantidad
    from counts
    union all
    select * from result_counts
)

select * from all_counts
