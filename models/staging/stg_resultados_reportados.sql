with latest_load as (
    {{ latest_load(ref('resultados_reportados'), [
        'entidad_id', 'plan_id', 'mes_corte',
        'nivel', 'elemento_id'
    ]) }}
),

named as (
    select
        entidad_id,
        plan_id,
        mes_corte,
        nivel,
        elemento_id,
        n_actividades,
        programado_fisico,
        ejecutado_fisico,
        avance_fisico_pct,
        programado_financiero,
        ejecutado_financiero,
        archivo,
        fila,
        cargado_en
    from latest_load
)

select * from named
