with latest_load as (
    {{ latest_load(ref('unidades_genericas'), ['unidad_medida']) }}
),

named as (
    select
        unidad_medida,
        motivo
    from latest_load
)

select * from named
