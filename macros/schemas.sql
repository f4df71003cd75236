{#- Schemas are the layers themselves (raw, staging, intermediate, marts), whoever runs dbt. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name or target.schema }}
{%- endmacro %}
