with activities as (
    select * from {{ ref('int_avance_actividad') }}
    where avance_fisico_pct is not null
),

all_actions as (
    select * from {{ ref('int_avance_accion') }}
),

actions as (
    select * from all_actions
    where avance_parcial_pct is not null
),

objectives as (
    select * from {{ ref('int_avance_objetivo') }}
    where avance_parcial_pct is not null
),

planes as (
    select * from {{ ref('int_plan') }}
),

plans as (
    select
        entidad_id,
        plan_id,
        mes_corte,
        sum(peso_avance) as peso_avance
    from all_actions
    group by entidad_id, plan_id, mes_corte
),

-- A level's part in the mean above it: its weight among the weights of those with a figure. An
-- action keeps that sum of its activities.
activity_parts as (
    select
        activities.*,
        {{ weighted_mean(
            ten_thousandths('activities.peso'), ten_thousandths('all_actions.peso_avance')
        ) }} as parte_en_accion,
        {{ weighted_mean(
            ten_thousandths('activities.peso'), ten_thousandths('plans.peso_avance')
        ) }} as parte_en_plan
    from activities
    inner join all_actions
        on
            activities.entidad_id = all_actions.entidad_id
            and activities.plan_id = all_actions.plan_id
            and activities.mes_corte = all_actions.mes_corte
            and activities.aei_id = all_actions.aei_id
    inner join plans
        on
            activities.entidad_id = plans.entidad_id
            and activities.plan_id = plans.plan_id
            and activities.mes_corte = plans.mes_corte
),

-- Weights are summed as whole numbers: of decimals in a window DuckDB 2.0 gives sums that are far
-- off.
action_parts as (
    select
        *,
        {{ weighted_mean(ten_thousandths('peso'), 'sum(' ~ ten_thousandths('peso') ~ ') over (
            partition by entidad_id, plan_id, mes_corte, oei_id
        )') }} as parte_en_objetivo,
        {{ weighted_mean(ten_thousandths('peso'), 'sum(' ~ ten_thousandths('peso') ~ ') over (
            partition by entidad_id, plan_id, mes_corte
        )') }} as parte_en_plan
    from actions
),

objective_parts as (
    select
        *,
        {{ weighted_mean(ten_thousandths('peso'), 'sum(' ~ ten_thousandths('peso') ~ ') over (
            partition by entidad_id, plan_id, mes_corte
        )') }} as parte_en_plan
    from objectives
),

-- The entity's mean is over what promedio_entidad names (contract, section 2, entity).
entity_parts as (
    select
        activity_parts.entidad_id,
        activity_parts.plan_id,
        activity_parts.actividad_id,
        activity_parts.mes_corte,
        activity_parts.anio,
        {{ as_double('activity_parts.avance_fisico_pct') }} as avance_fisico_pct,
        case planes.promedio_entidad
            when 'objetivos'
                then
                    activity_parts.parte_en_accion
                    * action_parts.parte_en_objetivo
                    * objective_parts.parte_en_plan
            when 'acciones' then activity_parts.parte_en_accion * action_parts.parte_en_plan
            else activity_parts.parte_en_plan
        end as parte
    from activity_parts
    inner join planes
        on
            activity_parts.entidad_id = planes.entidad_id
            and activity_parts.plan_id = planes.plan_id
    left join action_parts
        on
            activity_parts.entidad_id = action_parts.entidad_id
            and activity_parts.plan_id = action_parts.plan_id
            and activity_parts.mes_corte = action_parts.mes_corte
            and activity_parts.aei_id = action_parts.aei_id
    left join objective_parts
        on
            activity_parts.entidad_id = objective_parts.entidad_id
            and activity_parts.plan_id = objective_parts.plan_id
            and activity_parts.mes_corte = objective_parts.mes_corte
            and activity_parts.oei_id = objective_parts.oei_id
),

contributions as (
    select
        entidad_id,
        plan_id,
        actividad_id,
        mes_corte,
        anio,
        avance_fisico_pct,
        100 * parte as peso_promedio_pct,
        parte * avance_fisico_pct as aporte_puntos,
        parte * (100 - avance_fisico_pct) as puntos_perdidos
    from entity_parts
    where parte is not null
),

-- In whole 2^-40 of a point, which every double from 2^12 on is already: a running sum of fractions
-- depends in its last digits on where an engine parts it, and so on what else it computes. Up to
-- 2^13 points a sum of these is exact.
in_whole_parts as (
    select
        *,
        case
            when abs(puntos_perdidos) < 4096
                then floor(puntos_perdidos * 1099511627776 + 0.5) / 1099511627776
            else puntos_perdidos
        end as puntos_sumables
    from contributions
),

ranked as (
    select
        *,
        row_number() over worst_first as puesto,
        sum(puntos_sumables) over worst_first as puntos_perdidos_hasta_puesto
    from in_whole_parts
    window worst_first as (
        partition by entidad_id, plan_id, mes_corte
        order by puntos_perdidos desc, avance_fisico_pct asc, actividad_id asc
        rows between unbounded preceding and current row
    )
),

contract_columns as (
    select
        entidad_id,
        plan_id,
        actividad_id,
        cast(mes_corte as integer) as mes_corte,
        cast(anio as integer) as anio,
        {{ as_double('peso_promedio_pct') }} as peso_promedio_pct,
        {{ as_double('aporte_puntos') }} as aporte_puntos,
        {{ as_double('puntos_perdidos') }} as puntos_perdidos,
        cast(puesto as integer) as puesto,
        {{ as_double('puntos_perdidos_hasta_puesto') }} as puntos_perdidos_hasta_puesto
    from ranked
)

select * from contract_columns
