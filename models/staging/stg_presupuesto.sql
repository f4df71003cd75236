with latest_load as (
    {{ latest_load(ref('presupuesto'), ['entidad_id', 'anio', 'mes_corte', 'tipo', 'rubro']) }}
),

named as (
    select
        entidad_id,
        anio,
        mes_corte,
        tipo,
        rubro,
        pia,
        pim,
        ejecucion
    from latest_load
)

select * from named
