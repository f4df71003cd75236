{#- The three readings of a plan that was reprogrammed (docs/decisions.md, versions of the plan). -#}

{% macro version_kinds() -%}
    {%- for kind in ['aprobado', 'consistente', 'modificado'] %}
    select '{{ kind }}' as version_plan
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}


{#-
  Whether a row of stg_metas_programadas counts in a reading of the plan: version 0 is the approved
  one; consistent with the opening budget (PIA) is what was dated by the end of the month that the
  catalog names; all count in the one in force.
-#}
{% macro counts_in_version(kind, versions, year, month) -%}
    case {{ kind }}
        when 'aprobado' then {{ versions }}.version = 0
        when 'consistente'
            then
                {{ versions }}.version = 0
                or {{ versions }}.fecha_version
                <= {{ month_end(year, 'cast(' ~ month ~ ' as integer)') }}
        else true
    end
{%- endmacro %}
