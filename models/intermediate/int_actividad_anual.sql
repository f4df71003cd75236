with twelve_months as (
    {{ activity_years(ref('stg_actividades'), ref('int_programacion_anual')) }}
)

select * from twelve_months
