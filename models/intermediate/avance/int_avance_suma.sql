{{ by_year() }}
-- depends_on: {{ ref('int_plan') }}
{#
  Actions, centres and medians in one pass over the activities: what those of a country have
  advanced at each corte takes longer to compute than to add up, and is not kept.
-#}
with actividades as (
    select * from {{ ref('int_avance_tocado') }}
),

element_sums as (
    {%- for level, element in [('AEI', 'aei_id'), ('CC', 'centro_costo_id')] %}
    select
        entidad_id,
        plan_id,
        '{{ level }}' as nivel,
        {{ element }} as elemento_id,
        mes_corte,
        cast(null as {{ double_type() }}) as mediana_pct,
        sum(programado_fisico) as suma_programada,
        sum(ejecutado_fisico) as suma_ejecutada,
        count(case when avance_fisico_pct is not null and semaforo_fisico is null then 1 end)
            as n_sin_color_fisico,
        count(
            case when avance_financiero_pct is not null and semaforo_financiero is null then 1 end
        ) as n_sin_color_financiero,
        {{ activity_sums() }}
    from actividades
    group by entidad_id, plan_id, {{ element }}, mes_corte
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- A median is no sum of others: the entity has none of its own but this.
medians as (
    select
        entidad_id,
        plan_id,
        mes_corte,
        percentile_cont(0.5) within group (order by {{ as_double('avance_fisico_pct') }})
            as mediana_pct
    from actividades
    group by entidad_id, plan_id, mes_corte
),

named as (
    select
        entidad_id,
        plan_id,
        nivel,
        elemento_id,
        mes_corte,
        mediana_pct,
        suma_programada,
        suma_ejecutada,
        n_sin_color_fisico,
        n_sin_color_financiero,
        anio,
        con_seguimiento,
        {{ counts_and_sums() }},
        programado_financiero,
        ejecutado_financiero
    from element_sums
    union all
    select
        entidad_id,
        plan_id,
        'ENTIDAD' as nivel,
        entidad_id as elemento_id,
        mes_corte,
        mediana_pct,
        null as suma_programada,
        null as suma_ejecutada,
        null as n_sin_color_fisico,
        null as n_sin_color_financiero,
        null as anio,
        null as con_seguimiento,
        {%- for column in additive_columns() %}
        null as {{ column }},
        {%- endfor %}
        null as programado_financiero,
        null as ejecutado_financiero
    from medians
)

select * from named
