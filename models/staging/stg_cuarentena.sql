with source as (
    select * from {{ source('raw', 'cuarentena') }}
),

-- What its sender took out of the file waits for nothing.
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
        coalesce(resuelta_en, retirada_en) as resuelta_en
    from source
),

-- A delivery that was repaired in part sends what is still wrong again: it waits in its latest
-- entry. That of the earlier load stays, and loads from there where only its parent was missing.
with_latest as (
    select
        *,
        resuelta_en is null
        and cuarentena_en < max(case when resuelta_en is null then cuarentena_en end) over (
            partition by tabla, fila_cruda
        ) as enviada_otra_vez
    from named
)

select * from with_latest
