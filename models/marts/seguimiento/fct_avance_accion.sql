with figures as (
    select * from {{ ref('int_avance_accion') }}
),

contract_columns as (
    select
        entidad_id,
        plan_id,
        aei_id,
        cast(mes_corte as integer) as mes_corte,
        cast(anio as integer) as anio,
        oei_id,
        {{ as_double('avance_fisico_pct') }} as avance_fisico_pct,
        {{ as_double('avance_parcial_pct') }} as avance_parcial_pct,
        estado,
        origen,
        semaforo_fisico,
        cast(programado_financiero as decimal(24, 2)) as programado_financiero,
        cast(ejecutado_financiero as decimal(24, 2)) as ejecutado_financiero,
        {{ as_double('avance_financiero_pct') }} as avance_financiero_pct,
        semaforo_financiero,
        {{ as_double('programado_anual_pct') }} as programado_anual_pct,
        {{ as_double('ejecutado_anual_pct') }} as ejecutado_anual_pct,
        cast(n_actividades as integer) as n_actividades,
        cast(n_sp as integer) as n_sp,
        cast(n_si as integer) as n_si,
        cast(n_rojo as integer) as n_rojo,
        cast(n_naranja as integer) as n_naranja,
        cast(n_amarillo as integer) as n_amarillo,
        cast(n_verde as integer) as n_verde
    from figures
)

select * from contract_columns
