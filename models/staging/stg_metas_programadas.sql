with source as (
    select * from {{ ref('metas_programadas') }}
),

-- Contract, section 2: only versions dated up to the report date count.
known_versions as (
    select
        entidad_id,
        plan_id,
        actividad_id,
        mes,
        version,
        fecha_version,
        meta_fisica,
        meta_financiera,
        archivo,
        fila,
        cargado_en
    from source
    where fecha_version <= {{ report_date() }}
)

select * from known_versions
