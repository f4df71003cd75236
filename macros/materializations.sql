{#-
  Tables and views of DuckDB, replaced by one statement. The adapter's own way (make it beside the
  old one, rename both, drop the old one) takes seven statements for the same outcome, and with a
  hundred small models the statements, not their rows, are what a refresh waits for.
  Whoever reads the published file is not concerned: it is another file, swapped as a whole.
-#}
{% materialization table, adapter='duckdb' %}
    {{ return(replaced_relation('table')) }}
{% endmaterialization %}


{% materialization view, adapter='duckdb' %}
    {{ return(replaced_relation('view')) }}
{% endmaterialization %}


{% macro replaced_relation(type) %}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target_relation = this.incorporate(type=type) -%}

    {{ run_hooks(pre_hooks, inside_transaction=false) }}
    {{ run_hooks(pre_hooks, inside_transaction=true) }}

    {%- if existing is not none and existing.type != type -%}
        {%- do adapter.drop_relation(existing) -%}
    {%- endif -%}
    {% call statement('main') -%}
        {%- if config.get('contract').enforced %}
        {{ get_assert_columns_equivalent(compiled_code) }}
        {%- endif %}
        create or replace {{ type }} {{ target_relation }} as (
            {{ compiled_code }}
        );
        {{ comments_on(target_relation) }}
    {%- endcall %}

    {{ run_hooks(post_hooks, inside_transaction=true) }}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=false) }}
    {{ return({'relations': [target_relation]}) }}
{% endmacro %}


{#-
  What persist_docs is to leave in the database, as part of the statement that makes the relation.
  The adapter asks twice first which columns there are; a contract has settled that, and a
  described column that there is not fails here.
-#}
{% macro comments_on(relation) %}
    {%- if config.persist_relation_docs() and model.description -%}
        {{ alter_relation_comment(relation, model.description) }}
    {%- endif -%}
    {%- if config.persist_column_docs() -%}
        {%- for column in model.columns.values() if column.description %}
        comment on column {{ relation }}.{{ adapter.quote(column.name) }}
        is {{ duckdb_escape_comment(column.description) }};
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}
