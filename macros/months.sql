{#- Expressions over the twelve month columns of an activity's year: prefix01 … prefix12. -#}

{% macro month_column(prefix, month, relation='') -%}
    {{ relation ~ '.' if relation }}{{ prefix }}{{ '%02d' % month }}
{%- endmacro %}


{#- The twelve columns, for a list of arguments or of keys. -#}
{% macro twelve_columns(prefix, relation='') -%}
    {%- for month in range(1, 13) -%}
    {{ month_column(prefix, month, relation) }}{{ ', ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}


{#- Sum of the first `count` months. -#}
{% macro sum_of_months(prefix, count, relation='') -%}
    {%- for month in range(1, count + 1) -%}
    {{ ' + ' if not loop.first }}{{ month_column(prefix, month, relation) }}
    {%- endfor -%}
{%- endmacro %}


{#- How many of the first `count` months are given. -#}
{% macro count_of_months(prefix, count, relation='') -%}
    {%- for month in range(1, count + 1) -%}
    {{ ' + ' if not loop.first }}case
        when {{ month_column(prefix, month, relation) }} is null then 0
        else 1
    end
    {%- endfor -%}
{%- endmacro %}


{#-
  Whether in a month something was done or to be done: a registered month in which nothing was
  planned and nothing done says nothing of what is usual. The condition stands in each term of what
  follows: columns made of it would be written out in each of their uses by Spark, which dies of it.
-#}
{% macro month_at_work(done, planned, month, relation='') -%}
    {%- set quantity = month_column(done, month, relation) -%}
    {{ quantity }} > 0 or ({{ quantity }} = 0 and {{ month_column(planned, month, relation) }} > 0)
{%- endmacro %}


{#- How many of the first `count` months are at work. -#}
{% macro count_of_months_at_work(done, planned, count, relation='') -%}
    {%- for month in range(1, count + 1) -%}
    {{ ' + ' if not loop.first }}case
        when {{ month_at_work(done, planned, month, relation) }} then 1
        else 0
    end
    {%- endfor -%}
{%- endmacro %}


{#- Mean of what was done in those months; null where there are none. -#}
{% macro mean_of_months_at_work(done, planned, count, relation='') -%}
    {{ as_double(sum_of_months_given(done, count, relation)) }}
    / nullif({{ count_of_months_at_work(done, planned, count, relation) }}, 0)
{%- endmacro %}


{% macro sum_of_months_given(prefix, count, relation='') -%}
    {%- for month in range(1, count + 1) -%}
    {{ ' + ' if not loop.first }}coalesce({{ month_column(prefix, month, relation) }}, 0)
    {%- endfor -%}
{%- endmacro %}


{#- Standard deviation of a sample: of what was done in those months, which are `counted` many. -#}
{% macro deviation_of_months_at_work(done, planned, count, mean, counted, relation='') -%}
    sqrt((
        {%- for month in range(1, count + 1) -%}
        {%- set quantity = as_double(month_column(done, month, relation)) -%}
        {%- set distance = '(' ~ quantity ~ ' - ' ~ mean ~ ')' -%}
        {{ ' + ' if not loop.first }}case
            when {{ month_at_work(done, planned, month, relation) }}
                then {{ distance }} * {{ distance }}
            else 0
        end
        {%- endfor -%}
    ) / nullif({{ counted }} - 1, 0))
{%- endmacro %}


{#- The last of the first `count` months above zero; zero where there is none. -#}
{% macro last_positive_month(prefix, count, relation='') -%}
    coalesce(
        {%- for month in range(count, 0, -1) -%}
        nullif({{ month_column(prefix, month, relation) }}, 0),{{ ' ' }}
        {%- endfor -%}
        0)
{%- endmacro %}


{#- The sums of the first month, of the first two, … of all twelve, as a list. -#}
{% macro sums_to_each_month(prefix, relation='') -%}
    {%- set sums = [] -%}
    {%- for count in range(1, 13) -%}
        {%- do sums.append(sum_of_months(prefix, count, relation)) -%}
    {%- endfor -%}
    {{ list_of(sums) }}
{%- endmacro %}


{#- The last month above zero of the first month, of the first two, … of all twelve, as a list. -#}
{% macro lasts_to_each_month(prefix, relation='') -%}
    {%- set lasts = [] -%}
    {%- for count in range(1, 13) -%}
        {%- do lasts.append(last_positive_month(prefix, count, relation)) -%}
    {%- endfor -%}
    {{ list_of(lasts) }}
{%- endmacro %}


{#-
  Of rows of int_meta_anual grouped by `keys`: sums of each month's physical targets, and n, how
  many rows have the month: a version or a registration names it. Executed figures of a plan
  without seguimiento are not known.
-#}
{% macro sums_of_months(years, keys) -%}
    select
        {{ keys | join(',\n        ') }}
        {%- for month in range(1, 13) %},
        count(case
            when {{ month_column('v', month) }} is not null or {{ month_column('nr', month) }} > 0
                then 1
        end)
            as {{ month_column('n', month) }},
        sum(coalesce({{ month_column('pf', month) }}, 0)) as {{ month_column('pf', month) }},
        sum(case when con_seguimiento then coalesce({{ month_column('ef', month) }}, 0) else 0 end)
            as {{ month_column('ef', month) }}
        {%- endfor %}
    from {{ years }}
    group by {{ keys | join(', ') }}
{%- endmacro %}


{#- One row per month that any of the rows has, from what sums_of_months() gives. -#}
{% macro named_months(sums, keys) -%}
    {%- for month in range(1, 13) %}
    select
        {{ keys | join(',\n        ') }},
        {{ month }} as mes,
        {{ month_column('pf', month) }} as suma_programada_mes,
        {{ month_column('ef', month) }} as suma_ejecutada_mes
    from {{ sums }}
    where {{ month_column('n', month) }} > 0
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
