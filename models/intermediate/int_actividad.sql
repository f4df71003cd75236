{{ by_plan() }}
{#- Kept: many models ask which row of an activity was loaded last. -#}
with actividades as (
    select * from {{ of_touched_plans(ref('stg_actividades')) }}
)

select * from actividades
order by entidad_id, plan_id
