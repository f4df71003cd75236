{{ by_plan() }}
with months as (
    select * from {{ of_touched_plans(ref('int_meta_mensual')) }}
),

actividades as (
    select * from {{ of_touched_plans(ref('stg_actividades')) }}
),

tree as (
    select * from {{ ref('int_centro_descendiente') }}
),

by_centre as (
    select
        months.entidad_id,
        months.plan_id,
        actividades.centro_costo_id,
        months.mes,
        sum(coalesce(months.programado_fisico, 0)) as suma_programada_mes,
        sum(coalesce(months.ejecutado_fisico, 0)) as suma_ejecutada_mes
    from months
    inner join actividades
        on
            months.entidad_id = actividades.entidad_id
            and months.plan_id = actividades.plan_id
            and months.actividad_id = actividades.actividad_id
    group by months.entidad_id, months.plan_id, actividades.centro_costo_id, months.mes
),

with_centres_below as (
    select
        by_centre.entidad_id,
        by_centre.plan_id,
        tree.centro_costo_id,
        'total' as alcance,
        by_centre.mes,
        sum(by_centre.suma_programada_mes) as suma_programada_mes,
        sum(by_centre.suma_ejecutada_mes) as suma_ejecutada_mes
    from by_centre
    inner join tree
        on
            by_centre.entidad_id = tree.entidad_id
            and by_centre.centro_costo_id = tree.descendiente_id
    group by by_centre.entidad_id, by_centre.plan_id, tree.centro_costo_id, by_centre.mes
),

both_scopes as (
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        'propio' as alcance,
        mes,
        suma_programada_mes,
        suma_ejecutada_mes
    from by_centre
    union all
    select * from with_centres_below
)

select * from both_scopes
