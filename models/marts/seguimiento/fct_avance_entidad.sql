with figures as (
    select * from {{ ref('int_avance_entidad') }}
),

contract_columns as (
    select
        entidad_id,
        plan_id,
        cast(mes_corte as integer) as mes_corte,
        cast(anio as integer) as anio,
        {{ contract_figures() }},
        {{ as_double('mediana_actividades_pct') }} as mediana_actividades_pct
    from figures
)

select * from contract_columns
