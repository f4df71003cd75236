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

last_evaluation as (
    select max(orden) as orden from evaluations
),

findings as (
    select * from {{ ref('stg_hallazgos') }}
),

-- From one evaluation to another, both included: up to the last one known, if not over by then.
spans as (
    select
        findings.*,
        first_seen.fecha_reporte as desde,
        first_seen.orden as desde_orden,
        coalesce(last_seen.orden, last_evaluation.orden) as hasta_orden
    from findings
    inner join evaluations as first_seen
        on findings.desde_evaluacion = first_seen.evaluacion_id
    cross join last_evaluation
    left join evaluations as last_seen
        on findings.hasta_evaluacion = last_seen.evaluacion_id
),

-- Nearly all alerts were opened once and seen the same ever since: one span.
known_spans as (
    select
        alerta_id,
        count(*) as tramos,
        min(desde) as primera_vez,
        max(desde) as ultimo_desde,
        max(desde_orden) as ultimo_orden
    from spans
    group by alerta_id
),

-- Of the others, spans that follow each other without a gap are one opening.
successive_spans as (
    select
        spans.alerta_id,
        spans.desde,
        coalesce(
            lag(spans.hasta_orden) over (
                partition by spans.alerta_id order by spans.desde_orden
            ) = spans.desde_orden - 1,
            false
        ) as sigue_abierta
    from spans
    inner join known_spans
        on
            spans.alerta_id = known_spans.alerta_id
            and known_spans.tramos > 1
),

openings as (
    select
        alerta_id,
        count(case when not sigue_abierta then 1 end) as aperturas,
        max(case when not sigue_abierta then desde end) as abierta_desde
    from successive_spans
    group by alerta_id
),

lives as (
    select
        known_spans.alerta_id,
        known_spans.primera_vez,
        known_spans.ultimo_orden,
        coalesce(openings.aperturas, 1) as aperturas,
        coalesce(openings.abierta_desde, known_spans.ultimo_desde) as abierta_desde
    from known_spans
    left join openings
        on known_spans.alerta_id = openings.alerta_id
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
        last_seen.fecha_reporte as ultima_vez,
        next_evaluation.fecha_reporte as resuelta_en,
        cast(lives.aperturas as integer) as aperturas
    from spans as latest
    inner join lives
        on
            latest.alerta_id = lives.alerta_id
            and latest.desde_orden = lives.ultimo_orden
    inner join evaluations as last_seen
        on latest.hasta_orden = last_seen.orden
    left join evaluations as next_evaluation
        on latest.hasta_orden + 1 = next_evaluation.orden
)

select * from with_life
