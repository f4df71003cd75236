{{ by_plan(joins_as_written=true) }}
{#- The rule about elements that stay red from corte to corte: R03. -#}
{%- set levels = [
    ('AO', 'actividad_id', 'centro_costo_id', 'red_activities', 'activity_lights'),
    ('AEI', 'aei_id', 'null', 'acciones', 'acciones'),
    ('OEI', 'oei_id', 'null', 'objetivos', 'objetivos')
] %}
with cortes as (
    select * from {{ ref('int_corte_vigente') }}
),

activities_now as (
    select * from {{ of_touched_plans(ref('int_avance_revisado')) }}
),

years as (
    select * from {{ of_touched_plans(ref('int_actividad_anual')) }}
),

acciones as (
    select * from {{ of_touched_plans(ref('int_avance_accion')) }}
),

objetivos as (
    select * from {{ of_touched_plans(ref('int_avance_objetivo')) }}
),

red_activities as (
    select activities_now.*
    from activities_now
    inner join cortes
        on
            activities_now.entidad_id = cortes.entidad_id
            and activities_now.plan_id = cortes.plan_id
            and activities_now.mes_corte = cortes.corte_exigible
    where activities_now.semaforo_fisico = 'rojo'
),

-- Few are red at the last corte: only their earlier ones are looked at.
years_of_red as (
    select years.*
    from years
    inner join red_activities
        on
            years.entidad_id = red_activities.entidad_id
            and years.plan_id = red_activities.plan_id
            and years.actividad_id = red_activities.actividad_id
),

cumulative_of_red as (
    {{ cumulative_figures('years_of_red', ref('int_plan_corte')) }}
),

activity_lights as (
    {{ activity_advances(
        'cumulative_of_red', reported=of_touched_plans(ref('stg_resultados_reportados'))
    ) }}
),

red_now as (
    {%- for level, element, centre, now, _ in levels %}
    select
        advances.entidad_id,
        advances.plan_id,
        '{{ level }}' as nivel,
        advances.{{ element }} as elemento_id,
        {{ 'advances.' if centre != 'null' }}{{ centre }} as centro_costo_id,
        cortes.corte_exigible
    from {{ now }} as advances
    inner join cortes
        on
            advances.entidad_id = cortes.entidad_id
            and advances.plan_id = cortes.plan_id
            and advances.mes_corte = cortes.corte_exigible
    where advances.semaforo_fisico = 'rojo'
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

lights as (
    {%- for level, element, _, _, all_cuts in levels %}
    select
        red_now.*,
        advances.mes_corte,
        case when advances.semaforo_fisico = 'rojo' then 0 else advances.mes_corte end
            as mes_no_rojo
    from {{ all_cuts }} as advances
    inner join red_now
        on
            advances.entidad_id = red_now.entidad_id
            and advances.plan_id = red_now.plan_id
            and advances.{{ element }} = red_now.elemento_id
            and advances.mes_corte <= red_now.corte_exigible
    where red_now.nivel = '{{ level }}'
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

last_not_red as (
    select
        entidad_id,
        plan_id,
        nivel,
        elemento_id,
        max(mes_no_rojo) as ultimo_no_rojo
    from lights
    group by entidad_id, plan_id, nivel, elemento_id
),

-- Never empty: each is red at the last corte.
red_streaks as (
    select
        lights.entidad_id,
        lights.plan_id,
        lights.nivel,
        lights.elemento_id,
        max(lights.centro_costo_id) as centro_costo_id,
        max(lights.corte_exigible) as corte_exigible,
        count(*) as cortes_en_rojo
    from lights
    inner join last_not_red
        on
            lights.entidad_id = last_not_red.entidad_id
            and lights.plan_id = last_not_red.plan_id
            and lights.nivel = last_not_red.nivel
            and lights.elemento_id = last_not_red.elemento_id
            and lights.mes_corte > last_not_red.ultimo_no_rojo
    group by lights.entidad_id, lights.plan_id, lights.nivel, lights.elemento_id
),

red_again as (
    select
        {{ measured(
            'R03', 'nivel', 'elemento_id', 'cortes_en_rojo',
            "'En rojo ' || " ~ counted('cortes_en_rojo', 'corte', 'cortes')
            ~ " || ' seguidos, hasta ' || " ~ month_name('corte_exigible'),
            centre='centro_costo_id', month='corte_exigible'
        ) }}
    from red_streaks
)

select * from red_again
