{{ config(materialized=view_in_process()) }}
with metas as (
    select * from {{ ref('int_meta_anual') }}
),

-- A month that is not programmed, or not registered, counts 0 (contract, section 2, AO).
twelve_months as (
    select
        entidad_id,
        plan_id,
        actividad_id,
        oei_id,
        aei_id,
        centro_costo_id,
        tipo_agregacion,
        es_promedio_mensual,
        peso,
        sin_programa,
        sin_meses
        {%- for month in range(1, 13) %}
        {%- for measure in ['pf', 'ef', 'pm', 'em'] %},
        coalesce({{ month_column(measure, month) }}, 0) as {{ month_column(measure, month) }}
        {%- endfor %},
        {{ month_column('f', month) }}
        {%- endfor %}
    from metas
)

select * from twelve_months
