{{ by_plan() }}
{#- Rules about the registration of single months: S02, S09, R06. -#}
with expected_months as (
    select * from {{ of_touched_plans(ref('int_registro_exigible')) }}
),

planes as (
    select * from {{ ref('int_plan') }}
    where con_seguimiento
),

reglas as (
    select * from {{ ref('stg_reglas_calidad') }}
),

executed as (
    select
        years.*,
        reglas.umbral_2 as meses_minimos
    from {{ of_touched_plans(ref('int_ejecucion_anual')) }} as years
    inner join planes
        on
            years.entidad_id = planes.entidad_id
            and years.plan_id = planes.plan_id
    inner join reglas on reglas.regla_id = 'R06'
),

registrations as (
    select * from {{ of_touched_plans(ref('stg_metas_ejecutadas')) }}
),

actividades as (
    select * from {{ of_touched_plans(ref('stg_actividades')) }}
),

-- On time is the first registration: correcting it later does not make a unit late.
registered_late as (
    select
        {{ measured(
            'S02', "'AO'", 'actividad_id',
            days_between('fecha_limite', 'fecha_primer_registro'),
            month_name('mes') ~ " || ' se registró el ' || " ~ plain_date('fecha_primer_registro')
            ~ " || ' y el plazo vencía el ' || " ~ plain_date('fecha_limite') ~ " || ': ' || "
            ~ counted(days_between('fecha_limite', 'fecha_primer_registro'), 'día', 'días')
            ~ " || ' de atraso'",
            centre='centro_costo_id', month='mes'
        ) }}
    from expected_months
    where registrado and not a_tiempo
),

-- Few months are registered twice: only they go through the window.
registered_again as (
    select
        entidad_id,
        plan_id,
        actividad_id,
        mes
    from {{ of_touched_plans(ref('int_meta_mensual')) }}
    where n_registros > 1
),

successive_registrations as (
    select
        registrations.*,
        lag(registrations.ejecucion_fisica) over of_month as fisica_anterior,
        lag(registrations.ejecucion_financiera) over of_month as financiera_anterior
    from registrations
    inner join registered_again
        on
            registrations.entidad_id = registered_again.entidad_id
            and registrations.plan_id = registered_again.plan_id
            and registrations.actividad_id = registered_again.actividad_id
            and registrations.mes = registered_again.mes
    window of_month as (
        partition by
            registrations.entidad_id, registrations.plan_id, registrations.actividad_id,
            registrations.mes
        order by registrations.fecha_registro
    )
),

-- Giving for the first time what was left empty completes a registration, it changes nothing.
with_changes as (
    select
        *,
        coalesce(ejecucion_fisica is distinct from fisica_anterior, false)
        and fisica_anterior is not null as cambia_fisica,
        coalesce(ejecucion_financiera is distinct from financiera_anterior, false)
        and financiera_anterior is not null as cambia_financiera
    from successive_registrations
),

changes_of_month as (
    select
        changes.entidad_id,
        changes.plan_id,
        actividades.centro_costo_id,
        changes.actividad_id,
        changes.mes,
        count(*) filter (where changes.cambia_fisica or changes.cambia_financiera) as cambios,
        max(case when changes.cambia_fisica or changes.cambia_financiera
            then changes.fecha_registro end) as ultimo_cambio,
        {{ latest_by(
            "case when changes.cambia_fisica then ' de ' || "
            ~ plain_number('changes.fisica_anterior') ~ " || ' a ' || "
            ~ plain_number('changes.ejecucion_fisica')
            ~ " when changes.cambia_financiera then ' el gasto de ' || "
            ~ plain_number('changes.financiera_anterior') ~ " || ' a ' || "
            ~ plain_number('changes.ejecucion_financiera') ~ " else '' end",
            'changes.fecha_registro'
        ) }} as cambio
    from with_changes as changes
    inner join planes
        on
            changes.entidad_id = planes.entidad_id
            and changes.plan_id = planes.plan_id
    inner join actividades
        on
            changes.entidad_id = actividades.entidad_id
            and changes.plan_id = actividades.plan_id
            and changes.actividad_id = actividades.actividad_id
    group by
        changes.entidad_id, changes.plan_id, actividades.centro_costo_id, changes.actividad_id,
        changes.mes
),

changed_after_reporting as (
    select
        {{ measured(
            'S09', "'AO'", 'actividad_id', 'cambios',
            "'El registro de ' || " ~ month_name('mes') ~ " || ' cambió ' || "
            ~ counted('cambios', 'vez', 'veces') ~ " || coalesce(', la última el ' || "
            ~ plain_date('ultimo_cambio') ~ ", '') || cambio",
            centre='centro_costo_id', month='mes'
        ) }}
    from changes_of_month
),

-- Months over the mean of those before, where there are enough of them: from the year's row, twelve
-- months side by side. Six decimals take the binary noise out of the spread of equal months.
over_the_mean as (
    {%- for month in range(2, 13) %}
    select
        entidad_id,
        plan_id,
        actividad_id,
        {{ month }} as mes,
        ejecutado_fisico,
        meses_anteriores,
        {{ round_to('media', 6) }} as media,
        {{ round_to(deviation_of_months('ef', month - 1, 'media', 'meses_anteriores'), 6) }}
            as desviacion
    from (
        select
            *,
            {{ month_column('ef', month) }} as ejecutado_fisico,
            {{ count_of_months('ef', month - 1) }} as meses_anteriores,
            {{ mean_of_months('ef', month - 1) }} as media
        from executed
    ) as month_{{ month }}
    where
        ejecutado_fisico > {{ round_to('media', 6) }}
        and meses_anteriores >= meses_minimos
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- How many standard deviations over the mean; nothing to measure by where all months were equal.
atypical_month as (
    select
        {{ measured(
            'R06', "'AO'", 'over_the_mean.actividad_id',
            'case when desviacion > 0 then (ejecutado_fisico - media) / desviacion end',
            month_name('mes') ~ " || ' ejecuta ' || " ~ plain_number('ejecutado_fisico')
            ~ " || '; la media de los ' || " ~ plain_number('meses_anteriores', 0)
            ~ " || ' meses anteriores es ' || " ~ plain_number('media')
            ~ " || ' y su desviación ' || " ~ plain_number('desviacion'),
            entity='over_the_mean.entidad_id', plan='over_the_mean.plan_id',
            centre='actividades.centro_costo_id', month='mes'
        ) }}
    from over_the_mean
    inner join actividades
        on
            over_the_mean.entidad_id = actividades.entidad_id
            and over_the_mean.plan_id = actividades.plan_id
            and over_the_mean.actividad_id = actividades.actividad_id
),

all_rules as (
    select * from registered_late
    union all
    select * from changed_after_reporting
    union all
    select * from atypical_month
)

{{ measures_to_judge() }}
