{{ by_plan() }}
with twelve_months as (
    {{ activity_years(of_touched_plans(ref('stg_actividades')), ref('int_programacion_anual')) }}
)

select * from twelve_months
