{#- The few cortes of a plan whose activities rules and versions look at one by one. -#}
with cortes as (
    select * from {{ ref('int_corte_vigente') }}
),

cuts as (
    select * from {{ ref('int_plan_corte') }}
),

planes as (
    select * from {{ ref('int_plan') }}
),

-- Month k is due after month k + plazo_registro_meses (contract, section 2): the one after those
-- that are due falls due next.
next_cuts as (
    select
        cuts.entidad_id,
        cuts.plan_id,
        cuts.mes_corte
    from cuts
    inner join planes
        on
            cuts.entidad_id = planes.entidad_id
            and cuts.plan_id = planes.plan_id
            and cuts.mes_corte = planes.meses_exigibles + 1
),

-- Mostly corte_exigible is corte_vigente.
each_once as (
    select
        entidad_id,
        plan_id,
        corte_vigente as mes_corte
    from cortes
    union
    select
        entidad_id,
        plan_id,
        corte_exigible as mes_corte
    from cortes
    where corte_exigible is not null
    union
    select * from next_cuts
)

select * from each_once
