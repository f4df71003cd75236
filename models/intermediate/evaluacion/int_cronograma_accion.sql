{{ by_plan() }}
with years as (
    select * from {{ of_touched_plans(ref('int_actividad_anual')) }}
),

actividades as (
    select * from {{ of_touched_plans(ref('int_actividad')) }}
),

cuts as (
    select * from {{ ref('int_plan_corte') }}
),

planes as (
    select * from {{ ref('int_plan') }}
    where tipo = 'POA'
),

-- Contract, section 2, POA schedule: weights as given, never normalised.
monthly_shares as (
    select
        years.entidad_id,
        years.plan_id,
        years.aei_id,
        cuts.mes_corte as mes,
        coalesce(actividades.ponderacion, 0) as ponderacion,
        case cuts.mes_corte
            {%- for month in range(1, 13) %}
            when {{ month }} then years.{{ month_column('pf', month) }}
            {%- endfor %}
        end as programado,
        {{ sum_of_months('pf', 12, 'years') }} as programado_anual
    from years
    inner join planes
        on
            years.entidad_id = planes.entidad_id
            and years.plan_id = planes.plan_id
    inner join actividades
        on
            years.entidad_id = actividades.entidad_id
            and years.plan_id = actividades.plan_id
            and years.actividad_id = actividades.actividad_id
    inner join cuts
        on
            years.entidad_id = cuts.entidad_id
            and years.plan_id = cuts.plan_id
),

-- An activity whose year programs nothing adds nothing.
year_shares as (
    select
        *,
        coalesce(
            {{ as_double('programado') }} / nullif({{ as_double('programado_anual') }}, 0), 0
        ) as parte_del_anio
    from monthly_shares
),

objective_schedule as (
    select
        entidad_id,
        plan_id,
        aei_id,
        mes,
        {{ as_double('sum(' ~ addend('ponderacion * parte_del_anio') ~ ')') }}
            as programado_mes_pct
    from year_shares
    group by entidad_id, plan_id, aei_id, mes
)

select * from objective_schedule
