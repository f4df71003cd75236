with cuts as (
    select * from {{ ref('int_plan_corte') }}
),

planes as (
    select * from {{ ref('int_plan') }}
),

-- The corte to look at: the last one whose registration is due, or the first while none is.
current_cuts as (
    select
        planes.entidad_id,
        planes.plan_id,
        max(cuts.mes_corte) filter (where cuts.mes_corte <= planes.meses_exigibles)
            as corte_exigible,
        coalesce(
            max(cuts.mes_corte) filter (where cuts.mes_corte <= planes.meses_exigibles),
            min(cuts.mes_corte)
        ) as corte_vigente
    from planes
    inner join cuts
        on
            planes.entidad_id = cuts.entidad_id
            and planes.plan_id = cuts.plan_id
    group by planes.entidad_id, planes.plan_id
)

select * from current_cuts
