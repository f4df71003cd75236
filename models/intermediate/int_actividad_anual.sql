with actividades as (
    select * from {{ ref('stg_actividades') }}
),

acciones as (
    select * from {{ ref('stg_acciones') }}
),

planes as (
    select * from {{ ref('int_plan') }}
),

programmed as (
    select * from {{ ref('int_programacion_anual') }}
),

executed as (
    select * from {{ ref('int_ejecucion_anual') }}
),

-- One row per activity and year: twelve months of each measure, missing ones 0, and of each month
-- whether its registration is due and missing (f) and its share of execution (r, at most 1: s).
twelve_months as (
    select
        actividades.entidad_id,
        actividades.plan_id,
        actividades.actividad_id,
        acciones.oei_id,
        actividades.aei_id,
        actividades.centro_costo_id,
        actividades.tipo_agregacion,
        actividades.tipo_agregacion = 'no_acumulado'
        and planes.regla_no_acumulado = 'promedio_mensual' as es_promedio_mensual,
        case
            when planes.ponderacion = 'simple' then 1
            else coalesce(actividades.ponderacion, 0)
        end as peso,
        programmed.actividad_id is null as sin_programa,
        programmed.actividad_id is null and executed.actividad_id is null as sin_meses
        {%- for month in range(1, 13) %}
        {%- set pf = 'programmed.' ~ month_column('pf', month) %}
        {%- set ef = 'executed.' ~ month_column('ef', month) %},
        coalesce({{ pf }}, 0) as {{ month_column('pf', month) }},
        coalesce({{ ef }}, 0) as {{ month_column('ef', month) }},
        coalesce(programmed.{{ month_column('pm', month) }}, 0) as {{ month_column('pm', month) }},
        coalesce(executed.{{ month_column('em', month) }}, 0) as {{ month_column('em', month) }},
        case
            when
                {{ ef }} is null
                and planes.meses_exigibles >= {{ month }}
                and {{ "true" if month % 3 == 0 else "planes.periodicidad = 'mensual'" }}
                then 1
            else 0
        end as {{ month_column('f', month) }}
        {%- endfor %}
    from actividades
    inner join acciones
        on
            actividades.entidad_id = acciones.entidad_id
            and actividades.plan_id = acciones.plan_id
            and actividades.aei_id = acciones.aei_id
    inner join planes
        on
            actividades.entidad_id = planes.entidad_id
            and actividades.plan_id = planes.plan_id
    left join programmed
        on
            actividades.entidad_id = programmed.entidad_id
            and actividades.plan_id = programmed.plan_id
            and actividades.actividad_id = programmed.actividad_id
    left join executed
        on
            actividades.entidad_id = executed.entidad_id
            and actividades.plan_id = executed.plan_id
            and actividades.actividad_id = executed.actividad_id
)

select * from twelve_months
