{#- The columns together identify a row; nulls count as equal. -#}
{% test unique_key(model, columns) %}

select
    {{ columns | join(',\n    ') }},
    count(*) as filas
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1

{% endtest %}
