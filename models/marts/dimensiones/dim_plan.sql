with planes as (
    select * from {{ ref('stg_planes') }}
),

reglas as (
    select * from {{ ref('int_plan') }}
),

metodologias as (
    select * from {{ ref('stg_metodologias') }}
),

-- The corte to look at: the last one whose registration is due, or the first while none is.
current_cut as (
    select
        reglas.entidad_id,
        reglas.plan_id,
        coalesce(
            max(cuts.mes_corte) filter (where cuts.mes_corte <= reglas.meses_exigibles),
            min(cuts.mes_corte)
        ) as corte_vigente
    from reglas
    inner join {{ ref('int_plan_corte') }} as cuts
        on
            reglas.entidad_id = cuts.entidad_id
            and reglas.plan_id = cuts.plan_id
    group by reglas.entidad_id, reglas.plan_id
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
        current_cut.corte_vigente,
        {{ report_date() }} as fecha_reporte
    from planes
    inner join metodologias
        on planes.metodologia_id = metodologias.metodologia_id
    inner join reglas
        on
            planes.entidad_id = reglas.entidad_id
            and planes.plan_id = reglas.plan_id
    left join current_cut
        on
            planes.entidad_id = current_cut.entidad_id
            and planes.plan_id = current_cut.plan_id
)

select * from plans_with_method
