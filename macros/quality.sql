{#- What the models of quality share: the columns of a measure and the words of its detail. -#}

{#-
  A row of an int_calidad_* model: one checked element of one rule, what was measured of it and
  the sentence that a person reads if the rule finds it. `mes` and `clave` are part of the
  identity of the finding where the rule needs them (int_calidad). `when` says which rows are worth
  a sentence, where most of many are not: building it costs more than measuring.
-#}
{% macro measured(
    rule, level, element, value, detail,
    entity='entidad_id', plan='plan_id', centre='null', month='null', key='null', when=none
) -%}
        '{{ rule }}' as regla_id,
        {{ entity }} as entidad_id,
        cast({{ plan }} as varchar(200)) as plan_id,
        cast({{ centre }} as varchar(200)) as centro_costo_id,
        {{ level }} as nivel,
        cast({{ element }} as varchar(4000)) as elemento_id,
        cast({{ month }} as integer) as mes,
        cast({{ key }} as varchar(4000)) as clave,
        {{ as_decimal(value, 28, 6) }} as valor,
        {{ 'case when ' ~ when ~ ' then ' ~ detail ~ ' end' if when else detail }} as detalle
{%- endmacro %}


{#-
  Ends a model of measures with `all_rules`: a zero is nothing to judge, whatever the threshold, and
  is not kept. Nearly all months are registered, in time and never changed.
-#}
{% macro measures_to_judge() -%}
select * from all_rules
where valor is null or valor != 0
{%- endmacro %}


{#-
  Condition of a rule that measures nearly every activity and finds few: from nine tenths of its
  threshold on a measure is kept, with the sentence that costs more than measuring. What is far
  below passes under any judge of the rule; the threshold is the catalog's, in a CTE `reglas`. A
  rule that is judged by both of its thresholds looks at the lower one.
-#}
{% macro near_threshold(rule, value, by_both=false) -%}
    {%- set threshold = 'least(umbral, umbral_2)' if by_both else 'umbral' -%}
    abs({{ value }}) >= (select 0.9 * {{ threshold }} from reglas where regla_id = '{{ rule }}')
{%- endmacro %}


{#-
  A number in a sentence: 25,200.5, at most `places` decimals, no zeros behind; a count (0 places)
  as it is, because years and lines of files are counted so. Null gives «sin dato».
-#}
{% macro plain_number(expression, places=2) -%}
    coalesce(
        {%- if places == 0 %}
        cast({{ as_decimal(expression, 28, 0) }} as varchar(40)),
        {%- else %}
        {{ without_zeros_behind(expression, places) }},
        {%- endif %}
        'sin dato'
    )
{%- endmacro %}


{% macro without_zeros_behind(expression, places) -%}
    {{ return(adapter.dispatch('without_zeros_behind')(expression, places)) }}
{%- endmacro %}

{% macro default__without_zeros_behind(expression, places) -%}
    trim(trailing '.' from to_char(
        {{ as_decimal(expression, 28, places) }},
        'FM999,999,999,999,999,999,999,999,990.{{ '9' * places }}'
    ))
{%- endmacro %}

{% macro spark__without_zeros_behind(expression, places) -%}
    format_number({{ as_decimal(expression, 28, places) }}, '#,##0.{{ '#' * places }}')
{%- endmacro %}

{#-
  A decimal of up to 18 digits DuckDB writes in a fifth of the time, with as many places as it has;
  one below a thousand, as nearly all are, without looking for thousands.
-#}
{% macro duckdb__without_zeros_behind(expression, places) -%}
    {%- set short = 'try_cast(' ~ expression ~ ' as decimal(18, ' ~ places ~ '))' -%}
    {%- set thousands = "format('{:,}', cast(trunc(" ~ short ~ ') as bigint))' -%}
    {%- set long = as_decimal(expression, 28, places) -%}
    case
        when abs({{ short }}) < 1000 then case
            {%- for kept in range(places) %}
            when {{ short }} % {{ '0.' ~ '0' * (kept - 1) ~ '1' if kept else '1' }} = 0
                then cast(cast({{ short }} as decimal(18, {{ kept }})) as varchar)
            {%- endfor %}
            else cast({{ short }} as varchar)
        end
        {%- for kept in range(places) %}
        when {{ short }} % {{ '0.' ~ '0' * (kept - 1) ~ '1' if kept else '1' }} = 0
            then {{ thousands }}
            {%- if kept %}
            || right(cast(cast({{ short }} as decimal(18, {{ kept }})) as varchar), {{ kept + 1 }})
            {%- endif %}
        {%- endfor %}
        else coalesce(
            {{ thousands }} || right(cast({{ short }} as varchar), {{ places + 1 }}),
            format('{:,}', cast(trunc({{ long }}) as hugeint)) || trim(trailing '.' from trim(
                trailing '0' from right(cast({{ long }} as varchar), {{ places + 1 }})
            ))
        )
    end
{%- endmacro %}


{#- An amount of money in a sentence: 25,200.00. Null gives «sin dato». -#}
{% macro plain_money(expression) -%}
    coalesce({{ with_thousands(expression) }}, 'sin dato')
{%- endmacro %}


{% macro with_thousands(expression) -%}
    {{ return(adapter.dispatch('with_thousands')(expression)) }}
{%- endmacro %}

{% macro default__with_thousands(expression) -%}
    to_char({{ as_decimal(expression, 28, 2) }}, 'FM999,999,999,999,999,999,990.00')
{%- endmacro %}

{#- Below 10^13 a double has all cents, and is written fastest; beyond, the decimal is. -#}
{% macro duckdb__with_thousands(expression) -%}
    {%- set amount = as_decimal(expression, 28, 2) -%}
    case
        when abs({{ amount }}) < 10000000000000
            then format('{:,.2f}', {{ as_double(expression) }})
        else
            format('{:,}', cast(trunc({{ amount }}) as hugeint))
            || right(cast({{ amount }} as varchar), 3)
    end
{%- endmacro %}

{% macro spark__with_thousands(expression) -%}
    format_number({{ as_decimal(expression, 28, 2) }}, 2)
{%- endmacro %}


{#- Singular or plural: counted('n', 'fila', 'filas') = «1 fila», «3 filas». -#}
{% macro counted(expression, singular, plural) -%}
    ({{ plain_number(expression, 0) }}
    || case when {{ expression }} = 1 then ' {{ singular }}' else ' {{ plural }}' end)
{%- endmacro %}


{#- A text as the catalog of generic units writes it: capitals, no accents, no final stop. -#}
{% macro plain_unit(expression) -%}
    trim(trailing '.' from trim(
        translate(upper({{ expression }}), 'ÁÉÍÓÚÜº', 'AEIOUU°')
    ))
{%- endmacro %}


{#- A name as two people may write it: without regard to case or repeated spaces. -#}
{% macro plain_name(expression) -%}
    upper(trim(replace(replace({{ expression }}, '  ', ' '), '  ', ' ')))
{%- endmacro %}


{#- Arguments of concat_ws: the names of the months whose flag x01 … x12 is 1. -#}
{% macro outside_month_names() -%}
    {%- for name in month_names() -%}
    , case when {{ month_column('x', loop.index) }} = 1 then '{{ name }}' end
    {%- endfor -%}
{%- endmacro %}


{% macro json_text(expression, field) -%}
    {{ return(adapter.dispatch('json_text')(expression, field)) }}
{%- endmacro %}

{% macro default__json_text(expression, field) -%}
    get_json_object({{ expression }}, '$.{{ field }}')
{%- endmacro %}

{% macro duckdb__json_text(expression, field) -%}
    json_extract_string({{ expression }}, '$.{{ field }}')
{%- endmacro %}

{% macro postgres__json_text(expression, field) -%}
    (cast({{ expression }} as json) ->> '{{ field }}')
{%- endmacro %}


{% macro without_addresses(expression) -%}
    {{ return(adapter.dispatch('without_addresses')(expression)) }}
{%- endmacro %}

{% macro default__without_addresses(expression) -%}
    regexp_replace({{ expression }}, '{{ address_pattern() }}', '(correo)')
{%- endmacro %}

{% macro duckdb__without_addresses(expression) -%}
    regexp_replace({{ expression }}, '{{ address_pattern() }}', '(correo)', 'g')
{%- endmacro %}

{% macro postgres__without_addresses(expression) -%}
    regexp_replace({{ expression }}, '{{ address_pattern() }}', '(correo)', 'g')
{%- endmacro %}

{% macro address_pattern() -%} [^ \t\r\n@,;<>«»]+@[^ \t\r\n@,;<>«»]+ {%- endmacro %}
