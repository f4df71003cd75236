with latest_load as (
    {{ latest_load(ref('indicador_resultados'), [
        'entidad_id', 'plan_id',
        'indicador_id', 'mes_corte'
    ]) }}
),

named as (
    select
        entidad_id,
        plan_id,
        indicador_id,
        mes_corte,
        programado,
        obtenido
    from latest_load
)

select * from named
