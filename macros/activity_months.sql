{#-
  The arithmetic of activities from programme to what they accumulate: the same for the plan in
  force and for each of its versions. `beside` names key columns besides the activity's.
-#}


{#-
  The twelve months that the given versions of the programme leave in force, one row per activity:
  target, money and the version that holds, null where no version names the month.
  A version restates only the months it changes: the latest version of each month, in one pass.
  Money that is not given travels as -1, which no meta can be, because aggregates skip nulls.
-#}
{% macro programmed_months(versions, beside=[]) -%}
select
    entidad_id,
    plan_id,
    actividad_id
    {%- for column in beside %},
    {{ column }}
    {%- endfor %},
    count(*) as filas_programadas
    {%- for month in range(1, 13) %},
    {{ latest_by('meta_fisica', 'version', 'mes = ' ~ month) }}
        as {{ month_column('pf', month) }},
    nullif({{ latest_by('coalesce(meta_financiera, -1)', 'version', 'mes = ' ~ month) }}, -1)
        as {{ month_column('pm', month) }},
    max(case when mes = {{ month }} then version end) as {{ month_column('v', month) }}
    {%- endfor %}
from {{ versions }}
group by entidad_id, plan_id, actividad_id{{ ', ' ~ beside | join(', ') if beside }}
{%- endmacro %}


{#- The year's physical target: the programme at the plan's last corte; no month comes after it. -#}
{% macro year_target(years) -%}
    case
        when {{ years }}.es_promedio_mensual then null
        when {{ years }}.tipo_agregacion = 'acumulado_mensual'
            then {{ last_positive_month('pf', 12, years) }}
        else {{ sum_of_months('pf', 12, years) }}
    end
{%- endmacro %}


{#-
  What activities accumulate of the physical programme (pf) or execution (ef) up to each month;
  `sums` is the list of its sums to each month.
-#}
{% macro physical_to_each_month(prefix, years, sums) -%}
    case
        when {{ years }}.es_promedio_mensual then null
        when {{ years }}.tipo_agregacion = 'acumulado_mensual'
            then {{ lasts_to_each_month(prefix, years) }}
        else {{ sums }}
    end
{%- endmacro %}


{#-
  What activities accumulate up to each corte that `cuts` names, by their kind (contract, section 2,
  AO). All twelve sums of a measure are one list of the activity's, so that a corte picks a sum and
  adds up nothing.
-#}
{% macro cumulative_figures(years, cuts, beside=[]) -%}
{#- For no_acumulado under promedio_mensual each month gives a ratio of its own, where it has a
    programme. Sums are columns before a case picks among them: in it each would be added up
    anew. -#}
with monthly_ratios as (
    select
        *
        {%- for month in range(1, 13) %}
        {%- set pf = month_column('pf', month) %},
        case
            when es_promedio_mensual and {{ pf }} > 0
                then {{ as_double(month_column('ef', month)) }} / {{ as_double(pf) }}
        end as {{ month_column('razon', month) }}
        {%- endfor %}
        {%- for measure in ['pf', 'ef'] %}
        {%- for month in range(1, 13) %},
        {{ sum_of_months(measure, month) }} as {{ month_column('suma_' ~ measure, month) }}
        {%- endfor %}
        {%- endfor %}
    from {{ years }}
),

-- n counts the months that have a ratio, r is it and s is it at most 1.
terms_of_means as (
    select
        *
        {%- for month in range(1, 13) %}
        {%- set ratio = month_column('razon', month) %},
        case when {{ ratio }} is null then 0 else 1 end as {{ month_column('n', month) }},
        coalesce({{ ratio }}, 0) as {{ month_column('r', month) }},
        case when {{ ratio }} is null then 0 when {{ ratio }} > 1 then 1 else {{ ratio }} end
            as {{ month_column('s', month) }}
        {%- endfor %}
    from monthly_ratios
),

lists_of_sums as (
    select
        entidad_id,
        plan_id,
        actividad_id,
        {%- for column in beside %}
        {{ column }},
        {%- endfor %}
        oei_id,
        aei_id,
        centro_costo_id,
        es_promedio_mensual,
        peso,
        sin_programa,
        sin_meses,
        {{ year_target('years') }} as programado_fisico_anual,
        {{ sum_of_months('n', 12) }} as meses_programados_anual,
        {{ sum_of_months('f', 12) }} as meses_faltantes_anual,
        {%- for measure in ['pf', 'ef'] %}
        {{ physical_to_each_month(
            measure, 'years', list_of([twelve_columns('suma_' ~ measure, 'years')])
        ) }} as {{ measure }},
        {%- endfor %}
        {%- for measure in ['pm', 'em', 'f', 'n', 'r', 's'] %}
        {{ sums_to_each_month(measure) }} as {{ measure }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from terms_of_means as years
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
        {%- for measure, figure in [
            ('pf', 'programado_fisico'), ('ef', 'ejecutado_fisico'),
            ('pm', 'programado_financiero'), ('em', 'ejecutado_financiero'),
            ('f', 'meses_faltantes'), ('n', 'meses_programados'),
            ('r', 'suma_razones'), ('s', 'suma_razones_topadas')
        ] %}
        {{ element_of('years.' ~ measure, 'cuts.mes_corte') }} as {{ figure }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from lists_of_sums as years
    inner join {{ cuts }} as cuts
        on
            years.entidad_id = cuts.entidad_id
            and years.plan_id = cuts.plan_id
)

select * from cumulative_to_cut
{%- endmacro %}
