{{ by_plan() }}
with activity_median as (
    select * from {{ of_touched_plans(ref('int_avance_suma')) }}
    where nivel = 'ENTIDAD'
),

acciones as (
    select * from {{ of_touched_plans(ref('int_avance_accion')) }}
),

objetivos as (
    select * from {{ of_touched_plans(ref('int_avance_objetivo')) }}
),

planes as (
    select * from {{ ref('int_plan') }}
),

action_mean as (
    select
        entidad_id,
        plan_id,
        mes_corte,
        {{ mean_of_elements() }}
    from acciones
    group by entidad_id, plan_id, mes_corte
),

objective_sums as (
    select
        entidad_id,
        plan_id,
        mes_corte,
        {{ mean_of_elements() }},
        {{ sums_of_sums() }}
    from objetivos
    group by entidad_id, plan_id, mes_corte
),

-- The mean is over what the method names in promedio_entidad (contract, section 2, entity).
chosen_elements as (
    select
        objective_sums.entidad_id,
        objective_sums.plan_id,
        objective_sums.mes_corte,
        objective_sums.anio,
        objective_sums.con_seguimiento,
        {{ counts_and_sums('objective_sums') }},
        objective_sums.programado_financiero,
        objective_sums.ejecutado_financiero,
        activity_median.mediana_pct as mediana_actividades_pct,
        {{ chosen_elements('planes', 'objective_sums', 'action_mean') }}
    from objective_sums
    inner join planes
        on
            objective_sums.entidad_id = planes.entidad_id
            and objective_sums.plan_id = planes.plan_id
    left join action_mean
        on
            objective_sums.entidad_id = action_mean.entidad_id
            and objective_sums.plan_id = action_mean.plan_id
            and objective_sums.mes_corte = action_mean.mes_corte
    left join activity_median
        on
            objective_sums.entidad_id = activity_median.entidad_id
            and objective_sums.plan_id = activity_median.plan_id
            and objective_sums.mes_corte = activity_median.mes_corte
),

with_figures as (
    select
        entidad_id,
        plan_id,
        mes_corte,
        anio,
        con_seguimiento,
        {{ advance_of_elements(chosen=true) }},
        'mensual' as origen,
        mediana_actividades_pct,
        {{ money_and_progress() }},
        {{ counts_and_sums() }}
    from chosen_elements
),

with_colours as (
    {{ with_colours('with_figures') }}
)

select * from with_colours
