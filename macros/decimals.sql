{#-
  DuckDB multiplies a double by 10^scale and rounds that half away from zero; PostgreSQL would keep
  its first fifteen digits and Spark round its shortest text, so that a third hundred times over
  falls short of 100. Decimals, of which only the digits beyond the scale go, are cast as they are.
-#}
{% macro as_decimal(expression, precision, scale) -%}
    {{ return(adapter.dispatch('as_decimal')(expression, precision, scale)) }}
{%- endmacro %}

{% macro default__as_decimal(expression, precision, scale) -%}
    cast({{ expression }} as decimal({{ precision }}, {{ scale }}))
{%- endmacro %}

{% macro postgres__as_decimal(expression, precision, scale) -%}
    case
        when pg_typeof({{ expression }}) = cast('double precision' as regtype)
            then {{ double_as_decimal(expression, precision, scale) }}
        else cast({{ expression }} as decimal({{ precision }}, {{ scale }}))
    end
{%- endmacro %}

{% macro spark__as_decimal(expression, precision, scale) -%}
    case
        when typeof({{ expression }}) = 'double'
            then {{ double_as_decimal(expression, precision, scale) }}
        else cast({{ expression }} as decimal({{ precision }}, {{ scale }}))
    end
{%- endmacro %}


{#-
  The product is a whole double of up to 95 bits. It is taken over digit by digit as two whole
  numbers, and becomes the decimal by its text with an exponent: a division of decimals rounds.
-#}
{% macro double_as_decimal(expression, precision, scale) -%}
    {%- set scaled = 'abs(' ~ as_double(expression) ~ ' * ' ~ as_double('1e' ~ scale) ~ ')' -%}
    {#- From 2^52 on a double has no fraction, and adding a half would round it to even. -#}
    {%- set whole -%}
    case when {{ scaled }} < 4503599627370496 then floor({{ scaled }} + {{ as_double('0.5') }})
    else {{ scaled }} end
    {%- endset -%}
    {%- set high = 'floor((' ~ whole ~ ') / ' ~ as_double('4294967296') ~ ')' -%}
    cast(
        case when {{ as_double(expression) }} < 0 then '-' else '' end
        || cast(
            cast(cast({{ high }} as bigint) as decimal(20, 0)) * 4294967296
            + cast(({{ whole }}) - {{ high }} * {{ as_double('4294967296') }} as bigint)
            as varchar(60)
        )
        || 'E-{{ scale }}' as decimal({{ precision }}, {{ scale }})
    )
{%- endmacro %}
