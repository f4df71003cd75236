{#- Every row has its parent: the columns together exist in the parent, under the same names. -#}
{% test parent_exists(model, parent, columns) %}

select child.*
from {{ model }} as child
left join {{ parent }} as parent
    on
        {% for column in columns -%}
        child.{{ column }} = parent.{{ column }}{{ ' and ' if not loop.last }}
        {% endfor %}
where parent.{{ columns[0] }} is null

{% endtest %}
