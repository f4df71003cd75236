{#- What differs by engine, and nothing else. -#}

{% macro double_type() -%}
    {{ return(adapter.dispatch('double_type')()) }}
{%- endmacro %}

{% macro default__double_type() -%} double {%- endmacro %}

{% macro postgres__double_type() -%} double precision {%- endmacro %}


{% macro as_double(expression) -%}
    cast({{ expression }} as {{ double_type() }})
{%- endmacro %}


{% macro latest_by(expression, order_by) -%}
    {{ return(adapter.dispatch('latest_by')(expression, order_by)) }}
{%- endmacro %}

{% macro default__latest_by(expression, order_by) -%}
    max_by({{ expression }}, {{ order_by }})
{%- endmacro %}

{% macro postgres__latest_by(expression, order_by) -%}
    (array_agg({{ expression }} order by {{ order_by }} desc))[1]
{%- endmacro %}


{% macro whole_quotient(numerator, denominator) -%}
    {{ return(adapter.dispatch('whole_quotient')(numerator, denominator)) }}
{%- endmacro %}

{% macro default__whole_quotient(numerator, denominator) -%}
    (({{ numerator }}) div ({{ denominator }}))
{%- endmacro %}

{% macro duckdb__whole_quotient(numerator, denominator) -%}
    (({{ numerator }}) // ({{ denominator }}))
{%- endmacro %}

{% macro postgres__whole_quotient(numerator, denominator) -%}
    div(({{ numerator }}), ({{ denominator }}))
{%- endmacro %}


{% macro ten_thousandths(expression) -%}
    {{ return(adapter.dispatch('ten_thousandths')(expression)) }}
{%- endmacro %}

{% macro default__ten_thousandths(expression) -%}
    cast(({{ expression }}) * 10000 as decimal(38, 0))
{%- endmacro %}

{% macro duckdb__ten_thousandths(expression) -%}
    cast(({{ expression }}) * 10000 as hugeint)
{%- endmacro %}


{% macro round_to(expression, places) -%}
    {{ return(adapter.dispatch('round_to')(expression, places)) }}
{%- endmacro %}

{% macro default__round_to(expression, places) -%}
    round({{ expression }}, {{ places }})
{%- endmacro %}

{% macro postgres__round_to(expression, places) -%}
    cast(round(cast({{ expression }} as numeric), {{ places }}) as double precision)
{%- endmacro %}


{% macro add_load_columns(relation) -%}
    {{ return(adapter.dispatch('add_load_columns')(relation)) }}
{%- endmacro %}

{% macro default__add_load_columns(relation) -%}
    {%- for name, type in [
        ('carga_id', 'varchar(64)'), ('archivo', 'varchar(255)'),
        ('fila', 'bigint'), ('cargado_en', 'timestamp')
    ] %}
    alter table {{ relation }} add column if not exists {{ name }} {{ type }};
    {%- endfor %}
{%- endmacro %}
