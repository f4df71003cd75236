with planes as (
    select * from {{ ref('stg_planes') }}
),

metodologias as (
    select * from {{ ref('stg_metodologias') }}
),

programming as (
    select
        entidad_id,
        plan_id,
        max(ultimo_mes) as ultimo_mes
    from {{ ref('int_programacion_version') }}
    group by entidad_id, plan_id
),

reported as (
    select
        entidad_id,
        plan_id,
        max(mes_corte) as ultimo_mes
    from {{ ref('stg_resultados_reportados') }}
    group by entidad_id, plan_id
),

with_rules as (
    select
        planes.entidad_id,
        planes.plan_id,
        planes.anio,
        planes.tipo,
        planes.periodicidad,
        planes.con_seguimiento,
        planes.metodologia_id,
        metodologias.tope_pct,
        metodologias.regla_no_acumulado,
        metodologias.sin_programacion,
        metodologias.sin_seguimiento,
        metodologias.ponderacion,
        metodologias.promedio_entidad,
        metodologias.plazo_registro_meses,
        cast(power(10, metodologias.decimales_actividad) as integer) as escala_actividad,
        programming.ultimo_mes is not null as tiene_programacion,
        coalesce(programming.ultimo_mes, reported.ultimo_mes) as ultimo_corte,
        {{ months_due('planes.anio', 'metodologias.plazo_registro_meses', report_date()) }}
            as meses_exigibles
    from planes
    inner join metodologias
        on planes.metodologia_id = metodologias.metodologia_id
    left join programming
        on
            planes.entidad_id = programming.entidad_id
            and planes.plan_id = programming.plan_id
    left join reported
        on
            planes.entidad_id = reported.entidad_id
            and planes.plan_id = reported.plan_id
)

select * from with_rules
