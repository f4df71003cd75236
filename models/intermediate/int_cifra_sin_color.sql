{{ by_plan() }}
with figures as (
    {%- for mart in advance_marts() %}
    {%- for scope in ['fisico', 'financiero'] %}
    select
        '{{ mart }}' as tabla,
        entidad_id,
        plan_id,
        mes_corte,
        '{{ scope }}' as ambito
    from {{ of_touched_plans(ref(mart)) }}
    where avance_{{ scope }}_pct is not null and semaforo_{{ scope }} is null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from figures
