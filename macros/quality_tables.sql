{#-
  Tables of schema raw that no CSV fills: the loader's accounting, empty where only `dbt seed`
  loaded, and the history of quality findings, which orchestration/quality.py writes.
  The first two are defined by orchestration/raw_tables.py too, which may come first.
-#}
{% macro create_quality_tables() -%}
    {{ return(adapter.dispatch('create_quality_tables')()) }}
{%- endmacro %}

{#- Elsewhere they come with the rest of schema raw (orchestration/engines). -#}
{% macro default__create_quality_tables() -%}{%- endmacro %}

{% macro duckdb__create_quality_tables() -%}
    create schema if not exists raw;
    {%- for table, columns in quality_tables().items() %}
    create table if not exists raw.{{ table }} (
        {%- for name, type in columns.items() %}
        {{ name }} {{ type }}{{ ',' if not loop.last }}
        {%- endfor %}
    );
    {%- endfor %}
{%- endmacro %}


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
            'resuelta_en': 'timestamp'
        },
        'evaluacion': {
            'evaluacion_id': 'bigint',
            'fecha_reporte': 'date',
            'evaluada_en': 'timestamp'
        },
        'hallazgo': {
            'evaluacion_id': 'bigint',
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
            'valor': 'decimal(28,6)'
        }
    }) }}
{%- endmacro %}
