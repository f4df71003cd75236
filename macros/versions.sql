{#- The three readings of a plan that was reprogrammed (docs/decisions.md, V1 to V6). -#}

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


{#- Activities in each reading of the plan; what was never reprogrammed is the same in all. -#}
{% macro activities_of_versions(stored_versions, kinds) -%}
    select
        stored_versions.entidad_id,
        stored_versions.plan_id,
        stored_versions.mes_corte,
        kinds.version_plan,
        stored_versions.anio,
        stored_versions.aei_id,
        stored_versions.centro_costo_id,
        stored_versions.peso,
        stored_versions.con_seguimiento,
        stored_versions.estado,
        stored_versions.avance_fisico_pct,
        stored_versions.semaforo_fisico,
        stored_versions.programado_financiero,
        stored_versions.ejecutado_financiero,
        stored_versions.programado_financiero_anual,
        stored_versions.programado_anual_pct,
        stored_versions.ejecutado_anual_pct
    from {{ stored_versions }} as stored_versions
    inner join {{ kinds }} as kinds
        on
            stored_versions.version_plan = kinds.version_plan
            or not stored_versions.es_reprogramada
{%- endmacro %}


{#-
  Results reported of one level, at the cortes of `cuts`: they have no versions, and stand in each
  reading of the plan whose activities say nothing of the element.
-#}
{% macro reported_in_versions(level, element, cuts, kinds) -%}
    select
        found.*,
        kinds.version_plan
    from (
        {{ reported_figures(element) }}
        where reported.nivel = '{{ level }}'
    ) as found
    inner join {{ cuts }} as cuts
        on
            found.entidad_id = cuts.entidad_id
            and found.plan_id = cuts.plan_id
            and found.mes_corte = cuts.mes_corte
    cross join {{ kinds }} as kinds
{%- endmacro %}


{#- Money and counts of a reported element, as columns of activity_sums() name them. -#}
{% macro reported_version_columns() -%}
    anio,
    con_seguimiento,
    estado,
    avance_fisico_pct,
    avance_fisico_pct as avance_parcial_pct,
    programado_financiero,
    ejecutado_financiero,
    null as programado_financiero_anual,
    {{ reported_counts_and_sums() }}
{%- endmacro %}


{#- The same columns of an element that has activities. -#}
{% macro version_columns() -%}
    anio,
    con_seguimiento,
    estado,
    avance_fisico_pct,
    avance_parcial_pct,
    programado_financiero,
    ejecutado_financiero,
    programado_financiero_anual,
    {{ counts_and_sums() }}
{%- endmacro %}
