with activities as (
    select * from {{ ref('int_avance_actividad') }}
    where avance_fisico_pct is not null
),

actions as (
    select * from {{ ref('int_avance_accion') }}
),

objectives as (
    select * from {{ ref('int_avance_objetivo') }}
    where avance_parcial_pct is not null
),

planes as (
    select * from {{ ref('int_plan') }}
),

-- Weights are summed as whole numbers: of decimals in a window DuckDB 2.0 gives sums that are far
-- off. A plan has one year: it is named in windows and joins so that who asks for a year, as a
-- publication does, has that year computed.
action_weights as (
    select
        *,
        {{ ten_thousandths('peso_avance') }} as pesos_de_la_accion,
        sum({{ ten_thousandths('peso_avance') }}) over of_plan as pesos_del_plan,
        case when avance_parcial_pct is not null then {{ ten_thousandths('peso') }} end
            as peso_con_avance
    from actions
    window of_plan as (partition by entidad_id, plan_id, anio, mes_corte)
),

-- A level's part in the mean above it: its weight among the weights of those with a figure. An
-- action keeps that sum of its activities.
action_parts as (
    select
        *,
        {{ weighted_mean('peso_con_avance', 'sum(peso_con_avance) over of_objective') }}
            as parte_en_objetivo,
        {{ weighted_mean('peso_con_avance', 'sum(peso_con_avance) over of_plan') }} as parte_en_plan
    from action_weights
    window
        of_plan as (partition by entidad_id, plan_id, anio, mes_corte),
        of_objective as (partition by entidad_id, plan_id, anio, mes_corte, oei_id)
),

objective_parts as (
    select
        *,
        {{ weighted_mean(ten_thousandths('peso'), 'sum(' ~ ten_thousandths('peso') ~ ') over (
            partition by entidad_id, plan_id, anio, mes_corte
        )') }} as parte_en_plan
    from objectives
),

-- What the activities of an action share is asked once of the action, not of each of them.
shared_parts as (
    select
        action_parts.entidad_id,
        action_parts.plan_id,
        action_parts.anio,
        action_parts.mes_corte,
        action_parts.aei_id,
        planes.promedio_entidad,
        action_parts.pesos_de_la_accion,
        action_parts.pesos_del_plan,
        action_parts.parte_en_objetivo,
        action_parts.parte_en_plan,
        objective_parts.parte_en_plan as parte_del_objetivo
    from action_parts
    inner join planes
        on
            action_parts.entidad_id = planes.entidad_id
            and action_parts.plan_id = planes.plan_id
            and action_parts.anio = planes.anio
    left join objective_parts
        on
            action_parts.entidad_id = objective_parts.entidad_id
            and action_parts.plan_id = objective_parts.plan_id
            and action_parts.anio = objective_parts.anio
            and action_parts.mes_corte = objective_parts.mes_corte
            and action_parts.oei_id = objective_parts.oei_id
),

-- The entity's mean is over what promedio_entidad names (contract, section 2, entity).
entity_parts as (
    select
        activities.entidad_id,
        activities.plan_id,
        activities.actividad_id,
        activities.mes_corte,
        activities.anio,
        {{ as_double('activities.avance_fisico_pct') }} as avance_fisico_pct,
        case shared_parts.promedio_entidad
            when 'objetivos'
                then
                    {{ weighted_mean(
                        ten_thousandths('activities.peso'), 'shared_parts.pesos_de_la_accion'
                    ) }}
                    * shared_parts.parte_en_objetivo
                    * shared_parts.parte_del_objetivo
            when 'acciones'
                then
                    {{ weighted_mean(
                        ten_thousandths('activities.peso'), 'shared_parts.pesos_de_la_accion'
                    ) }}
                    * shared_parts.parte_en_plan
            else {{ weighted_mean(
                ten_thousandths('activities.peso'), 'shared_parts.pesos_del_plan'
            ) }}
        end as parte
    from activities
    inner join shared_parts
        on
            activities.entidad_id = shared_parts.entidad_id
            and activities.plan_id = shared_parts.plan_id
            and activities.anio = shared_parts.anio
            and activities.mes_corte = shared_parts.mes_corte
            and activities.aei_id = shared_parts.aei_id
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
        partition by entidad_id, plan_id, anio, mes_corte
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
