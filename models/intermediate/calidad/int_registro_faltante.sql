{{ by_plan() }}
with expected_months as (
    select * from {{ ref('int_registro_exigible') }}
),

missing_months as (
    {%- for month in range(1, 13) %}
    select
        entidad_id,
        plan_id,
        actividad_id,
        aei_id,
        centro_costo_id,
        {{ month }} as mes,
        bloquea,
        {{ month_column('l', month) }} as fecha_limite
    from expected_months
    where {{ month_column('l', month) }} is not null and {{ month_column('p', month) }} is null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from missing_months
