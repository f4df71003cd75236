{#-
  The arithmetic of activities from programme to what they accumulate: the same for the plan in
  force and for each of its versions. `beside` names key columns besides the activity's.
-#}


{#-
  The twelve months that the given versions of the programme leave in force, one row per activity.
  A version restates only the months it changes: the latest version of each month, in one pass.
  Money that is not given counts 0 (contract, section 2, money).
-#}
{% macro programmed_months(versions, beside=[]) -%}
select
    entidad_id,
    plan_id,
    actividad_id
    {%- for column in beside %},
    {{ column }}
    {%- endfor %}
    {%- for month in range(1, 13) %},
    {{ latest_by('meta_fisica', 'version', 'mes = ' ~ month) }}
        as {{ month_column('pf', month) }},
    {{ latest_by('coalesce(meta_financiera, 0)', 'version', 'mes = ' ~ month) }}
        as {{ month_column('pm', month) }}
    {%- endfor %}
from {{ versions }}
group by entidad_id, plan_id, actividad_id{{ ', ' ~ beside | join(', ') if beside }}
{%- endmacro %}


{#-
  One row per activity and year: twelve months of each measure, missing ones 0, and of each month
  whether its registration is due and missing (f).
-#}
{% macro activity_years(activities, programmed, beside=[]) -%}
select
    actividades.entidad_id,
    actividades.plan_id,
    actividades.actividad_id,
    {%- for column in beside %}
    actividades.{{ column }},
    {%- endfor %}
    acciones.oei_id,
    actividades.aei_id,
    actividades.centro_costo_id,
    actividades.tipo_agregacion,
    actividades.tipo_agregacion = 'no_acumulado'
    and planes.regla_no_acumulado = 'promedio_mensual' as es_promedio_mensual,
    case
        when planes.ponderacion = 'simple' then 1
        else coalesce(actividades.ponderacion, 0)
    end as peso,
    programmed.actividad_id is null as sin_programa,
    programmed.actividad_id is null and executed.actividad_id is null as sin_meses
    {%- for month in range(1, 13) %}
    {%- set pf = 'programmed.' ~ month_column('pf', month) %}
    {%- set ef = 'executed.' ~ month_column('ef', month) %},
    coalesce({{ pf }}, 0) as {{ month_column('pf', month) }},
    coalesce({{ ef }}, 0) as {{ month_column('ef', month) }},
    coalesce(programmed.{{ month_column('pm', month) }}, 0) as {{ month_column('pm', month) }},
    coalesce(executed.{{ month_column('em', month) }}, 0) as {{ month_column('em', month) }},
    case
        when
            {{ ef }} is null
            and planes.meses_exigibles >= {{ month }}
            and {{ "true" if month % 3 == 0 else "planes.periodicidad = 'mensual'" }}
            then 1
        else 0
    end as {{ month_column('f', month) }}
    {%- endfor %}
from {{ activities }} as actividades
inner join {{ ref('stg_acciones') }} as acciones
    on
        actividades.entidad_id = acciones.entidad_id
        and actividades.plan_id = acciones.plan_id
        and actividades.aei_id = acciones.aei_id
inner join {{ ref('int_plan') }} as planes
    on
        actividades.entidad_id = planes.entidad_id
        and actividades.plan_id = planes.plan_id
left join {{ programmed }} as programmed
    on
        actividades.entidad_id = programmed.entidad_id
        and actividades.plan_id = programmed.plan_id
        and actividades.actividad_id = programmed.actividad_id
        {%- for column in beside %}
        and actividades.{{ column }} = programmed.{{ column }}
        {%- endfor %}
left join {{ ref('int_ejecucion_anual') }} as executed
    on
        actividades.entidad_id = executed.entidad_id
        and actividades.plan_id = executed.plan_id
        and actividades.actividad_id = executed.actividad_id
{%- endmacro %}


{#- The year's physical target: the programme at the plan's last corte; it names no month after it. -#}
{% macro year_target(years) -%}
    case
        when {{ years }}.es_promedio_mensual then null
        when {{ years }}.tipo_agregacion = 'acumulado_mensual'
            then {{ last_positive_month('pf', 12, years) }}
        else {{ sum_of_months('pf', 12, years) }}
    end
{%- endmacro %}


{#- What activities accumulate up to each corte, by their kind (contract, section 2, AO). -#}
{% macro cumulative_figures(years, cuts, beside=[]) -%}
{#- For no_acumulado under promedio_mensual each month gives a ratio of its own, where it has a
    programme: n counts such months, r is e/p and s is e/p at most 1. -#}
with monthly_ratios as (
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
    from {{ years }}
),

year_targets as (
    select
        years.*,
        {{ year_target('years') }} as programado_fisico_anual,
        {{ sum_of_months('n', 12, 'years') }} as meses_programados_anual,
        {{ sum_to_cut('f', 'planes.ultimo_corte', 'years') }} as meses_faltantes_anual
    from monthly_ratios as years
    inner join {{ ref('int_plan') }} as planes
        on
            years.entidad_id = planes.entidad_id
            and years.plan_id = planes.plan_id
),

cumulative_to_cut as (
    select
        years.entidad_id,
        years.plan_id,
        years.actividad_id,
        {%- for column in beside %}
        years.{{ column }},
        {%- endfor %}
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
    inner join {{ cuts }} as cuts
        on
            years.entidad_id = cuts.entidad_id
            and years.plan_id = cuts.plan_id
)

select * from cumulative_to_cut
{%- endmacro %}
