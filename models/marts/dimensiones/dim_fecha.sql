with anios as (
    select distinct anio from {{ ref('dim_periodo') }}
    union
    select cast(extract(year from {{ report_date() }}) as integer) as anio
),

span as (
    select
        make_date(cast(min(anio) as integer), 1, 1) as desde,
        make_date(cast(max(anio) as integer), 12, 31) as hasta
    from anios
),

digits as (
    {%- for digit in range(10) %}
    select {{ digit }} as digit {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- Five digits are 273 years: more than any history of plans.
ordinals as (
    select
        ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit
        + 10000 * ten_thousands.digit as ordinal
    from digits as ones
    cross join digits as tens
    cross join digits as hundreds
    cross join digits as thousands
    cross join digits as ten_thousands
),

days as (
    select {{ add_days('span.desde', 'ordinals.ordinal') }} as fecha
    from span
    inner join ordinals
        on {{ add_days('span.desde', 'ordinals.ordinal') }} <= span.hasta
),

with_parts as (
    select
        fecha,
        cast(extract(year from fecha) as integer) as anio,
        cast(extract(month from fecha) as integer) as mes,
        {{ month_name('extract(month from fecha)') }} as nombre_mes,
        cast(extract(quarter from fecha) as integer) as trimestre
    from days
)

select * from with_parts
