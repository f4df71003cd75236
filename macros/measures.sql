{#-
  The figure that a published value names: picks the column called like `published.medida`.
  `columns` are columns of `figures`, or (measure, expression) pairs. Ten decimals drop the noise of
  binary ratios before a figure is compared with a printed one. Each becomes a decimal by itself:
  one type for the whole `case` would be a double, and money no longer exact.
-#}
{% macro measure_value(columns, figures='figures') -%}
    case published.medida
        {%- for column in columns %}
        {%- if column is string %}
        when '{{ column }}' then {{ as_decimal(figures ~ '.' ~ column, 28, 10) }}
        {%- else %}
        when '{{ column[0] }}' then {{ as_decimal(column[1], 28, 10) }}
        {%- endif %}
        {%- endfor %}
    end
{%- endmacro %}


{#- One block of int_valor_calculado: the published values of a level beside their own row. -#}
{% macro published_beside(levels, model, element, columns, filter='true', cut='mes_corte') -%}
    select
        published.documento,
        published.entidad_id,
        published.plan_id,
        published.mes_corte,
        published.nivel,
        published.elemento_id,
        published.medida,
        {{ measure_value(columns) }} as valor_calculado
    from published
    inner join {{ ref(model) }} as figures
        on
            published.entidad_id = figures.entidad_id
            and published.plan_id = figures.plan_id
            and published.mes_corte = figures.{{ cut }}
            and published.elemento_id = {{ element }}
            and {{ filter }}
    where published.nivel in ('{{ levels | join("', '") }}')
{%- endmacro %}
