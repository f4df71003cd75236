with latest_load as (
    {{ latest_load(ref('valores_publicados'), [
        'documento', 'entidad_id', "coalesce(plan_id, '')", 'mes_corte',
        'nivel', 'elemento_id', 'medida'
    ]) }}
),

named as (
    select
        documento,
        entidad_id,
        plan_id,
        mes_corte,
        nivel,
        elemento_id,
        medida,
        valor,
        decimales,
        nota
    from latest_load
)

select * from named
