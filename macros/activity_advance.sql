{#-
  State, advance and colours of activities at each corte (contract, section 2, AO), from what
  cumulative_figures() gives: the same for the plan in force and for each of its versions.
  `beside` names key columns besides the activity's, `reported` the rows of
  stg_resultados_reportados to look among, all if not given.
-#}
{% macro activity_advances(cumulative, beside=[], reported=none) -%}
with reported as (
    select * from {{ reported or ref('stg_resultados_reportados') }}
    where nivel = 'AO'
),

with_reported as (
    select
        cumulative.*,
        planes.anio,
        planes.con_seguimiento,
        planes.metodologia_id,
        planes.tope_pct,
        planes.escala_actividad,
        planes.sin_programacion,
        planes.sin_seguimiento,
        reported.programado_fisico as programado_fisico_reportado,
        reported.ejecutado_fisico as ejecutado_fisico_reportado,
        reported.avance_fisico_pct as avance_reportado_pct,
        reported.programado_financiero as programado_financiero_reportado,
        reported.ejecutado_financiero as ejecutado_financiero_reportado,
        last_reported.programado_fisico as programado_anual_reportado,
        last_reported.avance_fisico_pct as avance_anual_reportado_pct,
        -- Contract, section 2: the reported figures stand in for months that are not complete.
        reported.elemento_id is not null
        and (cumulative.meses_faltantes > 0 or cumulative.sin_meses) as usa_reportado,
        cumulative.meses_faltantes_anual > 0 or cumulative.sin_meses as usa_anual_reportado
    from {{ cumulative }} as cumulative
    inner join {{ ref('int_plan') }} as planes
        on
            cumulative.entidad_id = planes.entidad_id
            and cumulative.plan_id = planes.plan_id
    left join reported
        on
            cumulative.entidad_id = reported.entidad_id
            and cumulative.plan_id = reported.plan_id
            and cumulative.actividad_id = reported.elemento_id
            and cumulative.mes_corte = reported.mes_corte
    left join reported as last_reported
        on
            cumulative.entidad_id = last_reported.entidad_id
            and cumulative.plan_id = last_reported.plan_id
            and cumulative.actividad_id = last_reported.elemento_id
            and planes.ultimo_corte = last_reported.mes_corte
),

-- What a report leaves out of programme and money is taken from the months; executed physical
-- never is, because a sum over incomplete months is no accumulated figure.
chosen_source as (
    select
        entidad_id,
        plan_id,
        actividad_id,
        {%- for column in beside %}
        {{ column }},
        {%- endfor %}
        mes_corte,
        anio,
        oei_id,
        aei_id,
        centro_costo_id,
        peso,
        con_seguimiento,
        metodologia_id,
        tope_pct,
        escala_actividad,
        sin_programacion,
        sin_seguimiento,
        usa_reportado,
        es_promedio_mensual and not (usa_reportado and programado_fisico_reportado is not null)
            as promedia_meses,
        es_promedio_mensual,
        -- A report that gives a percentage and no programme, of an activity without one of its own.
        usa_reportado
        and sin_programa
        and programado_fisico_reportado is null
        and avance_reportado_pct is not null as programa_desconocido,
        meses_faltantes,
        meses_programados,
        meses_programados_anual,
        suma_razones,
        suma_razones_topadas,
        case when usa_reportado then avance_reportado_pct end as avance_reportado_pct,
        case
            when not usa_reportado then programado_fisico
            when programado_fisico_reportado is not null then programado_fisico_reportado
            when sin_programa and avance_reportado_pct is not null then null
            else programado_fisico
        end as programado_fisico,
        case
            when not usa_reportado then ejecutado_fisico
            when ejecutado_fisico_reportado is not null then ejecutado_fisico_reportado
            when avance_reportado_pct is null and sin_seguimiento = 'cero' then 0
        end as ejecutado_fisico,
        case
            when usa_reportado then coalesce(programado_financiero_reportado, programado_financiero)
            else programado_financiero
        end as programado_financiero,
        case
            when usa_reportado then coalesce(ejecutado_financiero_reportado, ejecutado_financiero)
            else ejecutado_financiero
        end as ejecutado_financiero,
        case
            when not usa_anual_reportado then programado_fisico_anual
            when programado_anual_reportado is not null then programado_anual_reportado
            when sin_programa and avance_anual_reportado_pct is not null then null
            else programado_fisico_anual
        end as programado_fisico_anual
    from with_reported
),

-- S.P. and S.I. as the contract's section 2 defines them; S.P. comes first.
with_state as (
    select
        *,
        case
            when not con_seguimiento then 'sin_seguimiento'
            when programado_fisico = 0 then 'S.P.'
            when promedia_meses and meses_programados = 0 and not programa_desconocido
                then 'S.P.'
            when sin_seguimiento = 'cero' then 'completo'
            when not usa_reportado and meses_faltantes > 0 then 'S.I.'
            when
                usa_reportado
                and avance_reportado_pct is null
                and (programado_fisico is null or ejecutado_fisico is null)
                then 'S.I.'
            else 'completo'
        end as estado
    from chosen_source
),

-- Which rule gives the figure, decided once for the capped and the uncapped advance.
with_rule as (
    select
        *,
        case
            when estado = 'S.P.' and sin_programacion = 'cien' then 'cien'
            when estado != 'completo' then 'ninguna'
            when programado_fisico > 0 and ejecutado_fisico is not null then 'cociente'
            when usa_reportado and avance_reportado_pct is not null then 'reportada'
            when usa_reportado and ejecutado_fisico = 0 then 'cero'
            when promedia_meses then 'promedio_mensual'
            else 'ninguna'
        end as regla_avance,
        case
            when programado_fisico > 0 then {{ scaled_quotient(
                'ejecutado_fisico', 'programado_fisico', 'escala_actividad'
            ) }}
        end as cociente_escalado
    from with_state
),

-- The mean of monthly ratios is a binary number: a millionth of the last decimal lifts exact halves
-- that it may put just below.
with_advance as (
    select
        *,
        case regla_avance
            when 'cien' then 100
            when 'cero' then 0
            when 'cociente' then {{ percentage('ejecutado_fisico', 'programado_fisico') }}
            when 'reportada' then {{ as_double('avance_reportado_pct') }}
            when 'promedio_mensual' then 100 * suma_razones / meses_programados
        end as avance_sin_tope_pct,
        case regla_avance
            when 'cien' then 100
            when 'cero' then 0
            when 'cociente' then {{ capped_percentage(
                'ejecutado_fisico', 'programado_fisico', 'tope_pct', 'escala_actividad',
                'cociente_escalado'
            ) }}
            when 'reportada' then {{ half_up(
                capped_decimal('avance_reportado_pct', 'tope_pct'), 'escala_actividad'
            ) }}
            when 'promedio_mensual' then {{ half_up(
                capped('100 * suma_razones / meses_programados', 'tope_pct')
                ~ ' + 0.000001 / escala_actividad',
                'escala_actividad'
            ) }}
        end as avance_fisico_pct
    from with_rule
),

-- Plan progress: each activity against its own year (contract, section 2).
with_year_share as (
    select
        *,
        {{ percentage('ejecutado_financiero', 'programado_financiero') }} as avance_financiero_pct,
        case
            when es_promedio_mensual
                then {{ percentage('meses_programados', 'meses_programados_anual') }}
            else {{ percentage('programado_fisico', 'programado_fisico_anual') }}
        end as programado_anual_pct,
        case
            when es_promedio_mensual
                then 100 * suma_razones_topadas / nullif(meses_programados_anual, 0)
            when ejecutado_fisico >= programado_fisico_anual and programado_fisico_anual > 0
                then 100
            else {{ percentage('ejecutado_fisico', 'programado_fisico_anual') }}
        end as ejecutado_anual_pct
    from with_advance
),

with_bands as (
    select
        figures.*,
        {{ figure_in_bands(as_double('figures.avance_fisico_pct')) }} as fisico_en_bandas,
        {{ figure_in_bands('figures.avance_financiero_pct') }} as financiero_en_bandas
    from with_year_share as figures
),

final as (
    select
        figures.entidad_id,
        figures.plan_id,
        figures.actividad_id,
        {%- for column in beside %}
        figures.{{ column }},
        {%- endfor %}
        figures.mes_corte,
        figures.anio,
        figures.aei_id,
        figures.oei_id,
        figures.centro_costo_id,
        figures.peso,
        figures.con_seguimiento,
        figures.programado_fisico,
        case when figures.con_seguimiento then figures.ejecutado_fisico end as ejecutado_fisico,
        figures.programado_fisico_anual,
        figures.avance_fisico_pct,
        figures.avance_sin_tope_pct,
        figures.estado,
        figures.regla_avance,
        case when figures.usa_reportado then 'reportado' else 'mensual' end as origen,
        {{ colour_of('figures.fisico_en_bandas', 'fisico', as_held=true) }} as semaforo_fisico,
        figures.programado_financiero,
        case when figures.con_seguimiento then figures.ejecutado_financiero end
            as ejecutado_financiero,
        case when figures.con_seguimiento then figures.avance_financiero_pct end
            as avance_financiero_pct,
        case
            when figures.con_seguimiento
                then {{ colour_of(
                    'figures.financiero_en_bandas', 'financiero', as_held=true
                ) }}
        end as semaforo_financiero,
        figures.programado_anual_pct,
        case when figures.con_seguimiento then figures.ejecutado_anual_pct end
            as ejecutado_anual_pct
    from with_bands as figures
    left join {{ ref('int_semaforo_bandas') }} as fisico
        on
            figures.metodologia_id = fisico.metodologia_id
            and fisico.ambito = 'fisico'
    left join {{ ref('int_semaforo_bandas') }} as financiero
        on
            figures.metodologia_id = financiero.metodologia_id
            and financiero.ambito = 'financiero'
)

select * from final
{%- endmacro %}
