{#-
  Tables of schema raw that no CSV fills: the loader's accounting, empty where only `dbt seed`
  loaded, and the history of quality findings, which orchestration/findings.py writes.
  The first two are defined by orchestration/raw_tables.py too, which may come first.
-#}
{% macro create_quality_tables() -%}
    {{ return(adapter.dispatch('create_quality_tables')()) }}
{%- endmacro %}

{#- Elsewhere they come with the rest of schema raw (orchestration/engines). -#}
{% macro default__create_quality_tables() -%}{%- endmacro %}

{% macro duckdb__create_quality_tables() -%}
    create schema if not exists raw;
    {{ findings_by_span() }}
    {%- for table, columns in quality_tables().items() %}
    create table if not exists raw.{{ table }} (
        {%- for name, type in columns.items() %}
        {{ name }} {{ type }}{{ ',' if not loop.last }}
        {%- endfor %}
    );
    {%- endfor %}
{%- endmacro %}


{#-
  Databases made before findings had spans hold each once an evaluation. Such a row becomes a span
  of one evaluation, the last one's open: from there on they grow.
-#}
{% macro findings_by_span() -%}
    {%- if execute and run_query(
        "select 1 from duckdb_columns() where schema_name = 'raw' and table_name = 'hallazgo'
        and column_name = 'evaluacion_id'"
    ).rows | length > 0 %}
    alter table raw.hallazgo rename column evaluacion_id to desde_evaluacion;
    alter table raw.hallazgo add column hasta_evaluacion bigint;
    alter table raw.hallazgo add column por_plan boolean default false;
    update raw.hallazgo set hasta_evaluacion = desde_evaluacion
    where
        desde_evaluacion != (
            select evaluacion_id from raw.evaluacion
            order by fecha_reporte desc, evaluacion_id desc limit 1
        );
    {%- endif %}
{%- endmacro %}


{#- Those tables with their columns and types. -#}
{% macro quality_tables() -%}
    {{ return({
        'carga': {
            'carga_id': 'varchar',
            'tabla': 'varchar',
            'archivo': 'varchar',
            'catalogo': 'boolean',
            'cargado_en': 'timestamp',
            'registrado_en': 'timestamp',
            'codificacion': 'varchar',
            'separador': 'varchar',
            'bytes': 'bigint',
            'leidas': 'bigint',
            'cargadas': 'bigint',
            'en_cuarentena': 'bigint',
            'repetidas': 'bigint'
        },
        'cuarentena': {
            'carga_id': 'varchar',
            'tabla': 'varchar',
            'archivo': 'varchar',
            'fila': 'bigint',
            'columna': 'varchar',
            'texto': 'varchar',
            'motivo': 'varchar',
            'clase': 'varchar',
            'reparar': 'varchar[]',
            'fila_cruda': 'varchar',
            'cuarentena_en': 'timestamp',
            'resuelta_en': 'timestamp',
            'retirada_en': 'timestamp'
        },
        'evaluacion': {
            'evaluacion_id': 'bigint',
            'fecha_reporte': 'date',
            'evaluada_en': 'timestamp'
        },
        'hallazgo': {
            'desde_evaluacion': 'bigint',
            'hasta_evaluacion': 'bigint',
            'alerta_id': 'varchar(32)',
            'regla_id': 'varchar(40)',
            'severidad': 'varchar(40)',
            'entidad_id': 'varchar(200)',
            'plan_id': 'varchar(200)',
            'centro_costo_id': 'varchar(200)',
            'nivel': 'varchar(40)',
            'elemento_id': 'varchar(4000)',
            'mes': 'integer',
            'detalle': 'varchar',
            'valor': 'decimal(28,6)',
            'por_plan': 'boolean'
        }
    }) }}
{%- endmacro %}
