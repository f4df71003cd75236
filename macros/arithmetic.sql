{#- 100 × part / whole as a ratio, the warehouse's only double; null where the whole is zero. -#}
{% macro percentage(part, whole) -%}
    {{ as_double(factor(100) ~ ' * (' ~ part ~ ')') }} / nullif({{ as_double(whole) }}, 0)
{%- endmacro %}


{#- 100 × part / whole in units of the last decimal kept, a binary number: capped_percentage(). -#}
{% macro scaled_quotient(part, whole, scale) -%}
    100 * {{ scale }} * ({{ as_double(part) }} / {{ as_double(whole) }})
{%- endmacro %}


{#-
  min(cap, 100 × part / whole) rounded half up, exactly. `scaled` is their scaled_quotient(): a
  binary quotient falls on the wrong side only of what is a half to its last digits. There whole
  numbers are divided, which takes ten times as long. `scale` is 10 to the number of decimals.
-#}
{% macro capped_percentage(part, whole, cap, scale, scaled) -%}
    case
        when {{ scaled }} < 1e9 and abs({{ scaled }} - floor({{ scaled }}) - 0.5) > 1e-5
            then case
                when
                    {{ cap }} is not null
                    and floor({{ scaled }} + 0.5) >= {{ cap }} * {{ factor(scale) }}
                    then {{ half_up(cap, scale) }}
                else cast(floor({{ scaled }} + 0.5) / {{ scale }} as decimal(28, 6))
            end
        when {{ cap }} is not null and {{ factor(100) }} * ({{ part }}) >= {{ cap }} * ({{ whole }})
            then {{ half_up(cap, scale) }}
        else cast(
            {{ as_double(whole_quotient(
                '200 * ' ~ scale ~ ' * ' ~ ten_thousandths(part) ~ ' + ' ~ ten_thousandths(whole),
                '2 * ' ~ ten_thousandths(whole)
            )) }} / {{ scale }} as decimal(28, 6)
        )
    end
{%- endmacro %}


{#- A decimal rounded half up to the number of decimals of `scale`. -#}
{% macro half_up(expression, scale) -%}
    cast(floor(({{ expression }}) * {{ factor(scale) }} + 0.5) / {{ scale }} as decimal(28, 6))
{%- endmacro %}


{#-
  The smaller of a figure and the method's cap, where it has one; null where there is no figure.
  Not least(): in DuckDB least(100, null) is 100.
-#}
{% macro capped(expression, cap) -%}
    case
        when {{ cap }} is not null and {{ expression }} > {{ cap }} then {{ as_double(cap) }}
        else {{ expression }}
    end
{%- endmacro %}


{#- The same for a decimal figure, which stays decimal. -#}
{% macro capped_decimal(expression, cap) -%}
    case
        when {{ cap }} is not null and {{ expression }} > {{ cap }} then {{ cap }}
        else {{ expression }}
    end
{%- endmacro %}


{#-
  A ratio as a term of a sum: sums of binary numbers depend on the order of the rows, so that the
  same data would give another last digit; decimals are added, and divided once.
-#}
{% macro addend(expression) -%}
    {{ as_decimal(expression, 38, 14) }}
{%- endmacro %}


{#- Mean of doubles by their sum as decimals: in another order doubles give other last digits. -#}
{% macro exact_mean(expression) -%}
    {{ as_double('sum(' ~ addend(expression) ~ ')') }} / nullif(count({{ expression }}), 0)
{%- endmacro %}
