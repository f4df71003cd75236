{#- Of all plans, whatever happened to them: what comes past the loader is to be found too. -#}
with orphans as (
    {%- for child, parent, keys in checked_relations() %}
    select
        '{{ child }} sin {{ parent }}' as relacion,
        children.entidad_id,
        children.plan_id,
        concat_ws(
            '/'{% for key in keys %},
            children.{{ key }}{% endfor %}
        ) as clave
    from {{ ref('stg_' ~ child) }} as children
    left join {{ ref('stg_' ~ parent) }} as parents
        on
            {%- for key in keys %}
            {{ 'and ' if not loop.first }}children.{{ key }} = parents.{{ key }}
            {%- endfor %}
    where parents.{{ keys[0] }} is null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from orphans
