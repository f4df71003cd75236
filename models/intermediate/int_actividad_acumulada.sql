with years as (
    select * from {{ ref('int_actividad_anual') }}
),

cuts as (
    select * from {{ ref('int_plan_corte') }}
),

planes as (
    select * from {{ ref('int_plan') }}
),

-- For no_acumulado under promedio_mensual each month gives a ratio of its own, where it has a
-- programme: n counts such months, r is e/p and s is e/p at most 1.
monthly_ratios as (
    select
        *
        {%- for month in range(1, 13) %}
        {%- set pf = month_column('pf', month) %}
        {%- set ef = month_column('ef', month) %},
        case when es_promedio_mensual and {{ pf }} > 0 then 1 else 0 end
            as {{ month_column('n', month) }},
        case
            when es_promedio_mensual and {{ pf }} > 0 then {{ as_double(ef) }} / {{ as_double(pf) }}
            else 0
        end as {{ month_column('r', month) }},
        case
            when not es_promedio_mensual or {{ pf }} = 0 then 0
            when {{ ef }} >= {{ pf }} then 1
            else {{ as_double(ef) }} / {{ as_double(pf) }}
        end as {{ month_column('s', month) }}
        {%- endfor %}
    from years
),

-- The year's target is the programme at the plan's last corte; it names no month after it.
year_targets as (
    select
        years.*,
        case
            when years.es_promedio_mensual then null
            when years.tipo_agregacion = 'acumulado_mensual'
                then {{ last_positive_month('pf', 12, 'years') }}
            else {{ sum_of_months('pf', 12, 'years') }}
        end as programado_fisico_anual,
        {{ sum_of_months('n', 12, 'years') }} as meses_programados_anual,
        {{ sum_to_cut('f', 'planes.ultimo_corte', 'years') }} as meses_faltantes_anual
    from monthly_ratios as years
    inner join planes
        on
            years.entidad_id = planes.entidad_id
            and years.plan_id = planes.plan_id
),

cumulative_to_cut as (
    select
        years.entidad_id,
        years.plan_id,
        years.actividad_id,
        cuts.mes_corte,
        years.oei_id,
        years.aei_id,
        years.centro_costo_id,
        years.es_promedio_mensual,
        years.peso,
        years.sin_programa,
        years.sin_meses,
        years.programado_fisico_anual,
        years.meses_programados_anual,
        years.meses_faltantes_anual,
        case
            when years.es_promedio_mensual then null
            when years.tipo_agregacion = 'acumulado_mensual'
                then {{ last_positive_to_cut('pf', 'cuts.mes_corte', 'years') }}
            else {{ sum_to_cut('pf', 'cuts.mes_corte', 'years') }}
        end as programado_fisico,
        case
            when years.es_promedio_mensual then null
            when years.tipo_agregacion = 'acumulado_mensual'
                then {{ last_positive_to_cut('ef', 'cuts.mes_corte', 'years') }}
            else {{ sum_to_cut('ef', 'cuts.mes_corte', 'years') }}
        end as ejecutado_fisico,
        {{ sum_to_cut('pm', 'cuts.mes_corte', 'years') }} as programado_financiero,
        {{ sum_to_cut('em', 'cuts.mes_corte', 'years') }} as ejecutado_financiero,
        {{ sum_to_cut('f', 'cuts.mes_corte', 'years') }} as meses_faltantes,
        {{ sum_to_cut('n', 'cuts.mes_corte', 'years') }} as meses_programados,
        {{ sum_to_cut('r', 'cuts.mes_corte', 'years') }} as suma_razones,
        {{ sum_to_cut('s', 'cuts.mes_corte', 'years') }} as suma_razones_topadas
    from year_targets as years
    inner join cuts
        on
            years.entidad_id = cuts.entidad_id
            and years.plan_id = cuts.plan_id
)

select * from cumulative_to_cut
