{{ by_plan() }}
with versions as (
    select * from {{ of_touched_plans(ref('stg_metas_programadas')) }}
),

by_version as (
    select
        entidad_id,
        plan_id,
        version,
        fecha_version,
        max(mes) as ultimo_mes
    from versions
    group by entidad_id, plan_id, version, fecha_version
)

select * from by_version
