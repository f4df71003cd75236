with latest_load as (
    {{ latest_load(ref('reglas_calidad'), ['regla_id']) }}
),

named as (
    select
        regla_id,
        titulo,
        severidad,
        suite,
        ambito,
        responsable,
        umbral,
        unidad_umbral,
        umbral_2,
        unidad_umbral_2,
        severidad_2,
        por_mes,
        significado,
        que_hacer,
        fuente
    from latest_load
)

select * from named
