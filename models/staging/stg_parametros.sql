with latest_load as (
    {{ latest_load(ref('parametros'), ['parametro']) }}
),

named as (
    select
        parametro,
        valor,
        unidad,
        significado,
        fuente
    from latest_load
)

select * from named
