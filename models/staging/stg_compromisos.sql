with source as (
    select * from {{ ref('compromisos') }}
),

-- As with registrations of actuals: only those dated up to the report date count.
known_registrations as (
    select
        entidad_id,
        plan_id,
        compromiso_id,
        fecha_registro,
        recomendacion,
        elemento_id,
        centro_costo_id,
        fecha_limite,
        estado,
        avance_pct,
        evidencia,
        documento
    from source
    where fecha_registro <= {{ report_date() }}
)

select * from known_registrations
