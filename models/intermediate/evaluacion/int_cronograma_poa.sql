{{ by_plan() }}
with objective_schedule as (
    select * from {{ of_touched_plans(ref('int_cronograma_accion')) }}
),

actividades as (
    select * from {{ of_touched_plans(ref('int_actividad')) }}
),

acciones as (
    select * from {{ of_touched_plans(ref('stg_acciones')) }}
),

scheduled_plans as (
    select distinct
        entidad_id,
        plan_id
    from objective_schedule
),

centre_objectives as (
    select distinct
        actividades.entidad_id,
        actividades.plan_id,
        actividades.centro_costo_id,
        actividades.aei_id,
        acciones.oei_id,
        coalesce(acciones.ponderacion, 0) as ponderacion
    from actividades
    inner join scheduled_plans
        on
            actividades.entidad_id = scheduled_plans.entidad_id
            and actividades.plan_id = scheduled_plans.plan_id
    inner join acciones
        on
            actividades.entidad_id = acciones.entidad_id
            and actividades.plan_id = acciones.plan_id
            and actividades.aei_id = acciones.aei_id
),

institutional_objectives as (
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        count(distinct oei_id) as n_objetivos
    from centre_objectives
    group by entidad_id, plan_id, centro_costo_id
),

by_objective as (
    select
        centre_objectives.entidad_id,
        centre_objectives.plan_id,
        centre_objectives.centro_costo_id,
        'AEI' as nivel,
        objective_schedule.aei_id as elemento_id,
        objective_schedule.mes,
        objective_schedule.programado_mes_pct
    from objective_schedule
    inner join centre_objectives
        on
            objective_schedule.entidad_id = centre_objectives.entidad_id
            and objective_schedule.plan_id = centre_objectives.plan_id
            and objective_schedule.aei_id = centre_objectives.aei_id
),

-- Contract, section 2: 1/n of each institutional objective in which the unit has part.
by_centre as (
    select
        centre_objectives.entidad_id,
        centre_objectives.plan_id,
        centre_objectives.centro_costo_id,
        'CC' as nivel,
        centre_objectives.centro_costo_id as elemento_id,
        objective_schedule.mes,
        {{ as_double('sum(' ~ addend(
            'centre_objectives.ponderacion * objective_schedule.programado_mes_pct '
            ~ '/ (100 * institutional_objectives.n_objetivos)'
        ) ~ ')') }} as programado_mes_pct
    from objective_schedule
    inner join centre_objectives
        on
            objective_schedule.entidad_id = centre_objectives.entidad_id
            and objective_schedule.plan_id = centre_objectives.plan_id
            and objective_schedule.aei_id = centre_objectives.aei_id
    inner join institutional_objectives
        on
            centre_objectives.entidad_id = institutional_objectives.entidad_id
            and centre_objectives.plan_id = institutional_objectives.plan_id
            and centre_objectives.centro_costo_id = institutional_objectives.centro_costo_id
    group by
        centre_objectives.entidad_id, centre_objectives.plan_id,
        centre_objectives.centro_costo_id, objective_schedule.mes
),

both_levels as (
    select * from by_objective
    union all
    select * from by_centre
)

select * from both_levels
