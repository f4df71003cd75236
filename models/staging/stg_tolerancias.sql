with latest_load as (
    {{ latest_load(ref('tolerancias'), ['documento', 'nivel', 'medida']) }}
),

named as (
    select
        documento,
        nivel,
        medida,
        tolerancia,
        motivo,
        fecha
    from latest_load
)

select * from named
