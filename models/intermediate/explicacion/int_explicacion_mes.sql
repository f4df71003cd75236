{{ config(materialized='view') }}
with years as (
    select * from {{ ref('int_actividad_anual') }}
),

cuts as (
    select * from {{ ref('int_plan_corte') }}
),

planes as (
    select * from {{ ref('int_plan') }}
),

months as (
    select * from {{ ref('int_meta_mensual') }}
),

cortes as (
    select * from {{ ref('int_corte_vigente') }}
),

avances as (
    select * from {{ ref('int_avance_actividad') }}
),

-- What programmes nothing up to the last corte that is due has nothing to register: S01 asks for
-- none of its months.
without_programme as (
    select
        avances.entidad_id,
        avances.plan_id,
        avances.actividad_id
    from avances
    inner join cortes
        on
            avances.entidad_id = cortes.entidad_id
            and avances.plan_id = cortes.plan_id
            and avances.mes_corte = cortes.corte_exigible
    where avances.estado = 'S.P.'
),

-- A month is missing as the contract's section 2 has it: not S.P., due, and without a physical
-- value. Of a plan without follow-up nothing is to be registered.
every_month as (
    select
        years.entidad_id,
        years.plan_id,
        years.actividad_id,
        cuts.mes_corte as mes,
        cuts.mes_corte <= planes.meses_exigibles as exigible,
        {{ registration_deadline('planes', 'cuts.mes_corte') }}
            as fecha_limite,
        planes.con_seguimiento
        and without_programme.actividad_id is null
        and case cuts.mes_corte
            {%- for month in range(1, 13) %}
            when {{ month }} then years.{{ month_column('f', month) }}
            {%- endfor %}
        end = 1 as falta,
        years.es_promedio_mensual
    from years
    inner join planes
        on
            years.entidad_id = planes.entidad_id
            and years.plan_id = planes.plan_id
    inner join cuts
        on
            years.entidad_id = cuts.entidad_id
            and years.plan_id = cuts.plan_id
    left join without_programme
        on
            years.entidad_id = without_programme.entidad_id
            and years.plan_id = without_programme.plan_id
            and years.actividad_id = without_programme.actividad_id
),

with_figures as (
    select
        every_month.entidad_id,
        every_month.plan_id,
        every_month.actividad_id,
        every_month.mes,
        every_month.exigible,
        every_month.fecha_limite,
        every_month.falta,
        months.programado_fisico,
        months.version,
        months.ejecutado_fisico,
        months.fecha_registro,
        case
            when every_month.es_promedio_mensual and months.programado_fisico > 0
                then {{ percentage(
                    'coalesce(months.ejecutado_fisico, 0)', 'months.programado_fisico'
                ) }}
        end as razon_pct,
        months.programado_financiero,
        months.ejecutado_financiero
    from every_month
    left join months
        on
            every_month.entidad_id = months.entidad_id
            and every_month.plan_id = months.plan_id
            and every_month.actividad_id = months.actividad_id
            and every_month.mes = months.mes
)

select * from with_figures
