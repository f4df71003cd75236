{{ config(materialized='view') }}
{#-
  Measures of a model kept by plan stand until something happens to their plan; the others follow
  from other plans or from the report date too.
-#}
{%- set models = {
    'int_calidad_registro': true, 'int_calidad_sin_registro': false, 'int_calidad_ejecucion': true,
    'int_calidad_programacion': true, 'int_calidad_reprogramacion': true,
    'int_calidad_estructura': true, 'int_calidad_resultados': false, 'int_calidad_rojo': true,
    'int_calidad_compromiso': false, 'int_calidad_proyeccion': false, 'int_calidad_carga': false,
    'int_calidad_integridad': false
} %}
with measures as (
    {%- for model, kept_by_plan in models.items() %}
    select
        *,
        {{ kept_by_plan }} as por_plan
    from {{ ref(model) }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

reglas as (
    select * from {{ ref('stg_reglas_calidad') }}
),

-- The same problem has the same identity from one refresh to the next. The month is part of it
-- where each month is a problem of its own; a state that lasts from corte to corte is one. The
-- centre is none of it where the element is known without it: moved to another, it is the same one.
identified as (
    select
        md5(concat_ws(
            '|', measures.regla_id, coalesce(measures.entidad_id, ''),
            coalesce(measures.plan_id, ''),
            case
                when measures.nivel in ('AO', 'COMPROMISO') then ''
                else coalesce(measures.centro_costo_id, '')
            end,
            measures.nivel, measures.elemento_id,
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
        measures.detalle,
        measures.por_plan
    from measures
    inner join reglas on measures.regla_id = reglas.regla_id
)

select * from identified
