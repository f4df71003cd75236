{#- The four colours of the contract, from worst to best. -#}
{% macro colours() -%}
    {{ return(['rojo', 'naranja', 'amarillo', 'verde']) }}
{%- endmacro %}


{#- Place of a colour from worst to best: rojo 1 … verde 4. -#}
{% macro colour_rank(colour) -%}
    case {{ colour }}
        {%- for name in colours() %}
        when '{{ name }}' then {{ loop.index }}
        {%- endfor %}
    end
{%- endmacro %}


{#-
  A figure as it is held against bands. Nine decimals: a mean of means carries binary noise far
  below them, and 75 must not read 74.999….
-#}
{% macro figure_in_bands(figure) -%}
    {{ round_to(figure, 9) }}
{%- endmacro %}


{#-
  The colour whose band holds the figure. `bands` is the alias of a row of int_semaforo_bandas.
  `as_held` says that the figure is a column made by figure_in_bands(): of millions of rows it is
  rounded once, not in each condition.
-#}
{% macro colour_of(figure, bands, as_held=false) -%}
    {%- set held = figure if as_held else figure_in_bands(figure) -%}
    case
        when {{ figure }} is null then null
        {%- for colour in colours() %}
        when {{ bands }}.{{ colour }}_existe
            and (
                {{ bands }}.{{ colour }}_desde is null
                or {{ held }} > {{ bands }}.{{ colour }}_desde
                or ({{ bands }}.{{ colour }}_incluye_desde
                    and {{ held }} = {{ bands }}.{{ colour }}_desde)
            )
            and (
                {{ bands }}.{{ colour }}_hasta is null
                or {{ held }} < {{ bands }}.{{ colour }}_hasta
                or ({{ bands }}.{{ colour }}_incluye_hasta
                    and {{ held }} = {{ bands }}.{{ colour }}_hasta)
            )
            then '{{ colour }}'
        {%- endfor %}
    end
{%- endmacro %}
