{{ config(materialized=view_in_process()) }}
with advances as (
    {{ activity_advances(ref('int_actividad_acumulada')) }}
)

select * from advances
