{#- What the models int_explicacion_* share: columns of a part and of a level. -#}

{#-
  A part of the mean of an element: an activity, or an element with a mean of its own. `figures`
  qualifies its columns.
-#}
{% macro explained_part(level, element, part_level, part, figures, scope="''") -%}
        {%- set is_activity = part == 'actividad_id' -%}
        {{ figures }}.entidad_id,
        {{ figures }}.plan_id,
        {{ figures }}.mes_corte,
        {{ level }} as nivel,
        {{ element }} as elemento_id,
        {{ scope }} as alcance,
        {{ part_level }} as parte_nivel,
        {{ figures }}.{{ part }} as parte_id,
        {{ figures }}.nombre,
        {{ figures ~ '.aei_id' if is_activity else 'cast(null as varchar(200))' }} as aei_id,
        {{ figures ~ '.unidad_medida' if is_activity else 'cast(null as varchar(4000))' }}
            as unidad_medida,
        cast({{ figures }}.peso as decimal(18, 4)) as peso,
        {{ figures }}.estado,
        {{ figures }}.origen,
        cast({{ figures ~ '.programado_fisico' if is_activity else 'null' }} as decimal(38, 4))
            as programado_fisico,
        cast({{ figures ~ '.ejecutado_fisico' if is_activity else 'null' }} as decimal(38, 4))
            as ejecutado_fisico,
        {{ as_double(figures ~ '.avance_fisico_pct') }} as avance_fisico_pct,
        {{ as_double(figures ~ ('.avance_fisico_pct' if is_activity else '.avance_parcial_pct')) }}
            as avance_parcial_pct,
        {{ figures }}.avance_fisico_pct is not null and {{ figures }}.peso > 0 as entra,
        {{ addend(figures ~ '.peso * ' ~ figures ~ '.avance_fisico_pct') }} as aporte,
        {{ figures }}.semaforo_fisico
{%- endmacro %}


{#- Figures of an element that is no activity; `figures` is the relation that holds them. -#}
{% macro explained_level(figures, level, element, name, scope="''") -%}
        {{ figures }}.entidad_id,
        {{ figures }}.plan_id,
        {{ figures }}.mes_corte,
        {{ level }} as nivel,
        {{ element }} as elemento_id,
        {{ scope }} as alcance,
        {{ name }} as nombre,
        case
            when {{ figures }}.origen = 'reportado' then 'reportada'
            when {{ figures }}.avance_fisico_pct is not null then 'promedio'
            else 'ninguna'
        end as regla,
        cast(null as decimal(38, 4)) as programado_fisico,
        cast(null as decimal(38, 4)) as ejecutado_fisico,
        cast(null as {{ double_type() }}) as avance_sin_tope_pct,
        {{ figures }}.avance_fisico_pct,
        {{ figures }}.avance_parcial_pct,
        {{ explained_money(figures) }}
{%- endmacro %}


{#- State, colour and money of any element. -#}
{% macro explained_money(figures) -%}
        {{ figures }}.estado,
        {{ figures }}.origen,
        {{ figures }}.semaforo_fisico,
        cast({{ figures }}.programado_financiero as decimal(38, 2)) as programado_financiero,
        cast({{ figures }}.ejecutado_financiero as decimal(38, 2)) as ejecutado_financiero,
        {{ figures }}.avance_financiero_pct
{%- endmacro %}
