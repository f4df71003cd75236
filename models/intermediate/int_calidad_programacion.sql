{{ by_plan() }}
{#- Rules about how each activity is programmed: P02, P03, P04, P07, P08. -#}
with actividades as (
    select * from {{ of_touched_plans(ref('stg_actividades')) }}
),

years as (
    select * from {{ of_touched_plans(ref('int_actividad_anual')) }}
),

avances as (
    select * from {{ of_touched_plans(ref('int_avance_actividad')) }}
),

planes as (
    select * from {{ ref('int_plan') }}
),

cuts as (
    select * from {{ ref('int_plan_corte') }}
),

months as (
    select * from {{ of_touched_plans(ref('int_meta_mensual')) }}
),

versions as (
    select * from {{ of_touched_plans(ref('stg_metas_programadas')) }}
),

genericas as (
    select * from {{ ref('stg_unidades_genericas') }}
),

declared_range as (
    select
        actividades.entidad_id,
        actividades.plan_id,
        actividades.centro_costo_id,
        actividades.actividad_id,
        coalesce(actividades.mes_inicio, 1) as mes_inicio,
        coalesce(actividades.mes_fin, 12) as mes_fin
        {%- for month in range(1, 13) %},
        case
            when
                years.{{ month_column('pf', month) }} > 0
                and (
                    {{ month }} < coalesce(actividades.mes_inicio, 1)
                    or {{ month }} > coalesce(actividades.mes_fin, 12)
                )
                then 1
            else 0
        end as {{ month_column('x', month) }}
        {%- endfor %}
    from actividades
    inner join years
        on
            actividades.entidad_id = years.entidad_id
            and actividades.plan_id = years.plan_id
            and actividades.actividad_id = years.actividad_id
    where actividades.mes_inicio is not null or actividades.mes_fin is not null
),

outside_range as (
    select
        {{ measured(
            'P02', "'AO'", 'actividad_id', sum_of_months('x', 12),
            "'Declara de ' || " ~ month_name('mes_inicio') ~ " || ' a ' || " ~ month_name('mes_fin')
            ~ " || ' y programa además ' || concat_ws(', '"
            ~ outside_month_names() ~ ")",
            centre='centro_costo_id'
        ) }}
    from declared_range
),

cut_counts as (
    select
        entidad_id,
        plan_id,
        count(*) as n_cortes
    from cuts
    group by entidad_id, plan_id
),

equal_months as (
    select
        months.entidad_id,
        months.plan_id,
        months.actividad_id,
        max(cut_counts.n_cortes) as n_cortes,
        max(months.programado_fisico) as cantidad,
        count(*) filter (where months.programado_fisico > 0) = max(cut_counts.n_cortes)
        and min(months.programado_fisico) = max(months.programado_fisico) as son_iguales
    from months
    inner join cut_counts
        on
            months.entidad_id = cut_counts.entidad_id
            and months.plan_id = cut_counts.plan_id
    where months.programado_fisico is not null
    group by months.entidad_id, months.plan_id, months.actividad_id
),

routine_programme as (
    select
        {{ measured(
            'P03', "'AO'", 'actividades.actividad_id',
            'case when equal_months.son_iguales then equal_months.n_cortes else 0 end',
            "'Programa ' || " ~ plain_number('equal_months.cantidad')
            ~ " || ' cada mes en la unidad «' || actividades.unidad_medida || '»'",
            entity='actividades.entidad_id', plan='actividades.plan_id',
            centre='actividades.centro_costo_id'
        ) }}
    from actividades
    inner join genericas
        on {{ plain_unit('actividades.unidad_medida') }} = genericas.unidad_medida
    inner join equal_months
        on
            actividades.entidad_id = equal_months.entidad_id
            and actividades.plan_id = equal_months.plan_id
            and actividades.actividad_id = equal_months.actividad_id
),

-- The year's targets: those of the months, or of the report that stands in for them.
year_targets as (
    select
        avances.entidad_id,
        avances.plan_id,
        avances.centro_costo_id,
        avances.actividad_id,
        coalesce(avances.programado_fisico, {{ sum_of_months('pf', 12, 'years') }}, 0) as fisica,
        avances.programado_fisico is null
        and years.sin_programa
        and avances.avance_fisico_pct is not null as se_ignora_la_fisica,
        coalesce(avances.programado_financiero, 0) as financiera,
        max(coalesce(avances.programado_financiero, 0)) over (
            partition by avances.entidad_id, avances.plan_id
        ) as mayor_dinero_del_plan
    from avances
    inner join planes
        on
            avances.entidad_id = planes.entidad_id
            and avances.plan_id = planes.plan_id
            and avances.mes_corte = planes.ultimo_corte
    inner join years
        on
            avances.entidad_id = years.entidad_id
            and avances.plan_id = years.plan_id
            and avances.actividad_id = years.actividad_id
),

unmatched_targets as (
    select
        {{ measured(
            'P04', "'AO'", 'actividad_id',
            'case when fisica = 0 then financiera when financiera = 0 then fisica else 0 end',
            "case when fisica = 0 then 'Programa ' || " ~ plain_number('financiera')
            ~ " || ' en dinero y ninguna meta física' else 'Programa ' || "
            ~ plain_number('fisica') ~ " || ' de meta física y nada de dinero' end",
            centre='centro_costo_id'
        ) }}
    from year_targets
    where mayor_dinero_del_plan > 0 and not se_ignora_la_fisica
),

names as (
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        actividad_id,
        nombre,
        count(*) over (
            partition by entidad_id, plan_id, {{ plain_name('nombre') }}
        ) as actividades_iguales
    from actividades
),

repeated_names as (
    select
        {{ measured(
            'P07', "'AO'", 'actividad_id', 'actividades_iguales',
            plain_number('actividades_iguales', 0)
            ~ " || ' actividades del plan se llaman «' || substr(nombre, 1, 120)"
            ~ " || case when length(nombre) > 120 then '…' else '' end || '»'",
            centre='centro_costo_id'
        ) }}
    from names
),

-- Months that only the approved plan names were never reprogrammed.
reprogrammed_months as (
    select distinct
        entidad_id,
        plan_id,
        actividad_id,
        mes
    from versions
    where version > 0
),

-- A month that no earlier version names had nothing programmed.
successive_versions as (
    select
        versions.entidad_id,
        versions.plan_id,
        actividades.centro_costo_id,
        versions.actividad_id,
        versions.mes,
        versions.version,
        versions.fecha_version,
        {{ month_end('planes.anio', 'versions.mes') }} as fin_de_mes,
        versions.meta_fisica,
        coalesce(versions.meta_financiera, 0) as meta_financiera,
        coalesce(lag(versions.meta_fisica) over of_month, 0) as fisica_anterior,
        coalesce(lag(coalesce(versions.meta_financiera, 0)) over of_month, 0)
            as financiera_anterior
    from versions
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
    inner join actividades
        on
            versions.entidad_id = actividades.entidad_id
            and versions.plan_id = actividades.plan_id
            and versions.actividad_id = actividades.actividad_id
    window of_month as (
        partition by versions.entidad_id, versions.plan_id, versions.actividad_id, versions.mes
        order by versions.version
    )
),

reprogrammings as (
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        actividad_id,
        mes,
        max(
            case
                when
                    fecha_version > fin_de_mes
                    and (
                        meta_fisica != fisica_anterior
                        or meta_financiera != financiera_anterior
                    )
                    then {{ days_between('fin_de_mes', 'fecha_version') }}
                else 0
            end
        ) as dias,
        {{ latest_by(
            "' de ' || " ~ plain_number('fisica_anterior') ~ " || ' a ' || "
            ~ plain_number('meta_fisica') ~ " || ' y su dinero de ' || "
            ~ plain_number('financiera_anterior') ~ " || ' a ' || "
            ~ plain_number('meta_financiera'),
            'version'
        ) }} as cambio
    from successive_versions
    where version > 0
    group by entidad_id, plan_id, centro_costo_id, actividad_id, mes
),

reprogrammed_after_closing as (
    select
        {{ measured(
            'P08', "'AO'", 'actividad_id', 'dias',
            "'La meta de ' || " ~ month_name('mes') ~ " || ' cambió' || cambio || ', ' || "
            ~ counted('dias', 'día', 'días') ~ " || ' después de cerrado el mes'",
            centre='centro_costo_id', month='mes'
        ) }}
    from reprogrammings
),

all_rules as (
    select * from outside_range
    union all
    select * from routine_programme
    union all
    select * from unmatched_targets
    union all
    select * from repeated_names
    union all
    select * from reprogrammed_after_closing
)

{{ measures_to_judge() }}
