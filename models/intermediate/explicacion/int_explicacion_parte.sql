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
)

select * from parts
