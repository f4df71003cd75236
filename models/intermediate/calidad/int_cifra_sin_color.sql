{{ by_plan() }}
{#- What levels keep is read as the marts show it; activities are counted where they are summed. -#}
with sums as (
    select * from {{ of_touched_plans(ref('int_avance_suma')) }}
    where nivel = 'AEI'
),

figures as (
    {%- for mart in advance_marts() if mart != 'fct_avance_actividad' %}
    {%- for scope in ['fisico', 'financiero'] %}
    select
        '{{ mart }}' as tabla,
        entidad_id,
        plan_id,
        mes_corte,
        '{{ scope }}' as ambito,
        count(*) as cifras
    from {{ of_touched_plans(ref(mart)) }}
    where avance_{{ scope }}_pct is not null and semaforo_{{ scope }} is null
    group by entidad_id, plan_id, mes_corte
    union all
    {%- endfor %}
    {%- endfor %}
    {%- for scope in ['fisico', 'financiero'] %}
    select
        'fct_avance_actividad' as tabla,
        entidad_id,
        plan_id,
        mes_corte,
        '{{ scope }}' as ambito,
        sum(n_sin_color_{{ scope }}) as cifras
    from sums
    group by entidad_id, plan_id, mes_corte
    having sum(n_sin_color_{{ scope }}) > 0
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from figures
