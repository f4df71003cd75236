{{ by_plan(joins_as_written=true) }}
{#- Rules about the registration of single months: S02, S09, S11, R06. -#}
with expected_months as (
    select * from {{ ref('int_registro_exigible') }}
),

registrations as (
    select * from {{ of_touched_plans(ref('stg_metas_ejecutadas')) }}
),

reglas as (
    select * from {{ ref('stg_reglas_calidad') }}
    where regla_id = 'R06'
),

planes as (
    select * from {{ ref('int_plan') }}
),

-- Of the year's row only the few months that are late, before anything is said of them.
late_months as (
    {%- for month in range(1, 13) %}
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        actividad_id,
        {{ month }} as mes,
        {{ month_column('l', month) }} as fecha_limite,
        {{ month_column('p', month) }} as fecha_primer_registro
    from expected_months
    where {{ month_column('p', month) }} > {{ month_column('l', month) }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- On time is the first registration: correcting it later does not make a unit late.
registered_late as (
    select
        {{ measured(
            'S02', "'AO'", 'actividad_id',
            days_between('fecha_limite', 'fecha_primer_registro'),
            "'El registro de ' || " ~ month_name('mes') ~ " || ' se hizo el ' || "
            ~ plain_date('fecha_primer_registro')
            ~ " || ' y el plazo vencía el ' || " ~ plain_date('fecha_limite') ~ " || ': ' || "
            ~ counted(days_between('fecha_limite', 'fecha_primer_registro'), 'día', 'días')
            ~ " || ' de atraso'",
            centre='centro_costo_id', month='mes'
        ) }}
    from late_months
),

-- What holds of a month, written down before there was anything to count. A quarterly plan
-- registers whole quarters.
early_months as (
    {%- for month in range(1, 13) %}
    {%- set month_start = first_of_next_month('metas.anio', month - 1) %}
    {%- set quarter_start = first_of_next_month('metas.anio', month - 3) %}
    select
        metas.entidad_id,
        metas.plan_id,
        metas.centro_costo_id,
        metas.actividad_id,
        {{ month }} as mes,
        planes.periodicidad,
        {%- if month % 3 == 0 %}
        case
            when planes.periodicidad = 'trimestral' then {{ quarter_start }}
            else {{ month_start }}
        end as primer_dia,
        {%- else %}
        {{ month_start }} as primer_dia,
        {%- endif %}
        metas.{{ month_column('fr', month) }} as fecha_registro
    from {{ of_touched_plans(ref('int_meta_anual')) }} as metas
    inner join planes
        on
            metas.entidad_id = planes.entidad_id
            and metas.plan_id = planes.plan_id
    where
        metas.con_seguimiento
        and metas.{{ month_column('fr', month) }} < {{ month_start }}
        and (
            metas.{{ month_column('ef', month) }} is not null
            or metas.{{ month_column('em', month) }} is not null
        )
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

registered_early as (
    select
        {{ measured(
            'S11', "'AO'", 'actividad_id', days_between('fecha_registro', 'primer_dia'),
            "'El registro de ' || " ~ month_name('mes') ~ " || ' se hizo el ' || "
            ~ plain_date('fecha_registro')
            ~ " || ', ' || " ~ counted(days_between('fecha_registro', 'primer_dia'), 'día', 'días')
            ~ " || ' antes de que empezara el ' || "
            ~ "case when periodicidad = 'trimestral' then 'trimestre' else 'mes' end",
            centre='centro_costo_id', month='mes'
        ) }}
    from early_months
    where fecha_registro < primer_dia
),

-- Few months are registered twice: only they go through the window.
registered_again as (
    {%- for month in range(1, 13) %}
    select
        metas.entidad_id,
        metas.plan_id,
        metas.centro_costo_id,
        metas.actividad_id,
        {{ month }} as mes
    from {{ of_touched_plans(ref('int_meta_anual')) }} as metas
    where metas.con_seguimiento and metas.{{ month_column('nr', month) }} > 1
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

successive_registrations as (
    select
        registrations.*,
        registered_again.centro_costo_id,
        lag(registrations.ejecucion_fisica) over of_month as fisica_anterior,
        lag(registrations.ejecucion_financiera) over of_month as financiera_anterior,
        count(registrations.ejecucion_fisica) over before_it as fisicas_dadas,
        count(registrations.ejecucion_financiera) over before_it as financieras_dadas
    from registrations
    inner join registered_again
        on
            registrations.entidad_id = registered_again.entidad_id
            and registrations.plan_id = registered_again.plan_id
            and registrations.actividad_id = registered_again.actividad_id
            and registrations.mes = registered_again.mes
    window
        of_month as (
            partition by
                registrations.entidad_id, registrations.plan_id, registrations.actividad_id,
                registrations.mes
            order by registrations.fecha_registro
        ),
        before_it as (
            partition by
                registrations.entidad_id, registrations.plan_id, registrations.actividad_id,
                registrations.mes
            order by registrations.fecha_registro
            rows between unbounded preceding and 1 preceding
        )
),

-- Giving for the first time what was left empty completes a registration, it changes nothing; what
-- was withdrawn and is given again was reported before.
with_changes as (
    select
        *,
        coalesce(ejecucion_fisica is distinct from fisica_anterior, false)
        and fisicas_dadas > 0 as cambia_fisica,
        coalesce(ejecucion_financiera is distinct from financiera_anterior, false)
        and financieras_dadas > 0 as cambia_financiera
    from successive_registrations
),

changes_of_month as (
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        actividad_id,
        mes,
        count(*) filter (where cambia_fisica or cambia_financiera) as cambios,
        max(case when cambia_fisica or cambia_financiera
            then fecha_registro end) as ultimo_cambio,
        {{ latest_by(
            "case when cambia_fisica then ' de ' || "
            ~ plain_number('fisica_anterior') ~ " || ' a ' || "
            ~ plain_number('ejecucion_fisica')
            ~ " else ', el gasto de ' || "
            ~ plain_money('financiera_anterior') ~ " || ' a ' || "
            ~ plain_money('ejecucion_financiera') ~ " end",
            'fecha_registro', 'cambia_fisica or cambia_financiera'
        ) }} as cambio
    from with_changes
    group by entidad_id, plan_id, centro_costo_id, actividad_id, mes
),

changed_after_reporting as (
    select
        {{ measured(
            'S09', "'AO'", 'actividad_id', 'cambios',
            "'El registro de ' || " ~ month_name('mes') ~ " || ' cambió ' || "
            ~ counted('cambios', 'vez', 'veces') ~ " || coalesce(', la última el ' || "
            ~ plain_date('ultimo_cambio') ~ ", '') || coalesce(cambio, '')",
            centre='centro_costo_id', month='mes'
        ) }}
    from changes_of_month
),

-- Months over the mean of those before that had a target or an execution, where there are enough of
-- them: from the year's row, twelve months side by side. Six decimals take the binary noise out of
-- the spread of equal months.
over_the_mean as (
    {%- for month in range(2, 13) %}
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        actividad_id,
        {{ month }} as mes,
        ejecutado_fisico,
        meses_anteriores,
        {{ round_to('media', 6) }} as media,
        {{ round_to(
            deviation_of_months_at_work('ef', 'pf', month - 1, 'media', 'meses_anteriores'), 6
        ) }} as desviacion
    from (
        select
            metas.*,
            reglas.umbral_2 as meses_minimos,
            metas.{{ month_column('ef', month) }} as ejecutado_fisico,
            {{ count_of_months_at_work('ef', 'pf', month - 1, 'metas') }} as meses_anteriores,
            {{ mean_of_months_at_work('ef', 'pf', month - 1, 'metas') }} as media
        from {{ of_touched_plans(ref('int_meta_anual')) }} as metas
        inner join reglas on reglas.umbral_2 <= {{ month - 1 }}
        where metas.con_seguimiento
    ) as month_{{ month }}
    where
        meses_anteriores >= meses_minimos
        and ejecutado_fisico > {{ round_to('media', 6) }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- How many standard deviations over the mean; nothing to measure by where all months were equal.
atypical_month as (
    select
        {{ measured(
            'R06', "'AO'", 'actividad_id',
            'case when desviacion > 0 then (ejecutado_fisico - media) / desviacion end',
            "'En ' || " ~ month_name('mes') ~ " || ' se ejecuta ' || "
            ~ plain_number('ejecutado_fisico')
            ~ " || '; la media de los ' || " ~ plain_number('meses_anteriores', 0)
            ~ " || ' meses anteriores con meta o ejecución es ' || " ~ plain_number('media')
            ~ " || ' y su desviación ' || " ~ plain_number('desviacion'),
            centre='centro_costo_id', month='mes'
        ) }}
    from over_the_mean
    where
        desviacion = 0
        or {{ near_threshold('R06', '(ejecutado_fisico - media) / nullif(desviacion, 0)') }}
),

all_rules as (
    select * from registered_late
    union all
    select * from changed_after_reporting
    union all
    select * from registered_early
    union all
    select * from atypical_month
)

{{ measures_to_judge() }}
