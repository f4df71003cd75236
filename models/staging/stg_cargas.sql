with source as (
    select * from {{ source('raw', 'carga') }}
),

named as (
    select
        carga_id,
        tabla,
        archivo,
        leidas,
        cargadas,
        en_cuarentena,
        repetidas
    from source
)

select * from named
