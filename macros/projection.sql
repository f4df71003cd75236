{#- What projections share: the catalog's parameters, the normal curve, means with error. -#}

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
        1.5976 * least(greatest({{ z }}, -6), 6)
        + 0.07056 * power(least(greatest({{ z }}, -6), 6), 3)
    )))
{%- endmacro %}


{#-
  Whether a figure that can only rise has left the red band of `bands` behind: at an upper edge that
  the band includes it is still red.
-#}
{% macro beyond_red(figure, bands) -%}
    {{ bands }}.rojo_desde is null
    and (
        {{ figure_in_bands(figure) }} > {{ bands }}.rojo_hasta
        or (
            {{ figure_in_bands(figure) }} = {{ bands }}.rojo_hasta
            and not {{ bands }}.rojo_incluye_hasta
        )
    )
{%- endmacro %}


{#-
  Chance, 0 to 1, that a figure with this mean and deviation ends in the red band of `bands`;
  `executed` is what it can't end below.
-#}
{% macro chance_of_red(mean, deviation, executed, bands) -%}
    case
        when not coalesce({{ bands }}.rojo_existe, false) then null
        when {{ beyond_red(executed, bands) }} then 0
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
  What a weighted mean of projections and its deviation are made of: sums of decimals, so that those
  of a unit add up to those of the units above it. `over_cap` is how far an element's reported
  figure, which no cap holds (decision 6), lies over it.
-#}
{% macro projected_sums(relation='', over_cap='0') -%}
    {%- set of = relation ~ '.' if relation else '' -%}
    {%- set deviation = of ~ 'peso * ' ~ of ~ 'desviacion_pct' -%}
    sum({{ of }}peso) filter (where {{ of }}esperado_pct is not null) as suma_pesos,
    sum({{ addend(of ~ 'peso * ' ~ of ~ 'esperado_pct') }}) as suma_esperado,
    sum({{ addend(of ~ 'peso * ' ~ of ~ 'ejecutado_pct') }}) as suma_ejecutado,
    sum({{ addend(of ~ 'peso * ' ~ over_cap) }}) as suma_sobre_tope,
    sum({{ addend(deviation) }}) as suma_desviacion,
    sum({{ addend('power(' ~ deviation ~ ', 2)') }}) as suma_cuadrados
{%- endmacro %}


{#- The sums of projected_sums() one level up: those of the parts, added. -#}
{% macro sums_of_projected_sums(relation) -%}
    sum({{ relation }}.n_actividades) as n_actividades
    {%- for column in [
        'suma_pesos', 'suma_esperado', 'suma_ejecutado', 'suma_sobre_tope', 'suma_desviacion',
        'suma_cuadrados'
    ] %},
    sum({{ relation }}.{{ column }}) as {{ column }}
    {%- endfor %}
{%- endmacro %}


{#-
  The mean, its deviation and what is executed of it: errors of elements that stand together are
  correlated, so that a mean of many is not as certain as independent ones would make it.
-#}
{% macro projected_mean(sums, correlation) -%}
    {%- set weights = 'nullif(' ~ as_double(sums ~ '.suma_pesos') ~ ', 0)' -%}
    {{ as_double(sums ~ '.suma_esperado') }} / {{ weights }} as esperado_pct,
    {{ as_double(sums ~ '.suma_ejecutado') }} / {{ weights }} as ejecutado_pct,
    {{ as_double(sums ~ '.suma_sobre_tope') }} / {{ weights }} as sobre_tope_pct,
    sqrt(
        {{ correlation }} * power({{ as_double(sums ~ '.suma_desviacion') }}, 2)
        + (1 - {{ correlation }}) * {{ as_double(sums ~ '.suma_cuadrados') }}
    ) / {{ weights }} as desviacion_pct
{%- endmacro %}


{#- The projections of every level as one list, with what the plan says of their corte. -#}
{% macro projections_of_all_levels(cuts) -%}
    select
        levels.*,
        cuts.anio,
        cuts.meses_restantes,
        cuts.ultimo_corte,
        {{ colour_of('levels.avance_proyectado_pct', 'bandas') }} as semaforo_proyectado
    from (
        {%- for level, model, element, count in [
            ("'AO'", 'int_proyeccion_actividad', 'actividad_id', '1'),
            ('nivel', 'int_proyeccion', 'elemento_id', 'n_actividades')
        ] %}
        select
            entidad_id,
            plan_id,
            mes_corte,
            {{ level }} as nivel,
            {{ element }} as elemento_id,
            centro_costo_id,
            {{ count }} as n_actividades,
            avance_proyectado_pct,
            proyectado_min_pct,
            proyectado_max_pct,
            probabilidad_rojo
        from {{ ref(model) }}
        {{ 'union all' if not loop.last }}
        {%- endfor %}
    ) as levels
    inner join {{ cuts }} as cuts
        on
            levels.entidad_id = cuts.entidad_id
            and levels.plan_id = cuts.plan_id
            and levels.mes_corte = cuts.mes_corte
    left join {{ ref('int_semaforo_bandas') }} as bandas
        on
            cuts.metodologia_id = bandas.metodologia_id
            and bandas.ambito = 'fisico'
{%- endmacro %}


{#-
  The same beside the advance at that corte, which is the one to look at of each plan in force. The
  target of the year is 100 %: what is missing of it, spread over the months that remain.
-#}
{% macro projections_and_advances(cuts) -%}
with projections as (
    {{ projections_of_all_levels(cuts) }}
),

advances as (
    {{ advances_of_all_levels([
        'avance_fisico_pct', 'estado', 'semaforo_fisico', 'programado_anual_pct',
        'ejecutado_anual_pct'
    ], cuts, 'int_avance_revisado') }}
),

with_pace as (
    select
        projections.*,
        {{ as_double('100 * projections.probabilidad_rojo') }} as probabilidad_rojo_pct,
        advances.avance_fisico_pct,
        advances.estado,
        advances.semaforo_fisico,
        advances.programado_anual_pct,
        advances.ejecutado_anual_pct,
        advances.ejecutado_anual_pct
        / nullif(projections.ultimo_corte - projections.meses_restantes, 0) as ritmo_mensual_pct,
        -- greatest() passes over a null: of what only a report is known nothing is said.
        case
            when advances.ejecutado_anual_pct is not null
                then
                    greatest(100 - advances.ejecutado_anual_pct, 0)
                    / nullif(projections.meses_restantes, 0)
        end as necesario_mensual_pct
    from projections
    inner join advances
        on
            projections.entidad_id = advances.entidad_id
            and projections.plan_id = advances.plan_id
            and projections.mes_corte = advances.mes_corte
            and projections.nivel = advances.nivel
            and projections.elemento_id = advances.elemento_id
)

select * from with_pace
{%- endmacro %}
