{{ by_plan() }}
with versions as (
    select * from {{ of_touched_plans(ref('stg_metas_programadas')) }}
),

registrations as (
    select * from {{ of_touched_plans(ref('stg_metas_ejecutadas')) }}
),

planes as (
    select * from {{ ref('int_plan') }}
),

latest_version as (
    select
        entidad_id,
        plan_id,
        actividad_id,
        mes,
        max(version) as version,
        {{ latest_by('meta_fisica', 'version') }} as programado_fisico,
        nullif({{ latest_by('coalesce(meta_financiera, -1)', 'version') }}, -1)
            as programado_financiero
    from versions
    group by entidad_id, plan_id, actividad_id, mes
),

-- On time is the first registration with a physical value: correcting it later does not make a
-- unit late. A null travels as -1, because aggregates skip nulls.
latest_registration as (
    select
        entidad_id,
        plan_id,
        actividad_id,
        mes,
        count(*) as n_registros,
        max(fecha_registro) as fecha_registro,
        min(case when ejecucion_fisica is not null then fecha_registro end)
            as fecha_primer_registro,
        nullif({{ latest_by('coalesce(ejecucion_fisica, -1)', 'fecha_registro') }}, -1)
            as ejecutado_fisico,
        nullif({{ latest_by('coalesce(ejecucion_financiera, -1)', 'fecha_registro') }}, -1)
            as ejecutado_financiero
    from registrations
    group by entidad_id, plan_id, actividad_id, mes
),

months as (
    select
        coalesce(latest_version.entidad_id, latest_registration.entidad_id) as entidad_id,
        coalesce(latest_version.plan_id, latest_registration.plan_id) as plan_id,
        coalesce(latest_version.actividad_id, latest_registration.actividad_id) as actividad_id,
        coalesce(latest_version.mes, latest_registration.mes) as mes,
        latest_version.programado_fisico,
        latest_registration.ejecutado_fisico,
        latest_version.programado_financiero,
        latest_registration.ejecutado_financiero,
        latest_version.version,
        coalesce(latest_registration.n_registros, 0) as n_registros,
        latest_registration.fecha_registro,
        latest_registration.fecha_primer_registro
    from latest_version
    full outer join latest_registration
        on
            latest_version.entidad_id = latest_registration.entidad_id
            and latest_version.plan_id = latest_registration.plan_id
            and latest_version.actividad_id = latest_registration.actividad_id
            and latest_version.mes = latest_registration.mes
),

-- The deadline is the last day of month mes + plazo_registro_meses: in time is any registration
-- dated in a month up to that one.
with_deadline as (
    select
        months.entidad_id,
        months.plan_id,
        planes.anio,
        months.actividad_id,
        months.mes,
        months.programado_fisico,
        case when planes.con_seguimiento then months.ejecutado_fisico end as ejecutado_fisico,
        months.programado_financiero,
        case when planes.con_seguimiento then months.ejecutado_financiero end
            as ejecutado_financiero,
        months.version,
        months.n_registros,
        months.fecha_registro,
        months.fecha_primer_registro,
        (cast(extract(year from months.fecha_primer_registro) as integer) - planes.anio) * 12
        + cast(extract(month from months.fecha_primer_registro) as integer)
        <= months.mes + planes.plazo_registro_meses as registrado_a_tiempo
    from months
    inner join planes
        on
            months.entidad_id = planes.entidad_id
            and months.plan_id = planes.plan_id
)

select * from with_deadline
