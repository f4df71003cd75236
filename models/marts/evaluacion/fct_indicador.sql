with figures as (
    select * from {{ ref('int_indicador') }}
),

contract_columns as (
    select
        entidad_id,
        plan_id,
        indicador_id,
        mes_corte,
        anio,
        elemento_id,
        oei_id,
        programado,
        obtenido,
        avance_pct,
        logrado,
        semaforo
    from figures
)

select * from contract_columns
