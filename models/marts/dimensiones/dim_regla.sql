with rules as (
    select * from {{ ref('stg_reglas_calidad') }}
),

contract_columns as (
    select
        regla_id,
        titulo,
        severidad,
        suite,
        ambito,
        responsable,
        umbral,
        unidad_umbral,
        umbral_2,
        unidad_umbral_2,
        severidad_2,
        por_mes,
        significado,
        que_hacer,
        fuente
    from rules
)

select * from contract_columns
