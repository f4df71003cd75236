with bandas as (
    select * from {{ ref('stg_semaforo_bandas') }}
),

with_order as (
    select
        metodologia_id,
        ambito,
        color,
        desde,
        incluye_desde,
        hasta,
        incluye_hasta,
        etiqueta,
        hex,
        upper(substring(color from 1 for 1)) as letra,
        {{ colour_rank('color') }} as orden
    from bandas
)

select * from with_order
