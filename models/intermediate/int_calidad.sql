{{ config(materialized='view') }}
{%- set models = [
    'int_calidad_registro', 'int_calidad_sin_registro', 'int_calidad_ejecucion',
    'int_calidad_programacion', 'int_calidad_estructura', 'int_calidad_resultados', 'int_calidad_rojo',
    'int_calidad_compromiso', 'int_calidad_proyeccion', 'int_calidad_carga',
    'int_calidad_integridad'
] %}
with measures as (
    {%- for model in models %}
    select * from {{ ref(model) }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

reglas as (
    select * from {{ ref('stg_reglas_calidad') }}
),

-- The same problem has the same identity from one refresh to the next. The month is part of it
-- where each month is a problem of its own; a state that lasts from corte to corte is one.
identified as (
    select
        md5(concat_ws(
            '|', measures.regla_id, coalesce(measures.entidad_id, ''),
            coalesce(measures.plan_id, ''), coalesce(measures.centro_costo_id, ''), measures.nivel,
            measures.elemento_id,
            case when reglas.por_mes then cast(measures.mes as varchar(2)) else '' end,
            coalesce(measures.clave, '')
        )) as alerta_id,
        measures.regla_id,
        reglas.suite,
        measures.entidad_id,
        measures.plan_id,
        measures.centro_costo_id,
        measures.nivel,
        measures.elemento_id,
        measures.mes,
        measures.valor,
        measures.detalle
    from measures
    inner join reglas on measures.regla_id = reglas.regla_id
)

select * from identified
