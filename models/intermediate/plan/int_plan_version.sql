{{ by_plan() }}
with versions as (
    select * from {{ of_touched_plans(ref('int_programacion_version')) }}
),

planes as (
    select * from {{ ref('int_plan') }}
),

parametros as (
    {{ parameters_row(['mes_consistencia']) }}
),

kinds as (
    {{ version_kinds() }}
),

plan_versions as (
    select
        versions.entidad_id,
        versions.plan_id,
        versions.version,
        planes.anio,
        versions.fecha_version
    from versions
    inner join planes
        on
            versions.entidad_id = planes.entidad_id
            and versions.plan_id = planes.plan_id
),

of_kind as (
    select
        plan_versions.entidad_id,
        plan_versions.plan_id,
        kinds.version_plan,
        plan_versions.version,
        plan_versions.fecha_version,
        max(plan_versions.version) over (
            partition by plan_versions.entidad_id, plan_versions.plan_id, kinds.version_plan
        ) as ultima_version
    from plan_versions
    cross join parametros
    inner join kinds
        on {{ counts_in_version(
            'kinds.version_plan', 'plan_versions', 'plan_versions.anio',
            'parametros.mes_consistencia'
        ) }}
),

latest_of_kind as (
    select
        entidad_id,
        plan_id,
        version_plan,
        version,
        max(fecha_version) as fecha_version
    from of_kind
    where version = ultima_version
    group by entidad_id, plan_id, version_plan, version
)

select * from latest_of_kind
