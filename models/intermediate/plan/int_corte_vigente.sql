with cuts as (
    select * from {{ ref('int_plan_corte') }}
),

planes as (
    select * from {{ ref('int_plan') }}
),

reported_of_the_tree as (
    select distinct
        entidad_id,
        plan_id,
        mes_corte
    from {{ ref('stg_resultados_reportados') }}
    where nivel != 'CC'
),

-- What is reported of cost centres alone says nothing of the entity: such a corte of a plan with
-- no programming is not the one to look at.
cuts_of_plans as (
    select
        cuts.entidad_id,
        cuts.plan_id,
        cuts.mes_corte,
        cuts.mes_corte <= planes.meses_exigibles as es_exigible,
        planes.tiene_programacion or reported_of_the_tree.mes_corte is not null
            as habla_de_la_entidad
    from cuts
    inner join planes
        on
            cuts.entidad_id = planes.entidad_id
            and cuts.plan_id = planes.plan_id
    left join reported_of_the_tree
        on
            cuts.entidad_id = reported_of_the_tree.entidad_id
            and cuts.plan_id = reported_of_the_tree.plan_id
            and cuts.mes_corte = reported_of_the_tree.mes_corte
),

-- The corte to look at: the last one whose registration is due, or the first while none is.
current_cuts as (
    select
        entidad_id,
        plan_id,
        max(mes_corte) filter (where es_exigible) as corte_exigible,
        coalesce(
            max(mes_corte) filter (where es_exigible and habla_de_la_entidad),
            min(mes_corte) filter (where habla_de_la_entidad),
            max(mes_corte) filter (where es_exigible),
            min(mes_corte)
        ) as corte_vigente
    from cuts_of_plans
    group by entidad_id, plan_id
)

select * from current_cuts
