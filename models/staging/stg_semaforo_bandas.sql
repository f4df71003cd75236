with latest_load as (
    {{ latest_load(ref('semaforo_bandas'), ['metodologia_id', 'ambito', 'color']) }}
),

named as (
    select
        metodologia_id,
        ambito,
        color,
        desde,
        incluye_desde,
        hasta,
        incluye_hasta,
        etiqueta,
        hex
    from latest_load
)

select * from named
