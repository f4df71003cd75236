with source as (
    select * from {{ source('raw', 'cuarentena') }}
),

named as (
    select
        carga_id,
        tabla,
        archivo,
        fila,
        columna,
        texto,
        motivo,
        fila_cruda,
        cuarentena_en,
        resuelta_en
    from source
)

select * from named
