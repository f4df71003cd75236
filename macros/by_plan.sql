{#-
  Models that are kept plan by plan. What they say of a plan follows from the rows of that plan, the
  tree of its entity's centres and the catalogs, so that a refresh computes anew the plans that
  something happened to and leaves the others as they stand (docs/scaling.md).
  Whether that may be done at all is decided before dbt starts: orchestration/recalculation.py.
-#}


{#-
  Configuration of such a model: the first line of its file. `joins_as_written` says that each join
  of the model names its larger side first and that DuckDB is not to swap them (below).
-#}
{% macro by_plan(joins_as_written=false) -%}
    {{ kept('by_plan', joins_as_written) }}
{%- endmacro %}


{#- The same where a plan's figures also follow from other plans of its entity: all of them go. -#}
{% macro by_entity(joins_as_written=false) -%}
    {{ kept('by_entity', joins_as_written) }}
{%- endmacro %}


{% macro kept(materialized, joins_as_written) -%}
    {%- if target.type == 'duckdb' -%}
    {{ config(materialized=materialized, meta={'joins_as_written': joins_as_written}) }}
    {%- endif -%}
{%- endmacro %}


{% materialization by_plan, adapter='duckdb' %}
    {%- do keep_sides_of_joins() -%}
    {%- set relations = replaced_where_touched('entidad_id, plan_id') -%}
    {%- do choose_sides_of_joins() -%}
    {{ return(relations) }}
{% endmaterialization %}


{% materialization by_entity, adapter='duckdb' %}
    {%- do keep_sides_of_joins() -%}
    {%- set relations = replaced_where_touched('entidad_id') -%}
    {%- do choose_sides_of_joins() -%}
    {{ return(relations) }}
{% endmaterialization %}


{#-
  DuckDB keeps the smaller side of a join in memory and looks the other up in it. How many rows come
  out of filters on figures, or of a plan's months, it can't know and takes for few: millions are
  then kept to look up thousands.
-#}
{% macro keep_sides_of_joins() %}
    {%- if config.get('meta', {}).get('joins_as_written') -%}
    {%- do run_query("set disabled_optimizers = 'build_side_probe_side'") -%}
    {%- endif -%}
{% endmacro %}


{#- Ends keep_sides_of_joins(): DuckDB chooses again. -#}
{% macro choose_sides_of_joins() %}
    {%- if config.get('meta', {}).get('joins_as_written') -%}
    {%- do run_query('reset disabled_optimizers') -%}
    {%- endif -%}
{% endmacro %}


{#- A plan that lost all its rows loses them here too. -#}
{% macro replaced_where_touched(keys) %}
    {%- if load_cached_relation(this) is none or not only_touched_plans() -%}
        {{ return(replaced_relation('table')) }}
    {%- endif -%}
    {% call statement('main') -%}
        delete from {{ this }}
        where ({{ keys }}) in (select {{ keys }} from raw.plan_tocado);
        insert into {{ this }} by name
        select * from ({{ compiled_code }}) as computed
        where ({{ keys }}) in (select {{ keys }} from raw.plan_tocado)
    {%- endcall %}
    {{ adapter.commit() }}
    {{ return({'relations': [this.incorporate(type='table')]}) }}
{% endmacro %}


{#-
  The same for a model whose sums of one year fill the memory that DuckDB is given: a refresh makes
  it one year of plans after the other, or years of few plans together. What it starts from is
  read through of_plans_in_hand().
-#}
{% macro by_year(joins_as_written=false) -%}
    {{ kept('by_year', joins_as_written) }}
{%- endmacro %}


{% materialization by_year, adapter='duckdb' %}
    {%- do keep_sides_of_joins() -%}
    {%- if one_year_at_a_time() -%}
        {%- set relations = replaced_year_by_year() -%}
    {%- else -%}
        {%- set relations = replaced_where_touched('entidad_id, plan_id') -%}
    {%- endif -%}
    {%- do choose_sides_of_joins() -%}
    {{ return(relations) }}
{% endmaterialization %}


{#- The relation with the rows of the plans to compute replaced, years_at_once() at a time. -#}
{% macro replaced_year_by_year() %}
    {%- set of_touched -%}
    {%- if only_touched_plans() -%}
    and (entidad_id, plan_id) in (select entidad_id, plan_id from raw.plan_tocado)
    {%- endif -%}
    {%- endset -%}
    {% call statement('main') -%}
        {%- if load_cached_relation(this) is not none and only_touched_plans() %}
        delete from {{ this }}
        where (entidad_id, plan_id) in (select entidad_id, plan_id from raw.plan_tocado)
        {%- else %}
        create or replace table {{ this }} as
        select * from ({{ compiled_code }}) as computed limit 0
        {%- endif %}
    {%- endcall %}
    {%- for years in years_at_once(of_touched) %}
        {% call statement('years') -%}
            delete from raw.plan_en_curso;
            insert into raw.plan_en_curso
            select entidad_id, plan_id from {{ ref('int_plan') }}
            where anio in ({{ years | join(', ') }}) {{ of_touched }};
            insert into {{ this }} by name {{ compiled_code }}
        {%- endcall %}
    {%- endfor %}
    {{ adapter.commit() }}
    {{ return({'relations': [this.incorporate(type='table')]}) }}
{% endmacro %}


{#-
  The years in hand, in order, those together that have few plans: DuckDB shares the work on a table
  among threads by 122,880 rows, the activities of some 400 plans. As many as a country has in a
  year fit.
-#}
{% macro years_at_once(of_touched, plans_at_most=3000) %}
    {%- set plans_of_years = run_query(
        'select anio, count(*) from ' ~ ref('int_plan') ~ ' where true ' ~ of_touched
        ~ ' group by anio order by anio'
    ).rows -%}
    {%- set batches = [] -%}
    {%- set last = namespace(plans=0) -%}
    {%- for year, plans in plans_of_years -%}
        {%- if batches and last.plans + plans <= plans_at_most -%}
            {%- do batches[-1].append(year) -%}
            {%- set last.plans = last.plans + plans -%}
        {%- else -%}
            {%- do batches.append([year]) -%}
            {%- set last.plans = plans -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(batches) }}
{% endmacro %}


{#- Whether this run makes models of by_year() so: a refresh does, and keeps raw.plan_en_curso. -#}
{% macro one_year_at_a_time() -%}
    {{ return(target.type == 'duckdb' and var('por_anio', false)) }}
{%- endmacro %}


{#- What a model of by_year() starts from, and the views that only it reads. -#}
{% macro of_plans_in_hand(relation) -%}
    {%- if one_year_at_a_time() -%}
    (
        select *
        from {{ relation }}
        where
            (entidad_id, plan_id) in (select entidad_id, plan_id from raw.plan_en_curso)
            {{ among_touched('entidad_id, plan_id') if only_touched_plans() }}
    )
    {%- else -%}
    {{ of_touched_plans(relation) }}
    {%- endif -%}
{%- endmacro %}


{#- Whether this run computes only the plans of raw.plan_tocado. -#}
{% macro only_touched_plans() -%}
    {{ return(target.type == 'duckdb' and var('solo_tocados', false)) }}
{%- endmacro %}


{#-
  What a model kept by plan reads: the rows of the touched plans, or all of them. For speed only,
  on the large tables that a model starts from: what it gives of other plans is not taken over.
-#}
{% macro of_touched_plans(relation) -%}
    {{ rows_of_touched(relation, 'entidad_id, plan_id') }}
{%- endmacro %}


{#- The same for a model kept by entity. -#}
{% macro of_touched_entities(relation) -%}
    {{ rows_of_touched(relation, 'entidad_id') }}
{%- endmacro %}


{% macro rows_of_touched(relation, keys) -%}
    {%- if only_touched_plans() -%}
    (
        select *
        from {{ relation }}
        where
            ({{ keys }}) in (select {{ keys }} from raw.plan_tocado)
            {{ among_touched(keys) }}
    )
    {%- else -%}
    {{ relation }}
    {%- endif -%}
{%- endmacro %}


{#-
  The same once more with entities and plans written out, where they are few: DuckDB carries
  constants, but no join, into a view of latest loads, which otherwise puts the rows of all plans
  in order. The plans of a year often have one name in all entities.
-#}
{% macro among_touched(keys, few=100) -%}
    {%- if execute -%}
        {%- for key in keys.split(', ') -%}
            {%- set values = run_query(
                'select distinct ' ~ key ~ ' from raw.plan_tocado limit ' ~ (few + 1)
            ).columns[0].values() -%}
            {%- if 0 < values | length <= few %}
            and {{ key }} in (
                {%- for value in values -%}
                '{{ value | replace("'", "''") }}'{{ ', ' if not loop.last }}
                {%- endfor -%}
            )
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}


{#-
  Lists the plans that something happened to since the computation that raw.calculo describes: rows
  loaded since, rows whose date has come since, months whose registration has fallen due since.
-#}
{% macro list_touched_plans() -%}
    {%- if one_year_at_a_time() %}
    create table if not exists raw.plan_en_curso (entidad_id varchar(200), plan_id varchar(200));
    {%- endif %}
    {%- if only_touched_plans() %}
    create or replace table raw.plan_tocado as
    with calculo as (
        select fecha_reporte, cargado_hasta from raw.calculo
    ),

    loaded_since as (
        {%- for table in [
            'planes', 'objetivos', 'acciones', 'actividades', 'metas_programadas',
            'metas_ejecutadas', 'resultados_reportados', 'indicadores', 'indicador_resultados'
        ] %}
        select entidad_id, plan_id from raw.{{ table }}
        where cargado_en > (select cargado_hasta from calculo)
        {{ 'union' if not loop.last }}
        {%- endfor %}
    ),

    come_since as (
        {%- for table, day in [
            ('metas_programadas', 'fecha_version'), ('metas_ejecutadas', 'fecha_registro')
        ] %}
        select entidad_id, plan_id from raw.{{ table }}
        where
            {{ day }} > (select fecha_reporte from calculo)
            and {{ day }} <= {{ report_date() }}
        {{ 'union' if not loop.last }}
        {%- endfor %}
    ),

    plans as (
        select planes.entidad_id, planes.plan_id, planes.anio, metodologias.plazo_registro_meses
        from raw.planes as planes
        inner join raw.metodologias as metodologias
            on planes.metodologia_id = metodologias.metodologia_id
    ),

    due_since as (
        select entidad_id, plan_id
        from plans
        where
            least(12, greatest(0, {{ months_due('anio', 'plazo_registro_meses', report_date()) }}))
            != least(12, greatest(0, {{ months_due(
                'anio', 'plazo_registro_meses', '(select fecha_reporte from calculo)'
            ) }}))
    ),

    of_changed_centres as (
        select plans.entidad_id, plans.plan_id
        from plans
        where plans.entidad_id in (
            select entidad_id from raw.centros_costo
            where cargado_en > (select cargado_hasta from calculo)
        )
    )

    {%- for cause in ['loaded_since', 'come_since', 'due_since', 'of_changed_centres'] %}
    select entidad_id, plan_id from {{ cause }}
    {{ 'union' if not loop.last }}
    {%- endfor %};
    {%- endif %}
{%- endmacro %}
