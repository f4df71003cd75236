{{ by_plan() }}
{#- Kept: many models ask which row of an activity was loaded last. -#}
with actividades as (
    select * from {{ of_touched_plans(ref('stg_actividades')) }}
),

latest as (
    select
        entidad_id,
        plan_id,
        actividad_id,
        aei_id,
        centro_costo_id,
        nombre,
        unidad_medida,
        tipo_agregacion,
        ponderacion,
        mes_inicio,
        mes_fin
    from actividades
    order by entidad_id, plan_id
)

select * from latest
