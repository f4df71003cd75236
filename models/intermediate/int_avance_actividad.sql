{{ by_plan() }}
with advances as (
    {{ activity_advances(of_touched_plans(ref('int_actividad_acumulada'))) }}
)

select * from advances
