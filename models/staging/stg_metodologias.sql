with latest_load as (
    {{ latest_load(ref('metodologias'), ['metodologia_id']) }}
),

named as (
    select
        metodologia_id,
        nombre,
        documento,
        tope_pct,
        regla_no_acumulado,
        sin_programacion,
        sin_seguimiento,
        ponderacion,
        promedio_entidad,
        decimales_actividad,
        plazo_registro_meses
    from latest_load
)

select * from named
