with figures as (
    select * from {{ ref('int_avance_centro_costo') }}
),

contract_columns as (
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        alcance,
        cast(mes_corte as integer) as mes_corte,
        cast(anio as integer) as anio,
        {{ contract_figures() }},
        cast(suma_programada as decimal(24, 4)) as suma_programada,
        cast(suma_ejecutada as decimal(24, 4)) as suma_ejecutada
    from figures
)

select * from contract_columns
