with figures as (
    select * from {{ ref('int_avance_actividad') }}
),

contract_columns as (
    select
        entidad_id,
        plan_id,
        actividad_id,
        cast(mes_corte as integer) as mes_corte,
        cast(anio as integer) as anio,
        aei_id,
        oei_id,
        centro_costo_id,
        cast(programado_fisico as decimal(18, 4)) as programado_fisico,
        cast(ejecutado_fisico as decimal(18, 4)) as ejecutado_fisico,
        {{ as_double('avance_fisico_pct') }} as avance_fisico_pct,
        {{ as_double('avance_sin_tope_pct') }} as avance_sin_tope_pct,
        estado,
        origen,
        semaforo_fisico,
        cast(programado_financiero as decimal(24, 2)) as programado_financiero,
        cast(ejecutado_financiero as decimal(24, 2)) as ejecutado_financiero,
        {{ as_double('avance_financiero_pct') }} as avance_financiero_pct,
        semaforo_financiero,
        {{ as_double('programado_anual_pct') }} as programado_anual_pct,
        {{ as_double('ejecutado_anual_pct') }} as ejecutado_anual_pct
    from figures
)

select * from contract_columns
