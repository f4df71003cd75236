with levels as (
    select * from {{ ref('int_avance_version') }}
),

centros as (
    select * from {{ ref('int_avance_version_centro') }}
),

actividades as (
    select * from {{ ref('int_version_actividad') }}
    where es_reprogramada
),

versions as (
    select * from {{ ref('int_plan_version') }}
),

{%- set shared = [
    'entidad_id', 'plan_id', 'mes_corte', 'version_plan', 'anio', 'estado', 'semaforo_fisico',
    'programado_financiero', 'ejecutado_financiero', 'avance_financiero_pct', 'semaforo_financiero',
    'programado_financiero_anual'
] %}

-- Levels have no quantities. Nulls have their type named: of two unions in a row PostgreSQL takes
-- that of the first.
figures as (
    {%- for relation, element, centre in [
        ('levels', 'elemento_id', 'null'), ('centros', 'centro_costo_id', 'centro_costo_id')
    ] %}
    select
        {{ shared | join(',\n        ') }},
        nivel,
        {{ element }} as elemento_id,
        {{ centre }} as centro_costo_id,
        n_actividades,
        cast(null as decimal(24, 4)) as programado_fisico,
        cast(null as decimal(24, 4)) as ejecutado_fisico,
        cast(null as decimal(24, 4)) as programado_fisico_anual,
        avance_fisico_pct,
        avance_parcial_pct
    from {{ relation }}
    union all
    {%- endfor %}
    select
        {{ shared | join(',\n        ') }},
        'AO' as nivel,
        actividad_id as elemento_id,
        centro_costo_id,
        1 as n_actividades,
        programado_fisico,
        ejecutado_fisico,
        programado_fisico_anual,
        {{ as_double('avance_fisico_pct') }} as avance_fisico_pct,
        {{ as_double('avance_fisico_pct') }} as avance_parcial_pct
    from actividades
),

-- An element that the approved plan does not have gave nothing away: no difference.
against_approved as (
    select
        figures.*,
        versions.version,
        versions.fecha_version,
        max(case when figures.version_plan = 'aprobado' then figures.avance_fisico_pct end)
            over of_element as avance_aprobado_pct,
        max(
            case
                when figures.version_plan = 'aprobado' then figures.programado_financiero_anual
            end
        ) over of_element as financiero_anual_aprobado
    from figures
    inner join versions
        on
            figures.entidad_id = versions.entidad_id
            and figures.plan_id = versions.plan_id
            and figures.version_plan = versions.version_plan
    window of_element as (
        partition by figures.entidad_id, figures.plan_id, figures.nivel, figures.elemento_id
    )
),

contract_columns as (
    select
        entidad_id,
        plan_id,
        nivel,
        elemento_id,
        cast(mes_corte as integer) as mes_corte,
        version_plan,
        cast(anio as integer) as anio,
        centro_costo_id,
        cast(version as integer) as version,
        fecha_version,
        cast(n_actividades as integer) as n_actividades,
        estado,
        cast(programado_fisico as decimal(24, 4)) as programado_fisico,
        cast(ejecutado_fisico as decimal(24, 4)) as ejecutado_fisico,
        cast(programado_fisico_anual as decimal(24, 4)) as programado_fisico_anual,
        {{ as_double('avance_fisico_pct') }} as avance_fisico_pct,
        {{ as_double('avance_parcial_pct') }} as avance_parcial_pct,
        semaforo_fisico,
        {{ as_double('avance_fisico_pct - avance_aprobado_pct') }} as diferencia_avance_pct,
        cast(programado_financiero as decimal(24, 2)) as programado_financiero,
        cast(ejecutado_financiero as decimal(24, 2)) as ejecutado_financiero,
        {{ as_double('avance_financiero_pct') }} as avance_financiero_pct,
        semaforo_financiero,
        cast(programado_financiero_anual as decimal(24, 2)) as programado_financiero_anual,
        cast(programado_financiero_anual - financiero_anual_aprobado as decimal(24, 2))
            as diferencia_financiera_anual
    from against_approved
)

select * from contract_columns
