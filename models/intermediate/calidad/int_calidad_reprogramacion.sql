{{ by_plan() }}
{#- P08: months that a later version changed after they were over. -#}
with metas as (
    select * from {{ of_touched_plans(ref('int_meta_anual')) }}
),

planes as (
    select * from {{ ref('int_plan') }}
),

-- Few versions change a month that is over: only such months go through the window.
reprogrammed_months as (
    select distinct
        versions.entidad_id,
        versions.plan_id,
        versions.actividad_id,
        versions.mes
    from {{ of_touched_plans(ref('stg_metas_programadas')) }} as versions
    inner join planes
        on
            versions.entidad_id = planes.entidad_id
            and versions.plan_id = planes.plan_id
    where
        versions.version > 0
        and versions.fecha_version > {{ month_end('planes.anio', 'versions.mes') }}
),

-- A month that no earlier version names had nothing programmed.
successive_versions as (
    select
        versions.entidad_id,
        versions.plan_id,
        metas.centro_costo_id,
        versions.actividad_id,
        versions.mes,
        versions.version,
        versions.fecha_version,
        {{ month_end('planes.anio', 'versions.mes') }} as fin_de_mes,
        versions.meta_fisica,
        coalesce(versions.meta_financiera, 0) as meta_financiera,
        coalesce(lag(versions.meta_fisica) over of_month, 0) as fisica_anterior,
        coalesce(lag(versions.meta_financiera) over of_month, 0) as financiera_anterior
    from {{ of_touched_plans(ref('stg_metas_programadas')) }} as versions
    inner join reprogrammed_months
        on
            versions.entidad_id = reprogrammed_months.entidad_id
            and versions.plan_id = reprogrammed_months.plan_id
            and versions.actividad_id = reprogrammed_months.actividad_id
            and versions.mes = reprogrammed_months.mes
    inner join planes
        on
            versions.entidad_id = planes.entidad_id
            and versions.plan_id = planes.plan_id
    inner join metas
        on
            versions.entidad_id = metas.entidad_id
            and versions.plan_id = metas.plan_id
            and versions.actividad_id = metas.actividad_id
    window of_month as (
        partition by versions.entidad_id, versions.plan_id, versions.actividad_id, versions.mes
        order by versions.version
    )
),

-- Several versions may change a closed month, on one day too: the highest holds, and is told.
reprogrammings as (
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        actividad_id,
        mes,
        {{ latest_by(days_between('fin_de_mes', 'fecha_version'), 'version') }} as dias,
        {{ latest_by(
            "case when meta_fisica = fisica_anterior then 'El dinero programado de ' || "
            ~ month_name('mes') ~ " || ' cambió' else 'La meta de ' || " ~ month_name('mes')
            ~ " || ' cambió de ' || " ~ plain_number('fisica_anterior') ~ " || ' a ' || "
            ~ plain_number('meta_fisica')
            ~ " || case when meta_financiera = financiera_anterior then '' else ' y su dinero' end"
            ~ " end || case when meta_financiera = financiera_anterior then '' else ' de ' || "
            ~ plain_money('financiera_anterior') ~ " || ' a ' || "
            ~ plain_money('meta_financiera') ~ ' end',
            'version'
        ) }} as cambio
    from successive_versions
    where
        version > 0
        and fecha_version > fin_de_mes
        and (meta_fisica != fisica_anterior or meta_financiera != financiera_anterior)
    group by entidad_id, plan_id, centro_costo_id, actividad_id, mes
),

all_rules as (
    select
        {{ measured(
            'P08', "'AO'", 'actividad_id', 'dias',
            "cambio || ', ' || "
            ~ counted('dias', 'día', 'días') ~ " || ' después de cerrado el mes'",
            centre='centro_costo_id', month='mes'
        ) }}
    from reprogrammings
)

{{ measures_to_judge() }}
