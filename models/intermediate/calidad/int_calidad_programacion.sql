{{ by_plan() }}
{#- Rules about how each activity is programmed: P02, P03, P04, P07. -#}
with actividades as (
    select * from {{ of_touched_plans(ref('int_actividad')) }}
),

metas as (
    select * from {{ of_touched_plans(ref('int_meta_anual')) }}
),

years as (
    select * from {{ of_touched_plans(ref('int_actividad_anual')) }}
),

reported as (
    select * from {{ ref('stg_resultados_reportados') }}
    where nivel = 'AO'
),

planes as (
    select * from {{ ref('int_plan') }}
),

cuts as (
    select * from {{ ref('int_plan_corte') }}
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
                metas.{{ month_column('pf', month) }} > 0
                and (
                    {{ month }} < actividades.mes_inicio
                    or {{ month }} > actividades.mes_fin
                )
                then 1
            else 0
        end as {{ month_column('x', month) }}
        {%- endfor %}
    from actividades
    inner join metas
        on
            actividades.entidad_id = metas.entidad_id
            and actividades.plan_id = metas.plan_id
            and actividades.actividad_id = metas.actividad_id
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

-- The same quantity in as many months as the plan has cortes.
equal_months as (
    select
        metas.entidad_id,
        metas.plan_id,
        metas.actividad_id,
        cut_counts.n_cortes,
        greatest({{ twelve_columns('pf', 'metas') }}) as cantidad
    from metas
    inner join cut_counts
        on
            metas.entidad_id = cut_counts.entidad_id
            and metas.plan_id = cut_counts.plan_id
            and {{ count_of_months('pf', 12, 'metas') }} = cut_counts.n_cortes
    where
        least({{ twelve_columns('pf', 'metas') }}) = greatest({{ twelve_columns('pf', 'metas') }})
        and greatest({{ twelve_columns('pf', 'metas') }}) > 0
),

units as (
    select distinct unidad_medida
    from actividades
),

generic_units as (
    select units.unidad_medida
    from units
    inner join genericas
        on {{ plain_unit('units.unidad_medida') }} = genericas.unidad_medida
),

routine_programme as (
    select
        {{ measured(
            'P03', "'AO'", 'actividades.actividad_id', 'equal_months.n_cortes',
            "'Programa ' || " ~ plain_number('equal_months.cantidad')
            ~ " || ' cada mes en la unidad «' || actividades.unidad_medida || '»'",
            entity='actividades.entidad_id', plan='actividades.plan_id',
            centre='actividades.centro_costo_id'
        ) }}
    from actividades
    inner join generic_units
        on actividades.unidad_medida = generic_units.unidad_medida
    inner join equal_months
        on
            actividades.entidad_id = equal_months.entidad_id
            and actividades.plan_id = equal_months.plan_id
            and actividades.actividad_id = equal_months.actividad_id
),

last_cuts as (
    select
        cuts.entidad_id,
        cuts.plan_id,
        cuts.mes_corte
    from cuts
    inner join planes
        on
            cuts.entidad_id = planes.entidad_id
            and cuts.plan_id = planes.plan_id
            and cuts.mes_corte = planes.ultimo_corte
),

with_report as (
    select
        years.*,
        reported.elemento_id is not null as tiene_reporte,
        {{ sum_of_months('pf', 12, 'years') }} as suma_fisica,
        {{ sum_of_months('pm', 12, 'years') }} as suma_financiera
    from years
    inner join last_cuts
        on
            years.entidad_id = last_cuts.entidad_id
            and years.plan_id = last_cuts.plan_id
    left join reported
        on
            years.entidad_id = reported.entidad_id
            and years.plan_id = reported.plan_id
            and years.actividad_id = reported.elemento_id
            and last_cuts.mes_corte = reported.mes_corte
),

-- Nearly all have both targets: only of the others, and of those that a report may stand in for,
-- the figures at the last corte are asked.
doubtful_years as (
    select * from with_report
    where tiene_reporte or suma_fisica = 0 or suma_financiera = 0
),

cumulative_to_cut as (
    {{ cumulative_figures('doubtful_years', 'last_cuts') }}
),

avances as (
    {{ activity_advances('cumulative_to_cut') }}
),

plans_with_money as (
    select
        entidad_id,
        plan_id
    from with_report
    where not tiene_reporte and suma_financiera > 0
    union
    select
        entidad_id,
        plan_id
    from avances
    where programado_financiero > 0
),

-- The year's targets: those of the months, or of the report that stands in for them.
year_targets as (
    select
        avances.entidad_id,
        avances.plan_id,
        avances.centro_costo_id,
        avances.actividad_id,
        coalesce(avances.programado_fisico, years.suma_fisica, 0) as fisica,
        avances.programado_fisico is null
        and years.sin_programa
        and avances.avance_fisico_pct is not null as se_ignora_la_fisica,
        coalesce(avances.programado_financiero, 0) as financiera
    from avances
    inner join plans_with_money
        on
            avances.entidad_id = plans_with_money.entidad_id
            and avances.plan_id = plans_with_money.plan_id
    inner join doubtful_years as years
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
            "case when fisica = 0 then 'Programa ' || " ~ plain_money('financiera')
            ~ " || ' en dinero y ninguna meta física' else 'Programa ' || "
            ~ plain_number('fisica') ~ " || ' de meta física y nada de dinero' end",
            centre='centro_costo_id'
        ) }}
    from year_targets
    where not se_ignora_la_fisica
),

names as (
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        actividad_id,
        nombre,
        {{ plain_name('nombre') }} as nombre_llano
    from actividades
),

-- Few names come twice: only they are looked up.
names_that_repeat as (
    select
        entidad_id,
        plan_id,
        nombre_llano,
        count(*) as actividades
    from names
    group by entidad_id, plan_id, nombre_llano
    having count(*) > 1
),

with_equal_names as (
    select
        names.*,
        names_that_repeat.actividades as actividades_iguales
    from names
    inner join names_that_repeat
        on
            names.entidad_id = names_that_repeat.entidad_id
            and names.plan_id = names_that_repeat.plan_id
            and names.nombre_llano = names_that_repeat.nombre_llano
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
    from with_equal_names
),

all_rules as (
    select * from outside_range
    union all
    select * from routine_programme
    union all
    select * from unmatched_targets
    union all
    select * from repeated_names
)

{{ measures_to_judge() }}
