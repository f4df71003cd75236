{{ by_entity() }}
{#- Rules about where the year is heading and what reprogramming hides: R07, P09. -#}
with cuts as (
    select * from {{ of_touched_entities(ref('int_proyeccion_corte')) }}
    where not es_contraste
),

proyecciones as (
    {{ projections_and_advances('cuts') }}
),

versiones as (
    select * from {{ of_touched_entities(ref('int_version_actividad')) }}
    where es_reprogramada and con_seguimiento
),

reglas as (
    select * from {{ ref('stg_reglas_calidad') }}
),

levels_to_reach as (
    select * from {{ of_touched_entities(ref('int_actividad')) }}
    where tipo_agregacion = 'acumulado_mensual'
),

-- A level that is reached may fall again: what is executed a month says nothing of it.
expectations as (
    select
        proyecciones.*,
        case
            when levels_to_reach.actividad_id is not null
                then '; informa un nivel, que puede volver a bajar'
            when proyecciones.necesario_mensual_pct > 0
                then
                    ': hace falta ejecutar '
                    || {{ plain_number('proyecciones.necesario_mensual_pct', 1) }}
                    || ' % de la meta anual cada mes'
                    || case
                        when proyecciones.ritmo_mensual_pct is null then ''
                        else
                            ' y se ejecuta '
                            || {{ plain_number('proyecciones.ritmo_mensual_pct', 1) }}
                            || ' %'
                    end
            else ''
        end as lo_necesario
    from proyecciones
    left join levels_to_reach
        on
            proyecciones.entidad_id = levels_to_reach.entidad_id
            and proyecciones.plan_id = levels_to_reach.plan_id
            and proyecciones.elemento_id = levels_to_reach.actividad_id
            and proyecciones.nivel = 'AO'
),

green_now_red_later as (
    select
        {{ measured(
            'R07', 'nivel', 'elemento_id', round_to('probabilidad_rojo_pct', 0),
            "'En verde a ' || " ~ month_name('mes_corte') ~ " || ' (' || "
            ~ plain_number('avance_fisico_pct') ~ " || ' %) y se proyecta terminar el año en ' || "
            ~ plain_number('avance_proyectado_pct', 1) ~ " || ' % (entre ' || "
            ~ plain_number('proyectado_min_pct', 1) ~ " || ' y ' || "
            ~ plain_number('proyectado_max_pct', 1)
            ~ " || ')' || lo_necesario",
            centre='centro_costo_id', month='mes_corte'
        ) }}
    from expectations
    where
        semaforo_fisico = 'verde'
        and nivel in ('AO', 'AEI', 'OEI')
        and {{ near_threshold('R07', round_to('probabilidad_rojo_pct', 0)) }}
),

both_versions as (
    select
        approved.entidad_id,
        approved.plan_id,
        approved.actividad_id,
        approved.centro_costo_id,
        approved.mes_corte,
        approved.programado_fisico as programado_aprobado,
        approved.programado_fisico_anual as anual_aprobado,
        approved.avance_fisico_pct as avance_aprobado_pct,
        in_force.estado,
        in_force.estado = 'S.P.' and in_force.programado_anual_pct is null as ya_sin_meta,
        in_force.programado_fisico,
        in_force.programado_fisico_anual,
        in_force.ejecutado_fisico,
        in_force.avance_fisico_pct
    from versiones as approved
    inner join versiones as in_force
        on
            approved.entidad_id = in_force.entidad_id
            and approved.plan_id = in_force.plan_id
            and approved.actividad_id = in_force.actividad_id
            and in_force.version_plan = 'modificado'
    where approved.version_plan = 'aprobado' and approved.estado = 'completo'
),

-- Lowered to what was executed: the plan in force is met, or nothing is left of it to meet, and
-- the approved one is not. The value is what that gave away of the approved 100 %: where advances
-- have no cap, what lies over it was never missing.
given_away as (
    select
        both_versions.*,
        case
            when both_versions.ya_sin_meta
                then greatest(100 - both_versions.avance_aprobado_pct, 0)
            when both_versions.avance_fisico_pct >= 100 - reglas.umbral_2
                then
                    greatest(
                        least(both_versions.avance_fisico_pct, 100)
                        - both_versions.avance_aprobado_pct,
                        0
                    )
            else 0
        end as regalado
    from both_versions
    inner join reglas on reglas.regla_id = 'P09'
),

lowered_to_execution as (
    select
        {{ measured(
            'P09', "'AO'", 'actividad_id', 'regalado',
            "'Contra el plan aprobado avanza ' || " ~ plain_number('avance_aprobado_pct')
            ~ " || ' % a ' || " ~ month_name('mes_corte')
            ~ " || '; contra el reprogramado, ' || "
            ~ "case when ya_sin_meta then 'ya no tiene meta' else "
            ~ plain_number('avance_fisico_pct') ~ " || ' %' end || case when programado_fisico "
            ~ "is not null then ': la meta hasta el corte pasó de ' || "
            ~ plain_number('programado_aprobado') ~ " || ' a ' || "
            ~ plain_number('programado_fisico') ~ " || ', la del año de ' || "
            ~ plain_number('anual_aprobado') ~ " || ' a ' || "
            ~ plain_number('programado_fisico_anual') ~ " || ', y lo ejecutado es ' || "
            ~ plain_number('ejecutado_fisico') ~ " else '' end",
            centre='centro_costo_id', month='mes_corte'
        ) }}
    from given_away
),

all_rules as (
    select * from green_now_red_later
    union all
    select * from lowered_to_execution
)

{{ measures_to_judge() }}
