with cuts as (
    select * from {{ ref('int_proyeccion_corte') }}
    where not es_contraste
),

actividades as (
    select * from {{ ref('int_actividad') }}
    where tipo_agregacion != 'acumulado_mensual'
),

avances as (
    select * from {{ ref('int_avance_revisado') }}
),

projections as (
    {{ projections_and_advances('cuts') }}
),

with_quantity as (
    select
        projections.*,
        -- A level is reached, not added up, and means of months have no target in quantities.
        case
            when
                actividades.actividad_id is not null
                and avances.programado_fisico_anual > 0
                and avances.ejecutado_fisico is not null
                then greatest(avances.programado_fisico_anual - avances.ejecutado_fisico, 0)
        end as falta_fisica
    from projections
    left join actividades
        on
            projections.entidad_id = actividades.entidad_id
            and projections.plan_id = actividades.plan_id
            and projections.elemento_id = actividades.actividad_id
            and projections.nivel = 'AO'
    left join avances
        on
            projections.entidad_id = avances.entidad_id
            and projections.plan_id = avances.plan_id
            and projections.elemento_id = avances.actividad_id
            and projections.mes_corte = avances.mes_corte
            and projections.nivel = 'AO'
),

-- Half up, in whole numbers: engines divide decimals each in its own way.
with_monthly_quantity as (
    select
        *,
        case
            when falta_fisica is not null and meses_restantes > 0
                then {{ as_double(whole_quotient(
                    '2 * ' ~ ten_thousandths('falta_fisica') ~ ' + meses_restantes',
                    '2 * meses_restantes'
                )) }} / 10000
        end as necesario_mensual_fisico
    from with_quantity
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
        {{ as_double('probabilidad_rojo_pct') }} as probabilidad_rojo_pct,
        {{ as_double('ritmo_mensual_pct') }} as ritmo_mensual_pct,
        {{ as_double('necesario_mensual_pct') }} as necesario_mensual_pct,
        cast(necesario_mensual_fisico as decimal(24, 4)) as necesario_mensual_fisico
    from with_monthly_quantity
)

select * from contract_columns
