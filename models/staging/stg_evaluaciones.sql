with source as (
    select * from {{ source('raw', 'evaluacion') }}
),

-- As of a date only what was evaluated up to it is known, whenever it was evaluated.
known_evaluations as (
    select
        evaluacion_id,
        fecha_reporte,
        evaluada_en
    from source
    where fecha_reporte <= {{ report_date() }}
)

select * from known_evaluations
