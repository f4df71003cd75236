{{ by_plan() }}
with bandas as (
    select * from {{ ref('stg_semaforo_bandas') }}
),

planes as (
    select * from {{ ref('int_plan') }}
),

figures as (
    {%- for level, model, colour in [
        ('AEI', 'int_avance_accion', 'semaforo_fisico'),
        ('OEI', 'int_avance_objetivo', 'semaforo_fisico'),
    ] %}
    select
        entidad_id,
        plan_id,
        mes_corte,
        '{{ level }}' as nivel,
        'fisico' as ambito,
        {{ colour }} as color
    from {{ of_touched_plans(ref(model)) }}
    union all
    {%- endfor %}
    select
        entidad_id,
        plan_id,
        mes_corte,
        case nivel_elemento when 'OEI' then 'IND_OEI' else 'IND_AEI' end as nivel,
        'indicador' as ambito,
        semaforo as color
    from {{ of_touched_plans(ref('int_indicador')) }}
),

-- Every activity is counted in its action.
counted as (
    select
        entidad_id,
        plan_id,
        mes_corte,
        'AO' as nivel,
        'fisico' as ambito
        {%- for colour in colours() %},
        sum(n_{{ colour }}) as n_{{ colour }}
        {%- endfor %}
    from {{ of_touched_plans(ref('int_avance_accion')) }}
    where origen = 'mensual'
    group by entidad_id, plan_id, mes_corte
    union all
    select
        entidad_id,
        plan_id,
        mes_corte,
        nivel,
        ambito
        {%- for colour in colours() %},
        count(*) filter (where color = '{{ colour }}') as n_{{ colour }}
        {%- endfor %}
    from figures
    group by entidad_id, plan_id, mes_corte, nivel, ambito
),

-- Every colour of the method is listed, so that a report prints its zero.
every_colour as (
    select
        counted.entidad_id,
        counted.plan_id,
        counted.mes_corte,
        counted.nivel,
        bandas.color,
        cast(case bandas.color
            {%- for colour in colours() %}
            when '{{ colour }}' then counted.n_{{ colour }}
            {%- endfor %}
        end as integer) as cantidad,
        bandas.etiqueta
    from counted
    inner join planes
        on
            counted.entidad_id = planes.entidad_id
            and counted.plan_id = planes.plan_id
    inner join bandas
        on
            planes.metodologia_id = bandas.metodologia_id
            and counted.ambito = bandas.ambito
)

select * from every_colour
