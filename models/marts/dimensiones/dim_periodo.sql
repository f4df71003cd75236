with anios as (
    select distinct anio from {{ ref('stg_planes') }}
    union
    select distinct anio from {{ ref('stg_presupuesto') }}
),

meses as (
    {%- for name in month_names() %}
    select
        {{ loop.index }} as mes,
        '{{ name }}' as nombre_mes
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

periods as (
    select
        anios.anio,
        meses.mes,
        meses.nombre_mes,
        cast({{ whole_quotient('meses.mes + 2', 3) }} as integer) as trimestre,
        cast({{ whole_quotient('meses.mes + 5', 6) }} as integer) as semestre,
        meses.mes in (3, 6, 9, 12) as es_fin_de_trimestre
    from anios
    cross join meses
)

select * from periods
