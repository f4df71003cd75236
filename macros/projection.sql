{#- What the projection's models share: the catalog's parameters, the normal curve, means with error. -#}

{#- One row with the catalog's parameters as columns, for a model to cross join. -#}
{% macro parameters_row(names) -%}
    select
        {%- for name in names %}
        {{ as_double("max(case when parametro = '" ~ name ~ "' then valor end)") }} as {{ name }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('stg_parametros') }}
{%- endmacro %}


{#-
  Share of a normal curve below z standard deviations: a logistic approximation that is off by
  0.0002 at most (Bowling and others, 2009), because not every engine has the function itself.
  Beyond six deviations it is 0 or 1, and exp() would overflow.
-#}
{% macro normal_below(z) -%}
    1 / (1 + exp(-(
        1.5976 * least(greatest({{ z }}, -6), 6) + 0.07056 * power(least(greatest({{ z }}, -6), 6), 3)
    )))
{%- endmacro %}


{#- Chance, 0 to 1, that a figure with this mean and deviation ends in the red band of `bands`. -#}
{% macro chance_of_red(mean, deviation, bands) -%}
    case
        when not coalesce({{ bands }}.rojo_existe, false) then null
        else
            case
                when {{ bands }}.rojo_hasta is null then 1
                else {{ normal_below('(' ~ bands ~ '.rojo_hasta - ' ~ mean ~ ') / ' ~ deviation) }}
            end
            - case
                when {{ bands }}.rojo_desde is null then 0
                else {{ normal_below('(' ~ bands ~ '.rojo_desde - ' ~ mean ~ ') / ' ~ deviation) }}
            end
    end
{%- endmacro %}


{#-
  Weighted mean of projections and its deviation: errors of elements that stand together are
  correlated, so that a mean of many is not as certain as independent ones would make it.
-#}
{% macro projected_mean(relation='') -%}
    {%- set of = relation ~ '.' if relation else '' -%}
    {%- set deviation = of ~ 'peso * ' ~ of ~ 'desviacion_pct' -%}
    {%- set known = of ~ 'esperado_pct is not null' -%}
    {%- set weights = as_double('sum(' ~ of ~ 'peso) filter (where ' ~ known ~ ')') -%}
    {%- set together = as_double('sum(' ~ addend(deviation) ~ ')') -%}
    {%- set apart = as_double('sum(' ~ addend('power(' ~ deviation ~ ', 2)') ~ ')') -%}
    max({{ of }}correlacion) as correlacion,
    {{ as_double('sum(' ~ addend(of ~ 'peso * ' ~ of ~ 'esperado_pct') ~ ')') }}
    / nullif({{ weights }}, 0) as esperado_pct,
    sqrt(
        max({{ of }}correlacion) * power({{ together }}, 2)
        + (1 - max({{ of }}correlacion)) * {{ apart }}
    ) / nullif({{ weights }}, 0) as desviacion_pct
{%- endmacro %}
