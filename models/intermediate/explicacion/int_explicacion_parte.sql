{{ config(materialized='view') }}
with actividades as (
    select
        figures.*,
        described.nombre,
        described.unidad_medida
    from {{ ref('int_avance_actividad') }} as figures
    inner join {{ ref('stg_actividades') }} as described
        on
            figures.entidad_id = described.entidad_id
            and figures.plan_id = described.plan_id
            and figures.actividad_id = described.actividad_id
),

acciones as (
    select
        figures.*,
        described.nombre
    from {{ ref('int_avance_accion') }} as figures
    inner join {{ ref('stg_acciones') }} as described
        on
            figures.entidad_id = described.entidad_id
            and figures.plan_id = described.plan_id
            and figures.aei_id = described.aei_id
),

objetivos as (
    select
        figures.*,
        described.nombre
    from {{ ref('int_avance_objetivo') }} as figures
    inner join {{ ref('stg_objetivos') }} as described
        on
            figures.entidad_id = described.entidad_id
            and figures.plan_id = described.plan_id
            and figures.oei_id = described.oei_id
),

planes as (
    select * from {{ ref('int_plan') }}
),

tree as (
    select * from {{ ref('int_centro_descendiente') }}
),

-- The same scopes as in int_avance_centro_costo.
scopes as (
    select
        entidad_id,
        centro_costo_id,
        descendiente_id,
        'propio' as alcance
    from tree
    where centro_costo_id = descendiente_id
    union all
    select
        entidad_id,
        centro_costo_id,
        descendiente_id,
        'total' as alcance
    from tree
),

-- Which elements a level's mean is taken over: contract, section 2, AEI to cost centre.
parts as (
    select
        {{ explained_part(
            "'AEI'", 'actividades.aei_id', "'AO'", 'actividad_id', 'actividades'
        ) }}
    from actividades
    union all
    select
        {{ explained_part("'OEI'", 'acciones.oei_id', "'AEI'", 'aei_id', 'acciones') }}
    from acciones
    union all
    select
        {{ explained_part(
            "'ENTIDAD'", 'actividades.entidad_id', "'AO'", 'actividad_id', 'actividades'
        ) }}
    from actividades
    inner join planes
        on
            actividades.entidad_id = planes.entidad_id
            and actividades.plan_id = planes.plan_id
    where planes.promedio_entidad = 'actividades'
    union all
    select
        {{ explained_part(
            "'ENTIDAD'", 'acciones.entidad_id', "'AEI'", 'aei_id', 'acciones'
        ) }}
    from acciones
    inner join planes
        on
            acciones.entidad_id = planes.entidad_id
            and acciones.plan_id = planes.plan_id
    where planes.promedio_entidad = 'acciones'
    union all
    select
        {{ explained_part(
            "'ENTIDAD'", 'objetivos.entidad_id', "'OEI'", 'oei_id', 'objetivos'
        ) }}
    from objetivos
    inner join planes
        on
            objetivos.entidad_id = planes.entidad_id
            and objetivos.plan_id = planes.plan_id
    where planes.promedio_entidad = 'objetivos'
    union all
    select
        {{ explained_part(
            "'CC'", 'scopes.centro_costo_id', "'AO'", 'actividad_id', 'actividades',
            scope='scopes.alcance'
        ) }}
    from actividades
    inner join scopes
        on
            actividades.entidad_id = scopes.entidad_id
            and actividades.centro_costo_id = scopes.descendiente_id
),

-- A reported figure is no mean: what stands below it has no part in it.
reported as (
    select
        entidad_id,
        plan_id,
        mes_corte,
        'OEI' as nivel,
        oei_id as elemento_id
    from {{ ref('int_avance_objetivo') }}
    where origen = 'reportado'
),

of_means as (
    select
        parts.entidad_id,
        parts.plan_id,
        parts.mes_corte,
        parts.nivel,
        parts.elemento_id,
        parts.alcance,
        parts.parte_nivel,
        parts.parte_id,
        parts.nombre,
        parts.aei_id,
        parts.unidad_medida,
        parts.peso,
        parts.estado,
        parts.origen,
        parts.programado_fisico,
        parts.ejecutado_fisico,
        parts.avance_fisico_pct,
        parts.avance_parcial_pct,
        parts.entra and reported.elemento_id is null as entra,
        case when reported.elemento_id is null then parts.aporte end as aporte,
        parts.semaforo_fisico
    from parts
    left join reported
        on
            parts.entidad_id = reported.entidad_id
            and parts.plan_id = reported.plan_id
            and parts.mes_corte = reported.mes_corte
            and parts.nivel = reported.nivel
            and parts.elemento_id = reported.elemento_id
)

select * from of_means
