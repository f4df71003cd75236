with planes as (
    select * from {{ ref('stg_planes') }}
),

reglas as (
    select * from {{ ref('int_plan') }}
),

metodologias as (
    select * from {{ ref('stg_metodologias') }}
),

cortes as (
    select * from {{ ref('int_corte_vigente') }}
),

plans_with_method as (
    select
        planes.entidad_id,
        planes.plan_id,
        planes.tipo,
        planes.nombre,
        planes.anio,
        planes.periodicidad,
        planes.metodologia_id,
        metodologias.nombre as metodologia,
        metodologias.documento as metodologia_documento,
        metodologias.tope_pct,
        metodologias.regla_no_acumulado,
        metodologias.sin_programacion,
        metodologias.sin_seguimiento,
        metodologias.ponderacion,
        metodologias.promedio_entidad,
        metodologias.decimales_actividad,
        metodologias.plazo_registro_meses,
        planes.con_seguimiento,
        planes.fecha_aprobacion,
        planes.documento,
        reglas.ultimo_corte,
        cortes.corte_vigente,
        cortes.corte_exigible,
        {{ report_date() }} as fecha_reporte
    from planes
    inner join metodologias
        on planes.metodologia_id = metodologias.metodologia_id
    inner join reglas
        on
            planes.entidad_id = reglas.entidad_id
            and planes.plan_id = reglas.plan_id
    left join cortes
        on
            planes.entidad_id = cortes.entidad_id
            and planes.plan_id = cortes.plan_id
)

select * from plans_with_method
