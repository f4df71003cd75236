{% macro month_end(year, month) -%}
    {{ return(adapter.dispatch('month_end')(year, month)) }}
{%- endmacro %}

{% macro default__month_end(year, month) -%}
    date_sub({{ first_of_next_month(year, month) }}, 1)
{%- endmacro %}

{% macro duckdb__month_end(year, month) -%}
    ({{ first_of_next_month(year, month) }} - 1)
{%- endmacro %}

{% macro postgres__month_end(year, month) -%}
    ({{ first_of_next_month(year, month) }} - 1)
{%- endmacro %}

{% macro first_of_next_month(year, month) -%}
    make_date(
        cast({{ year }} + {{ whole_quotient(month, 12) }} as integer),
        cast(({{ month }}) % 12 + 1 as integer),
        1
    )
{%- endmacro %}


{% macro add_days(day, days) -%}
    {{ return(adapter.dispatch('add_days')(day, days)) }}
{%- endmacro %}

{% macro default__add_days(day, days) -%}
    date_add({{ day }}, {{ days }})
{%- endmacro %}

{% macro duckdb__add_days(day, days) -%}
    ({{ day }} + {{ days }})
{%- endmacro %}

{% macro postgres__add_days(day, days) -%}
    ({{ day }} + {{ days }})
{%- endmacro %}


{% macro days_between(earlier, later) -%}
    {{ return(adapter.dispatch('days_between')(earlier, later)) }}
{%- endmacro %}

{% macro default__days_between(earlier, later) -%}
    datediff({{ later }}, {{ earlier }})
{%- endmacro %}

{% macro duckdb__days_between(earlier, later) -%}
    ({{ later }} - {{ earlier }})
{%- endmacro %}

{% macro postgres__days_between(earlier, later) -%}
    ({{ later }} - {{ earlier }})
{%- endmacro %}


{#- Months as Spanish writes them in Peru and Bolivia. -#}
{% macro month_names() -%}
    {{ return([
        'enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'setiembre',
        'octubre', 'noviembre', 'diciembre'
    ]) }}
{%- endmacro %}


{% macro month_name(month) -%}
    case {{ month }}
        {%- for name in month_names() %}
        when {{ loop.index }} then '{{ name }}'
        {%- endfor %}
    end
{%- endmacro %}


{% macro plain_date(expression) -%}
    {{ return(adapter.dispatch('plain_date')(expression)) }}
{%- endmacro %}

{% macro default__plain_date(expression) -%}
    (substr(cast({{ expression }} as varchar(10)), 9, 2)
    || '/' || substr(cast({{ expression }} as varchar(10)), 6, 2)
    || '/' || substr(cast({{ expression }} as varchar(10)), 1, 4))
{%- endmacro %}

{% macro duckdb__plain_date(expression) -%}
    strftime({{ expression }}, '%d/%m/%Y')
{%- endmacro %}


{#- Last day to register a month of `plan`, a row of int_plan (contract, section 2, S.I.). -#}
{% macro registration_deadline(plan, month) -%}
    {{ month_end(plan ~ '.anio', month ~ ' + ' ~ plan ~ '.plazo_registro_meses') }}
{%- endmacro %}


{#-
  Whole months from the start of a plan's year to a date, less the time allowed for registering:
  month k is due once they are k or more (contract, section 2, S.I.). Below 0 and over 12 they only
  say how far off the year is.
-#}
{% macro months_due(year, months_allowed, day) -%}
    (cast(extract(year from {{ day }}) as integer) - {{ year }}) * 12
    + cast(extract(month from {{ day }}) as integer) - 1
    - {{ months_allowed }}
{%- endmacro %}
