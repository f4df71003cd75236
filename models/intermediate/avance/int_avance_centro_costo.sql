{{ config(materialized=view_in_process()) }}
with figures as (
    select * from {{ ref('int_avance_centro') }}
),

scopes as (
    {%- for computed, scope in [
        ('propio', 'propio'), ('total', 'total'), ('ambos', 'propio'), ('ambos', 'total')
    ] %}
    select
        '{{ computed }}' as alcance_calculado,
        '{{ scope }}' as alcance
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

each_scope as (
    select
        figures.entidad_id,
        figures.plan_id,
        figures.centro_costo_id,
        scopes.alcance,
        figures.mes_corte,
        figures.anio,
        figures.con_seguimiento,
        figures.avance_fisico_pct,
        figures.avance_parcial_pct,
        figures.estado,
        figures.origen,
        figures.suma_programada,
        figures.suma_ejecutada,
        figures.programado_financiero,
        figures.ejecutado_financiero,
        figures.avance_financiero_pct,
        figures.programado_anual_pct,
        figures.ejecutado_anual_pct,
        {%- for column in counts_of_activities() %}
        figures.{{ column }},
        {%- endfor %}
        figures.semaforo_fisico,
        figures.semaforo_financiero
    from figures
    inner join scopes
        on figures.alcance_calculado = scopes.alcance_calculado
)

select * from each_scope
