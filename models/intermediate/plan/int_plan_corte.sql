with planes as (
    select * from {{ ref('int_plan') }}
),

reported_cuts as (
    select distinct
        entidad_id,
        plan_id,
        mes_corte
    from {{ ref('stg_resultados_reportados') }}
),

months as (
    {%- for month in range(1, 13) %}
    select {{ month }} as mes_corte
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- Cortes 1..M, M the last month that the programming names; quarter ends in a quarterly plan.
programmed_cuts as (
    select
        planes.entidad_id,
        planes.plan_id,
        months.mes_corte
    from planes
    inner join months
        on
            planes.ultimo_corte >= months.mes_corte
            and (planes.periodicidad = 'mensual' or months.mes_corte in (3, 6, 9, 12))
    where planes.tiene_programacion
),

-- A plan with no programming has the cortes of its reported results.
only_reported_cuts as (
    select
        planes.entidad_id,
        planes.plan_id,
        reported_cuts.mes_corte
    from planes
    inner join reported_cuts
        on
            planes.entidad_id = reported_cuts.entidad_id
            and planes.plan_id = reported_cuts.plan_id
    where not planes.tiene_programacion
),

cuts as (
    select * from programmed_cuts
    union all
    select * from only_reported_cuts
)

select * from cuts
