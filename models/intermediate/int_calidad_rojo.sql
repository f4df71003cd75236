{{ by_plan() }}
{#- The rule about elements that stay red from corte to corte: R03. -#}
{%- set levels = [
    ('AO', 'actividad_id', 'centro_costo_id', 'int_avance_actividad'),
    ('AEI', 'aei_id', 'null', 'int_avance_accion'),
    ('OEI', 'oei_id', 'null', 'int_avance_objetivo')
] %}
with cortes as (
    select * from {{ ref('int_corte_vigente') }}
),

lights as (
    {%- for level, element, centre, model in levels %}
    select
        advances.entidad_id,
        advances.plan_id,
        '{{ level }}' as nivel,
        advances.{{ element }} as elemento_id,
        {{ 'advances.' if centre != 'null' }}{{ centre }} as centro_costo_id,
        advances.mes_corte,
        advances.semaforo_fisico,
        cortes.corte_exigible
    from {{ of_touched_plans(ref(model)) }} as advances
    inner join cortes
        on
            advances.entidad_id = cortes.entidad_id
            and advances.plan_id = cortes.plan_id
            and advances.mes_corte <= cortes.corte_exigible
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- Few are red at the last corte: only their earlier ones are looked at.
red_now as (
    select
        entidad_id,
        plan_id,
        nivel,
        elemento_id
    from lights
    where mes_corte = corte_exigible and semaforo_fisico = 'rojo'
),

of_red_now as (
    select
        lights.*,
        max(case when lights.semaforo_fisico = 'rojo' then 0 else lights.mes_corte end) over (
            partition by lights.entidad_id, lights.plan_id, lights.nivel, lights.elemento_id
        ) as ultimo_no_rojo
    from lights
    inner join red_now
        on
            lights.entidad_id = red_now.entidad_id
            and lights.plan_id = red_now.plan_id
            and lights.nivel = red_now.nivel
            and lights.elemento_id = red_now.elemento_id
),

red_streaks as (
    select
        entidad_id,
        plan_id,
        nivel,
        elemento_id,
        max(centro_costo_id) as centro_costo_id,
        max(corte_exigible) as corte_exigible,
        count(*) filter (where mes_corte > ultimo_no_rojo) as cortes_en_rojo
    from of_red_now
    group by entidad_id, plan_id, nivel, elemento_id
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
