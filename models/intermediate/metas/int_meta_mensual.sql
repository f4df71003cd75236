{#- A view: the year's row holds the same figures, and a row per AO and month is a lot to keep. -#}
{{ config(materialized=view_in_process()) }}
with metas as (
    select * from {{ ref('int_meta_anual') }}
),

-- Only months that a version or a registration names. Executed figures of a plan without
-- seguimiento are not known. The deadline is the last day of month mes + plazo_registro_meses: in
-- time is any registration dated in a month up to that one.
months as (
    {%- for month in range(1, 13) %}
    {%- set first = month_column('pr', month) %}
    select
        entidad_id,
        plan_id,
        anio,
        actividad_id,
        {{ month }} as mes,
        {{ month_column('pf', month) }} as programado_fisico,
        case when con_seguimiento then {{ month_column('ef', month) }} end as ejecutado_fisico,
        {{ month_column('pm', month) }} as programado_financiero,
        case when con_seguimiento then {{ month_column('em', month) }} end as ejecutado_financiero,
        {{ month_column('v', month) }} as version,
        {{ month_column('fr', month) }} as fecha_registro,
        (cast(extract(year from {{ first }}) as integer) - anio) * 12
        + cast(extract(month from {{ first }}) as integer)
        <= {{ month }} + plazo_registro_meses as registrado_a_tiempo
    from metas
    where {{ month_column('v', month) }} is not null or {{ month_column('nr', month) }} > 0
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from months
