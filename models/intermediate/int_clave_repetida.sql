{{ by_plan() }}
with repeated as (
    {%- for mart, keys in advance_marts().items() %}
    select
        '{{ mart }}' as tabla,
        entidad_id,
        plan_id,
        concat_ws(
            '/'{% for key in keys %},
            {{ key }}{% endfor %},
            mes_corte
        ) as clave,
        count(*) as filas
    from {{ of_touched_plans(ref(mart)) }}
    group by {{ keys | join(', ') }}, mes_corte
    having count(*) > 1
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from repeated
