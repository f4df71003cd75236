with projections as (
    select * from {{ ref('int_proyeccion') }}
    where not es_contraste
),

cuts as (
    select * from {{ ref('int_proyeccion_corte') }}
    where not es_contraste
),

advances as (
    {{ advances_of_all_levels([
        'avance_fisico_pct', 'estado', 'semaforo_fisico', 'programado_anual_pct',
        'ejecutado_anual_pct'
    ], 'cuts') }}
),

year_targets as (
    select * from {{ ref('int_actividad_acumulada') }}
),

-- The target of the year is 100 %: what is missing of it, spread over the months that remain.
with_pace as (
    select
        projections.*,
        advances.avance_fisico_pct,
        advances.estado,
        advances.semaforo_fisico,
        advances.programado_anual_pct,
        advances.ejecutado_anual_pct,
        advances.ejecutado_anual_pct
        / nullif(projections.ultimo_corte - projections.meses_restantes, 0) as ritmo_mensual_pct,
        greatest(100 - advances.ejecutado_anual_pct, 0) / nullif(projections.meses_restantes, 0)
            as necesario_mensual_pct,
        case
            when projections.nivel = 'AO'
                then
                    greatest(
                        year_targets.programado_fisico_anual - year_targets.ejecutado_fisico, 0
                    ) / nullif(projections.meses_restantes, 0)
        end as necesario_mensual_fisico
    from projections
    inner join advances
        on
            projections.entidad_id = advances.entidad_id
            and projections.plan_id = advances.plan_id
            and projections.mes_corte = advances.mes_corte
            and projections.nivel = advances.nivel
            and projections.elemento_id = advances.elemento_id
    left join year_targets
        on
            projections.entidad_id = year_targets.entidad_id
            and projections.plan_id = year_targets.plan_id
            and projections.mes_corte = year_targets.mes_corte
            and projections.elemento_id = year_targets.actividad_id
            and projections.nivel = 'AO'
),

contract_columns as (
    select
        entidad_id,
        plan_id,
        nivel,
        elemento_id,
        cast(mes_corte as integer) as mes_corte,
        cast(anio as integer) as anio,
        centro_costo_id,
        cast(n_actividades as integer) as n_actividades,
        cast(meses_restantes as integer) as meses_restantes,
        estado,
        {{ as_double('avance_fisico_pct') }} as avance_fisico_pct,
        semaforo_fisico,
        {{ as_double('programado_anual_pct') }} as programado_anual_pct,
        {{ as_double('ejecutado_anual_pct') }} as ejecutado_anual_pct,
        {{ as_double('avance_proyectado_pct') }} as avance_proyectado_pct,
        {{ as_double('proyectado_min_pct') }} as proyectado_min_pct,
        {{ as_double('proyectado_max_pct') }} as proyectado_max_pct,
        semaforo_proyectado,
        {{ as_double('100 * probabilidad_rojo') }} as probabilidad_rojo_pct,
        {{ as_double('ritmo_mensual_pct') }} as ritmo_mensual_pct,
        {{ as_double('necesario_mensual_pct') }} as necesario_mensual_pct,
        cast(necesario_mensual_fisico as decimal(24, 4)) as necesario_mensual_fisico
    from with_pace
)

select * from contract_columns
