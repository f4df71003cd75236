with figures as (
    select * from {{ ref('int_resultado_objetivo') }}
),

contract_columns as (
    select
        entidad_id,
        plan_id,
        oei_id,
        mes_corte,
        anio,
        n_indicadores,
        n_logrados,
        resultado_pct,
        semaforo
    from figures
)

select * from contract_columns
