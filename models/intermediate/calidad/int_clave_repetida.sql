{{ by_plan() }}
{#-
  Elements are few against their cortes: whether a corte of theirs comes twice shows where twelve
  bits, one per month, add up to more than their union. What is no month is looked at too.
-#}
with
{%- for mart, keys in advance_marts().items() %}
{{ mart }}_bits as (
    select
        {{ keys | join(', ') }},
        case when mes_corte between 1 and 12 then cast(power(2, mes_corte) as integer) end
            as mes_en_bits
    from {{ of_touched_plans(ref(mart)) }}
),

{{ mart }}_suspects as (
    select {{ keys | join(', ') }}
    from {{ mart }}_bits
    group by {{ keys | join(', ') }}
    having count(*) > count(mes_en_bits) or sum(mes_en_bits) > bit_or(mes_en_bits)
),
{% endfor %}
repeated as (
    {%- for mart, keys in advance_marts().items() %}
    select
        '{{ mart }}' as tabla,
        figures.entidad_id,
        figures.plan_id,
        concat_ws(
            '/'{% for key in keys %},
            figures.{{ key }}{% endfor %},
            figures.mes_corte
        ) as clave,
        count(*) as filas
    from {{ of_touched_plans(ref(mart)) }} as figures
    inner join {{ mart }}_suspects as suspects
        on
            {%- for key in keys %}
            {{ 'and ' if not loop.first }}figures.{{ key }} is not distinct from suspects.{{ key }}
            {%- endfor %}
    group by
        {%- for key in keys %}
        figures.{{ key }},
        {%- endfor %}
        figures.mes_corte
    having count(*) > 1
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from repeated
