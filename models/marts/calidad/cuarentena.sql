with cuarentena as (
    select * from {{ ref('stg_cuarentena') }}
),

-- The raw row may hold an address of a unit, and addresses are never published.
publishable as (
    select
        carga_id,
        tabla,
        archivo,
        fila,
        columna,
        {{ without_addresses('texto') }} as texto,
        {{ without_addresses('motivo') }} as motivo,
        cuarentena_en,
        resuelta_en,
        enviada_otra_vez
    from cuarentena
)

select * from publishable
