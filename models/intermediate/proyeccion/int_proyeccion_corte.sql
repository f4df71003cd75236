with planes as (
    select * from {{ ref('int_plan') }}
    where con_seguimiento and tiene_programacion
),

cortes as (
    select * from {{ ref('int_corte_vigente') }}
),

cuts as (
    select * from {{ ref('int_plan_corte') }}
),

plan_state as (
    select
        planes.*,
        cortes.corte_vigente,
        cortes.corte_exigible,
        coalesce(cortes.corte_exigible, 0) >= planes.ultimo_corte as cerrado
    from planes
    inner join cortes
        on
            planes.entidad_id = cortes.entidad_id
            and planes.plan_id = cortes.plan_id
),

latest_closed_year as (
    select
        entidad_id,
        tipo,
        max(anio) as anio
    from plan_state
    where cerrado
    group by entidad_id, tipo
),

-- What is still to come is projected; what has ended is projected again from its quarter ends, to
-- see how far off that would have been. The latest year says it as well as ten of them.
projected_cuts as (
    select
        plan_state.*,
        plan_state.corte_vigente as mes_corte,
        plan_state.corte_exigible is null as sin_medir,
        false as es_contraste
    from plan_state
    where not plan_state.cerrado
    union all
    select
        plan_state.*,
        cuts.mes_corte,
        false as sin_medir,
        true as es_contraste
    from plan_state
    inner join latest_closed_year
        on
            plan_state.entidad_id = latest_closed_year.entidad_id
            and plan_state.tipo = latest_closed_year.tipo
            and plan_state.anio = latest_closed_year.anio
    inner join cuts
        on
            plan_state.entidad_id = cuts.entidad_id
            and plan_state.plan_id = cuts.plan_id
            and plan_state.ultimo_corte > cuts.mes_corte
    where plan_state.cerrado and cuts.mes_corte in (3, 6, 9)
),

named as (
    select
        entidad_id,
        plan_id,
        mes_corte,
        es_contraste,
        sin_medir,
        tipo,
        anio,
        metodologia_id,
        tope_pct,
        sin_programacion,
        promedio_entidad,
        ultimo_corte,
        -- Before anything is due the months of the first corte may still be to come.
        ultimo_corte - case
            when sin_medir
                then least(mes_corte, greatest({{ months_due('anio', 0, report_date()) }}, 0))
            else mes_corte
        end as meses_restantes
    from projected_cuts
)

select * from named
