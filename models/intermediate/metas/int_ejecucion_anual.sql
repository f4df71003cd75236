{#- A view of the plans in hand: int_meta_anual alone reads it. -#}
{{ config(materialized=view_in_process()) }}
{#-
  Two months at a time: registrations come month by month, so that those of an activity lie apart,
  and each of them is held against every figure that is kept of the activity.
-#}
{%- set bimesters = [[1, 2], [3, 4], [5, 6], [7, 8], [9, 10], [11, 12]] %}
with actividades as (
    select * from {{ of_plans_in_hand(ref('int_actividad')) }}
),

-- A later registration of a month replaces the earlier one whole, nulls included: a null travels
-- as -1, which no meta can be, because aggregates skip nulls. On time is the first registration
-- with a physical value: correcting it later does not make a unit late.
{%- for months in bimesters %}
bimester_{{ loop.index }} as (
    select
        entidad_id,
        plan_id,
        actividad_id
        {%- for month in months %},
        nullif(
            {{ latest_by('coalesce(ejecucion_fisica, -1)', 'fecha_registro', 'mes = ' ~ month) }},
            -1
        ) as {{ month_column('ef', month) }},
        nullif(
            {{ latest_by(
                'coalesce(ejecucion_financiera, -1)', 'fecha_registro', 'mes = ' ~ month
            ) }}, -1
        ) as {{ month_column('em', month) }},
        count(case when mes = {{ month }} then 1 end) as {{ month_column('nr', month) }},
        max(case when mes = {{ month }} then fecha_registro end)
            as {{ month_column('fr', month) }},
        min(
            case when mes = {{ month }} and ejecucion_fisica is not null then fecha_registro end
        ) as {{ month_column('pr', month) }}
        {%- endfor %}
    from {{ of_plans_in_hand(ref('stg_metas_ejecutadas')) }}
    where mes between {{ months | first }} and {{ months | last }}
    group by entidad_id, plan_id, actividad_id
),
{% endfor %}
twelve_months as (
    select
        actividades.entidad_id,
        actividades.plan_id,
        actividades.actividad_id,
        actividades.aei_id,
        actividades.centro_costo_id,
        actividades.tipo_agregacion,
        actividades.ponderacion
        {%- for months in bimesters %}
        {%- set bimester = 'bimester_' ~ loop.index %}
        {%- for month in months %},
        {{ bimester }}.{{ month_column('ef', month) }},
        {{ bimester }}.{{ month_column('em', month) }},
        cast(coalesce({{ bimester }}.{{ month_column('nr', month) }}, 0) as integer)
            as {{ month_column('nr', month) }},
        {{ bimester }}.{{ month_column('fr', month) }},
        {{ bimester }}.{{ month_column('pr', month) }}
        {%- endfor %}
        {%- endfor %}
    from actividades
    {%- for _ in bimesters %}
    {%- set bimester = 'bimester_' ~ loop.index %}
    left join {{ bimester }}
        on
            actividades.entidad_id = {{ bimester }}.entidad_id
            and actividades.plan_id = {{ bimester }}.plan_id
            and actividades.actividad_id = {{ bimester }}.actividad_id
    {%- endfor %}
)

select
    *,
    {{ sum_of_months('nr', 12) }} as filas_ejecutadas
from twelve_months
