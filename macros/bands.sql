{#- The four colours of the contract, from worst to best. -#}
{% macro colours() -%}
    {{ return(['rojo', 'naranja', 'amarillo', 'verde']) }}
{%- endmacro %}


{#-
  The colour whose band holds the figure. `bands` is the alias of a row of int_semaforo_bandas.
  Nine decimals: a mean of means carries binary noise far below them, and 75 must not read 74.999….
-#}
{% macro colour_of(figure, bands) -%}
    case
        when {{ figure }} is null then null
        {%- for colour in colours() %}
        when {{ bands }}.{{ colour }}_existe
            and (
                {{ bands }}.{{ colour }}_desde is null
                or {{ round_to(figure, 9) }} > {{ bands }}.{{ colour }}_desde
                or ({{ bands }}.{{ colour }}_incluye_desde
                    and {{ round_to(figure, 9) }} = {{ bands }}.{{ colour }}_desde)
            )
            and (
                {{ bands }}.{{ colour }}_hasta is null
                or {{ round_to(figure, 9) }} < {{ bands }}.{{ colour }}_hasta
                or ({{ bands }}.{{ colour }}_incluye_hasta
                    and {{ round_to(figure, 9) }} = {{ bands }}.{{ colour }}_hasta)
            )
            then '{{ colour }}'
        {%- endfor %}
    end
{%- endmacro %}
