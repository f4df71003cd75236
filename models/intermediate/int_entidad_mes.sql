{{ by_plan() }}
with months as (
    select * from {{ of_touched_plans(ref('int_meta_mensual')) }}
),

by_entity as (
    select
        entidad_id,
        plan_id,
        mes,
        sum(coalesce(programado_fisico, 0)) as suma_programada_mes,
        sum(coalesce(ejecutado_fisico, 0)) as suma_ejecutada_mes
    from months
    group by entidad_id, plan_id, mes
)

select * from by_entity
