with source as (
    select * from {{ ref('metas_ejecutadas') }}
),

-- Contract, section 2: only registrations dated up to the report date count.
known_registrations as (
    select
        entidad_id,
        plan_id,
        actividad_id,
        mes,
        fecha_registro,
        ejecucion_fisica,
        ejecucion_financiera,
        archivo,
        fila,
        cargado_en
    from source
    where fecha_registro <= {{ report_date() }}
)

select * from known_registrations
