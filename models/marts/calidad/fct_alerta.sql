{#-
  A view, evaluated when it is published: the findings of this refresh are written after the
  models have run.
-#}
with evaluations as (
    select
        evaluacion_id,
        fecha_reporte,
        row_number() over (order by fecha_reporte, evaluacion_id) as orden
    from {{ ref('stg_evaluaciones') }}
),

findings as (
    select * from {{ ref('stg_hallazgos') }}
),

sightings as (
    select
        findings.*,
        evaluations.fecha_reporte,
        evaluations.orden,
        evaluations.orden - row_number() over (
            partition by findings.alerta_id order by evaluations.orden
        ) as apertura,
        row_number() over (
            partition by findings.alerta_id order by evaluations.orden desc
        ) as desde_la_ultima
    from findings
    inner join evaluations
        on findings.evaluacion_id = evaluations.evaluacion_id
),

-- Sightings in evaluations that follow each other without a gap are one opening.
openings as (
    select
        alerta_id,
        apertura,
        min(fecha_reporte) as abierta_desde
    from sightings
    group by alerta_id, apertura
),

lives as (
    select
        alerta_id,
        count(*) as aperturas,
        min(abierta_desde) as primera_vez,
        max(abierta_desde) as abierta_desde
    from openings
    group by alerta_id
),

-- Resolved by the first evaluation in which it no longer was; the next after its last sighting.
with_life as (
    select
        latest.alerta_id,
        latest.regla_id,
        latest.severidad,
        latest.entidad_id,
        latest.plan_id,
        latest.centro_costo_id,
        latest.nivel,
        latest.elemento_id,
        latest.mes,
        latest.detalle,
        latest.valor,
        lives.primera_vez,
        lives.abierta_desde,
        latest.fecha_reporte as ultima_vez,
        next_evaluation.fecha_reporte as resuelta_en,
        cast(lives.aperturas as integer) as aperturas
    from sightings as latest
    inner join lives on latest.alerta_id = lives.alerta_id
    left join evaluations as next_evaluation
        on latest.orden + 1 = next_evaluation.orden
    where latest.desde_la_ultima = 1
)

select * from with_life
