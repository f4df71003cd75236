{#- Expressions over the twelve month columns of one row per activity and year: prefix01 … prefix12. -#}

{% macro month_column(prefix, month, relation='') -%}
    {{ relation ~ '.' if relation }}{{ prefix }}{{ '%02d' % month }}
{%- endmacro %}


{#- Sum of the first `count` months. -#}
{% macro sum_of_months(prefix, count, relation='') -%}
    {%- for month in range(1, count + 1) -%}
    {{ ' + ' if not loop.first }}{{ month_column(prefix, month, relation) }}
    {%- endfor -%}
{%- endmacro %}


{#- The last of the first `count` months above zero; zero where there is none. -#}
{% macro last_positive_month(prefix, count, relation='') -%}
    coalesce(
        {%- for month in range(count, 0, -1) -%}
        nullif({{ month_column(prefix, month, relation) }}, 0),{{ ' ' }}
        {%- endfor -%}
        0)
{%- endmacro %}


{#- Sum of the months up to and including the corte. -#}
{% macro sum_to_cut(prefix, cut, relation='') -%}
    case {{ cut }}
        {%- for count in range(1, 13) %}
        when {{ count }} then {{ sum_of_months(prefix, count, relation) }}
        {%- endfor %}
    end
{%- endmacro %}


{#- The last month above zero up to and including the corte. -#}
{% macro last_positive_to_cut(prefix, cut, relation='') -%}
    case {{ cut }}
        {%- for count in range(1, 13) %}
        when {{ count }} then {{ last_positive_month(prefix, count, relation) }}
        {%- endfor %}
    end
{%- endmacro %}
