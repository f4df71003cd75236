with bandas as (
    select * from {{ ref('stg_semaforo_bandas') }}
),

-- One row per method and scope, so that a figure finds its colour without multiplying rows.
one_row_per_scope as (
    select
        metodologia_id,
        ambito
        {%- for colour in colours() %},
        count(*) filter (where color = '{{ colour }}') > 0 as {{ colour }}_existe,
        {{ as_double("max(case when color = '" ~ colour ~ "' then desde end)") }}
            as {{ colour }}_desde,
        count(*) filter (where color = '{{ colour }}' and incluye_desde) > 0
            as {{ colour }}_incluye_desde,
        {{ as_double("max(case when color = '" ~ colour ~ "' then hasta end)") }}
            as {{ colour }}_hasta,
        count(*) filter (where color = '{{ colour }}' and incluye_hasta) > 0
            as {{ colour }}_incluye_hasta
        {%- endfor %}
    from bandas
    group by metodologia_id, ambito
)

select * from one_row_per_scope
