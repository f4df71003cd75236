with figures as (
    select * from {{ ref('int_avance_objetivo') }}
),

contract_columns as (
    select
        entidad_id,
        plan_id,
        oei_id,
        cast(mes_corte as integer) as mes_corte,
        cast(anio as integer) as anio,
        {{ contract_figures() }}
    from figures
)

select * from contract_columns
