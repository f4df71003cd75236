{{ config(materialized='view') }}
with actividades as (
    select * from {{ ref('int_avance_actividad') }}
),

nombres_actividad as (
    select * from {{ ref('stg_actividades') }}
),

acciones as (
    select * from {{ ref('int_avance_accion') }}
),

nombres_accion as (
    select * from {{ ref('stg_acciones') }}
),

objetivos as (
    select * from {{ ref('int_avance_objetivo') }}
),

nombres_objetivo as (
    select * from {{ ref('stg_objetivos') }}
),

entidades as (
    select * from {{ ref('int_avance_entidad') }}
),

nombres_entidad as (
    select * from {{ ref('stg_entidades') }}
),

centros as (
    select * from {{ ref('int_avance_centro_costo') }}
),

nombres_centro as (
    select * from {{ ref('stg_centros_costo') }}
),

-- The mean's sum and divisor, by the expressions that give the mean itself.
means as (
    select
        entidad_id,
        plan_id,
        mes_corte,
        nivel,
        elemento_id,
        alcance,
        count(*) as partes,
        sum(aporte) as suma_aportes,
        {{ mean_of_elements() }}
    from {{ ref('int_explicacion_parte') }}
    group by entidad_id, plan_id, mes_corte, nivel, elemento_id, alcance
),

levels as (
    select
        actividades.entidad_id,
        actividades.plan_id,
        actividades.mes_corte,
        'AO' as nivel,
        actividades.actividad_id as elemento_id,
        '' as alcance,
        nombres_actividad.nombre,
        actividades.regla_avance as regla,
        cast(actividades.programado_fisico as decimal(38, 4)) as programado_fisico,
        cast(actividades.ejecutado_fisico as decimal(38, 4)) as ejecutado_fisico,
        actividades.avance_sin_tope_pct,
        cast(actividades.avance_fisico_pct as {{ double_type() }}) as avance_fisico_pct,
        cast(null as {{ double_type() }}) as avance_parcial_pct,
        {{ explained_money('actividades') }}
    from actividades
    inner join nombres_actividad
        on
            actividades.entidad_id = nombres_actividad.entidad_id
            and actividades.plan_id = nombres_actividad.plan_id
            and actividades.actividad_id = nombres_actividad.actividad_id
    union all
    select
        {{ explained_level('acciones', "'AEI'", 'acciones.aei_id', 'nombres_accion.nombre') }}
    from acciones
    inner join nombres_accion
        on
            acciones.entidad_id = nombres_accion.entidad_id
            and acciones.plan_id = nombres_accion.plan_id
            and acciones.aei_id = nombres_accion.aei_id
    union all
    select
        {{ explained_level('objetivos', "'OEI'", 'objetivos.oei_id', 'nombres_objetivo.nombre') }}
    from objetivos
    inner join nombres_objetivo
        on
            objetivos.entidad_id = nombres_objetivo.entidad_id
            and objetivos.plan_id = nombres_objetivo.plan_id
            and objetivos.oei_id = nombres_objetivo.oei_id
    union all
    select
        {{ explained_level(
            'entidades', "'ENTIDAD'", 'entidades.entidad_id', 'nombres_entidad.nombre'
        ) }}
    from entidades
    inner join nombres_entidad on entidades.entidad_id = nombres_entidad.entidad_id
    union all
    select
        {{ explained_level(
            'centros', "'CC'", 'centros.centro_costo_id', 'nombres_centro.nombre',
            scope='centros.alcance'
        ) }}
    from centros
    inner join nombres_centro
        on
            centros.entidad_id = nombres_centro.entidad_id
            and centros.centro_costo_id = nombres_centro.centro_costo_id
),

with_means as (
    select
        levels.entidad_id,
        levels.plan_id,
        levels.mes_corte,
        levels.nivel,
        levels.elemento_id,
        levels.alcance,
        levels.nombre,
        levels.regla,
        levels.estado,
        levels.origen,
        levels.avance_fisico_pct,
        levels.avance_parcial_pct,
        levels.semaforo_fisico,
        levels.programado_fisico,
        levels.ejecutado_fisico,
        levels.avance_sin_tope_pct,
        levels.programado_financiero,
        levels.ejecutado_financiero,
        levels.avance_financiero_pct,
        cast(means.partes as integer) as partes,
        cast(means.elementos_si as integer) as partes_si,
        cast(means.elementos_en_promedio as integer) as partes_en_promedio,
        case
            when levels.regla = 'promedio' then cast(means.suma_aportes as decimal(38, 14))
        end as suma,
        case
            when levels.regla = 'promedio' then cast(means.peso_elementos as decimal(38, 4))
        end as divisor,
        case
            when levels.estado = 'S.I.' then cast(means.suma_parciales as decimal(38, 14))
        end as suma_parcial,
        case
            when levels.estado = 'S.I.' then cast(means.peso_parciales as decimal(38, 4))
        end as divisor_parcial
    from levels
    left join means
        on
            levels.entidad_id = means.entidad_id
            and levels.plan_id = means.plan_id
            and levels.mes_corte = means.mes_corte
            and levels.nivel = means.nivel
            and levels.elemento_id = means.elemento_id
            and levels.alcance = means.alcance
            and levels.origen = 'mensual'
            and levels.nivel != 'AO'
)

select * from with_means
