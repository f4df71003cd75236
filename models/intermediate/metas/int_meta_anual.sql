{{ by_year(joins_as_written=true) }}
with acciones as (
    select * from {{ of_touched_plans(ref('stg_acciones')) }}
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

-- f: the registration of the month is due and missing (contract, section 2, S.I.).
twelve_months as (
    select
        executed.entidad_id,
        executed.plan_id,
        executed.actividad_id,
        planes.anio,
        acciones.oei_id,
        executed.aei_id,
        executed.centro_costo_id,
        executed.tipo_agregacion,
        executed.tipo_agregacion = 'no_acumulado'
        and planes.regla_no_acumulado = 'promedio_mensual' as es_promedio_mensual,
        {{ weight_of('executed') }} as peso,
        planes.con_seguimiento,
        planes.plazo_registro_meses,
        cast(coalesce(programmed.filas_programadas, 0) as integer) as filas_programadas,
        programmed.actividad_id is null as sin_programa,
        programmed.actividad_id is null and executed.filas_ejecutadas = 0 as sin_meses
        {%- for month in range(1, 13) %},
        programmed.{{ month_column('pf', month) }},
        programmed.{{ month_column('pm', month) }},
        programmed.{{ month_column('v', month) }},
        executed.{{ month_column('ef', month) }},
        executed.{{ month_column('em', month) }},
        executed.{{ month_column('nr', month) }},
        executed.{{ month_column('fr', month) }},
        executed.{{ month_column('pr', month) }},
        case
            when
                executed.{{ month_column('ef', month) }} is null
                and planes.meses_exigibles >= {{ month }}
                and planes.ultimo_corte >= {{ month }}
                and {{ "true" if month % 3 == 0 else "planes.periodicidad = 'mensual'" }}
                then 1
            else 0
        end as {{ month_column('f', month) }}
        {%- endfor %}
    from executed
    inner join acciones
        on
            executed.entidad_id = acciones.entidad_id
            and executed.plan_id = acciones.plan_id
            and executed.aei_id = acciones.aei_id
    inner join planes
        on
            executed.entidad_id = planes.entidad_id
            and executed.plan_id = planes.plan_id
    left join programmed
        on
            executed.entidad_id = programmed.entidad_id
            and executed.plan_id = programmed.plan_id
            and executed.actividad_id = programmed.actividad_id
)

-- Plans of one year side by side: a refresh replaces those of the current year, and what is asked
-- of one entity reads a few of its neighbours' rows, not all.
select * from twelve_months
order by anio, entidad_id, plan_id
