{{ by_plan() }}
with expected_months as (
    select * from {{ ref('int_registro_exigible') }}
),

by_centre as (
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        max(anio) as anio
        {%- for month in range(1, 13) %}
        {%- set deadline, first = month_column('l', month), month_column('p', month) %},
        count({{ deadline }}) as {{ month_column('e', month) }},
        count({{ first }}) as {{ month_column('r', month) }},
        count(case when {{ first }} <= {{ deadline }} then 1 end) as {{ month_column('t', month) }}
        {%- endfor %}
    from expected_months
    group by entidad_id, plan_id, centro_costo_id
),

by_centre_and_month as (
    {%- for month in range(1, 13) %}
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        {{ month }} as mes,
        anio,
        {{ month_column('e', month) }} as esperadas,
        {{ month_column('r', month) }} as registradas,
        {{ month_column('t', month) }} as a_tiempo
    from by_centre
    where {{ month_column('e', month) }} > 0
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

with_shares as (
    select
        *,
        {{ percentage('registradas', 'esperadas') }} as completitud_pct,
        {{ percentage('a_tiempo', 'esperadas') }} as oportunidad_pct
    from by_centre_and_month
)

select * from with_shares
