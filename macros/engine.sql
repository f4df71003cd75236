{#- What differs by engine, and nothing else. -#}

{% macro double_type() -%}
    {{ return(adapter.dispatch('double_type')()) }}
{%- endmacro %}

{% macro default__double_type() -%} double {%- endmacro %}

{% macro postgres__double_type() -%} double precision {%- endmacro %}


{#- dbt's own cast: contracts of models name their types as DuckDB does. -#}
{% macro postgres__cast(field, type) -%}
    cast({{ field }} as {{ double_type() if type == 'double' else type }})
{%- endmacro %}

{% macro spark__cast(field, type) -%}
    cast({{ field }} as {{ 'string' if type == 'varchar' else type }})
{%- endmacro %}


{% macro as_double(expression) -%}
    cast({{ expression }} as {{ double_type() }})
{%- endmacro %}


{% macro latest_by(expression, order_by, filter=none) -%}
    {{ return(adapter.dispatch('latest_by')(expression, order_by, filter)) }}
{%- endmacro %}

{% macro default__latest_by(expression, order_by, filter=none) -%}
    max_by({{ expression }}, {{ order_by }})
    {%- if filter %} filter (where {{ filter }}){% endif %}
{%- endmacro %}

{#- A case, no filter: DuckDB copies the rows that pass a filter anew for each aggregate. -#}
{% macro duckdb__latest_by(expression, order_by, filter=none) -%}
    max_by(
        {%- if filter %}case when {{ filter }} then {{ expression }} end
        {%- else %}{{ expression }}{% endif %}, {{ order_by }})
{%- endmacro %}

{% macro postgres__latest_by(expression, order_by, filter=none) -%}
    (array_agg({{ expression }} order by {{ order_by }} desc)
    {%- if filter %} filter (where {{ filter }}){% endif %})[1]
{%- endmacro %}


{% macro list_of(expressions) -%}
    {{ return(adapter.dispatch('list_of')(expressions)) }}
{%- endmacro %}

{% macro default__list_of(expressions) -%} array({{ expressions | join(', ') }}) {%- endmacro %}

{% macro duckdb__list_of(expressions) -%} [{{ expressions | join(', ') }}] {%- endmacro %}

{% macro postgres__list_of(expressions) -%} array[{{ expressions | join(', ') }}] {%- endmacro %}


{% macro element_of(list, number) -%}
    {{ return(adapter.dispatch('element_of')(list, number)) }}
{%- endmacro %}

{% macro default__element_of(list, number) -%} ({{ list }})[{{ number }}] {%- endmacro %}

{% macro spark__element_of(list, number) -%} element_at({{ list }}, {{ number }}) {%- endmacro %}


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


{#-
  DuckDB multiplies decimals of up to 18 digits in 18 digits, which 100 times a figure of 10^12
  overflows; a wider factor has it multiply in 38.
-#}
{% macro factor(number) -%}
    {{ return(adapter.dispatch('factor')(number)) }}
{%- endmacro %}

{% macro default__factor(number) -%} {{ number }} {%- endmacro %}

{% macro duckdb__factor(number) -%} cast({{ number }} as decimal(20, 0)) {%- endmacro %}


{% macro round_to(expression, places) -%}
    {{ return(adapter.dispatch('round_to')(expression, places)) }}
{%- endmacro %}

{% macro default__round_to(expression, places) -%}
    round({{ expression }}, {{ places }})
{%- endmacro %}

{% macro postgres__round_to(expression, places) -%}
    cast(round(cast({{ expression }} as numeric), {{ places }}) as double precision)
{%- endmacro %}


{#-
  A model that DuckDB computes faster each time than it stores it. Elsewhere it is stored:
  PostgreSQL can't tell how many rows such a view gives, and joins it row by row.
-#}
{% macro view_in_process() -%}
    {{ return('view' if target.type == 'duckdb' else 'table') }}
{%- endmacro %}


{#-
  Joins on several columns PostgreSQL takes for far smaller than they are, and goes through them row
  by row: the models join whole tables. Compiling such long expressions takes longer than they run.
-#}
{% macro plan_for_whole_tables() -%}
    {{ return(adapter.dispatch('plan_for_whole_tables')()) }}
{%- endmacro %}

{% macro default__plan_for_whole_tables() -%}{%- endmacro %}

{% macro postgres__plan_for_whole_tables() -%}
    set local enable_nestloop = off;
    set local jit = off;
    set local work_mem = '256MB'
{%- endmacro %}


{#- Without it PostgreSQL plans the models that read a new table for one that is nearly empty. -#}
{% macro gather_statistics(relation) -%}
    {{ return(adapter.dispatch('gather_statistics')(relation)) }}
{%- endmacro %}

{% macro default__gather_statistics(relation) -%}{%- endmacro %}

{% macro postgres__gather_statistics(relation) -%}
    {%- if config.get('materialized') != 'view' %}analyze {{ relation }}{% endif -%}
{%- endmacro %}


{#- Spark has no other; it ends a recursion after a hundred levels. The loader refuses cycles. -#}
{% macro recursive_union() -%}
    {{ return(adapter.dispatch('recursive_union')()) }}
{%- endmacro %}

{% macro default__recursive_union() -%} union {%- endmacro %}

{% macro spark__recursive_union() -%} union all {%- endmacro %}


{#- The columns that the loader writes beside each row, for a seed that dbt loads without them. -#}
{% macro add_load_columns(relation) -%}
    {%- for name, type in [
        ('carga_id', 'varchar(64)'), ('archivo', 'varchar(255)'),
        ('fila', 'bigint'), ('cargado_en', 'timestamp')
    ] %}
    alter table {{ relation }} add column if not exists {{ name }} {{ type }};
    {%- endfor %}
{%- endmacro %}
