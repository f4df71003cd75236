{#-
  Sums over the activities of an element, from which every level's figures are made: the same list
  for actions, objectives, entities and cost centres, so that none counts in its own way.
  Weighted sums carry the weight 1 where the method takes simple means. Cases instead of filters:
  DuckDB copies the rows that pass a filter anew for each aggregate.
-#}
{% macro activity_sums() -%}
    max(anio) as anio,
    bool_or(con_seguimiento) as con_seguimiento,
    count(*) as n_actividades,
    count(case when estado = 'S.P.' then 1 end) as n_sp,
    count(case when estado = 'S.I.' then 1 end) as n_si
    {%- for colour in colours() %},
    count(case when semaforo_fisico = '{{ colour }}' then 1 end) as n_{{ colour }}
    {%- endfor %},
    count(case when estado != 'S.P.' or avance_fisico_pct is not null then 1 end) as n_en_promedio,
    sum(peso * avance_fisico_pct) as suma_avance,
    sum(case when avance_fisico_pct is not null then peso end) as peso_avance,
    sum(programado_financiero) as programado_financiero,
    sum(ejecutado_financiero) as ejecutado_financiero,
    sum({{ addend('peso * programado_anual_pct') }}) as suma_programado_anual,
    sum(case when programado_anual_pct is not null then peso end) as peso_programado_anual,
    sum({{ addend('peso * ejecutado_anual_pct') }}) as suma_ejecutado_anual,
    sum(case when ejecutado_anual_pct is not null then peso end) as peso_ejecutado_anual
{%- endmacro %}


{#- The columns of activity_sums(), money apart, that add up from one level to the next. -#}
{% macro additive_columns() -%}
    {{ return(counts_of_activities() + [
        'n_en_promedio', 'suma_avance', 'peso_avance', 'suma_programado_anual',
        'peso_programado_anual', 'suma_ejecutado_anual', 'peso_ejecutado_anual'
    ]) }}
{%- endmacro %}


{#- How many activities an element has, and of which state and colour. -#}
{% macro counts_of_activities() -%}
    {%- set columns = ['n_actividades', 'n_sp', 'n_si'] -%}
    {%- for colour in colours() -%}{%- do columns.append('n_' ~ colour) -%}{%- endfor -%}
    {{ return(columns) }}
{%- endmacro %}


{#-
  Weight of an element in the mean above it: 1 where the plan's method, of `planes`, takes simple
  means; where it weights them, none without a weight (contract, section 2, AEI).
-#}
{% macro weight_of(element) -%}
    case when planes.ponderacion = 'simple' then 1 else coalesce({{ element }}.ponderacion, 0) end
{%- endmacro %}


{#- Mean from a weighted sum; null where the weights sum to 0 (contract, section 2, AEI). -#}
{% macro weighted_mean(weighted_sum, weights) -%}
    {{ as_double(weighted_sum) }} / nullif({{ as_double(weights) }}, 0)
{%- endmacro %}


{#- State of an element from those below it (contract, section 2, AEI). -#}
{% macro element_state(incomplete, left_in_mean) -%}
    case
        when not con_seguimiento then 'sin_seguimiento'
        when {{ incomplete }} > 0 then 'S.I.'
        when {{ left_in_mean }} = 0 then 'S.P.'
        else 'completo'
    end
{%- endmacro %}


{#- Advance and state of an element over its activities (contract, section 2, AEI). -#}
{% macro advance_of_activities() -%}
        case
            when n_si = 0 then {{ weighted_mean('suma_avance', 'peso_avance') }}
        end as avance_fisico_pct,
        {{ weighted_mean('suma_avance', 'peso_avance') }} as avance_parcial_pct,
        {{ element_state('n_si', 'n_en_promedio') }} as estado
{%- endmacro %}


{#-
  The same over the elements below (contract, section 2, OEI), from mean_of_elements(); `chosen`,
  those that chosen_elements() names.
-#}
{% macro advance_of_elements(chosen=false) -%}
        {%- set end = '_elegidos' if chosen else '' -%}
        case
            when elementos_si{{ end }} = 0
                then {{ weighted_mean('suma_elementos' ~ end, 'peso_elementos' ~ end) }}
        end as avance_fisico_pct,
        {{ weighted_mean('suma_parciales' ~ end, 'peso_parciales' ~ end) }} as avance_parcial_pct,
        {{ element_state('elementos_si' ~ end, 'elementos_en_promedio' ~ end) }} as estado
{%- endmacro %}


{#- Figures that any level reads off its sums: money and plan progress. -#}
{% macro money_and_progress(sums='') -%}
    {%- set of = sums ~ '.' if sums else '' -%}
    {{ of }}programado_financiero,
    {{ of }}ejecutado_financiero,
    {{ percentage(of ~ 'ejecutado_financiero', of ~ 'programado_financiero') }}
        as avance_financiero_pct,
    {{ weighted_mean(of ~ 'suma_programado_anual', of ~ 'peso_programado_anual') }}
        as programado_anual_pct,
    {{ weighted_mean(of ~ 'suma_ejecutado_anual', of ~ 'peso_ejecutado_anual') }}
        as ejecutado_anual_pct
{%- endmacro %}


{#- Counts and weighted sums that a reported result lacks: nothing to count, no mean to feed. -#}
{% macro reported_counts_and_sums() -%}
    {%- for column in additive_columns() -%}
    {{ column if column == 'n_actividades'
       else ('0 as ' if column.startswith('n_') else 'null as ') ~ column }}
    {{- ',\n        ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}


{#-
  Reported results of centres without activities of their own, summed up for each centre above them
  and for themselves: `own` is a relation of them, `condition` on it takes each once, `beside` names
  key columns besides the centre's.
-#}
{% macro reported_below(own, tree, condition, beside=[]) -%}
    select
        reported.entidad_id,
        reported.plan_id,
        {%- for column in beside %}
        reported.{{ column }},
        {%- endfor %}
        tree.centro_costo_id,
        reported.mes_corte,
        sum(reported.n_actividades) as n_actividades,
        sum(reported.programado_fisico) as suma_programada,
        sum(reported.ejecutado_fisico) as suma_ejecutada,
        sum(reported.programado_financiero) as programado_financiero,
        sum(reported.ejecutado_financiero) as ejecutado_financiero
    from {{ own }} as reported
    inner join {{ tree }} as tree
        on
            reported.entidad_id = tree.entidad_id
            and reported.centro_costo_id = tree.descendiente_id
    where reported.{{ condition }}
    group by
        reported.entidad_id, reported.plan_id, tree.centro_costo_id, reported.mes_corte
        {%- for column in beside %}, reported.{{ column }}{% endfor %}
{%- endmacro %}


{#-
  Sums of the rows of `figures` with those of `below`, what reported_below() gives: the count of
  activities and `sums`, other counts as they are. A reported centre's own result is in `below` too.
-#}
{% macro with_what_is_reported_below(figures, below, sums) -%}
    {%- for column in sums + additive_columns() %}
    {%- if column in sums or column == 'n_actividades' %}
        case
            when {{ figures }}.origen = 'mensual'
                then {{ figures }}.{{ column }} + coalesce({{ below }}.{{ column }}, 0)
            else coalesce({{ below }}.{{ column }}, {{ figures }}.{{ column }})
        end as {{ column }}
    {%- else %}
        {{ figures }}.{{ column }}
    {%- endif %}
    {{- ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}


{#- The columns of additive_columns(), qualified where `sums` names a relation. -#}
{% macro counts_and_sums(sums='') -%}
    {%- for column in additive_columns() -%}
    {{ sums ~ '.' if sums }}{{ column }}{{ ',\n        ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}


{#- The sums of the elements below, for the level above. -#}
{% macro sums_of_sums() -%}
    max(anio) as anio,
    bool_or(con_seguimiento) as con_seguimiento,
    {%- for column in additive_columns() %}
    sum({{ column }}) as {{ column }},
    {%- endfor %}
    sum(programado_financiero) as programado_financiero,
    sum(ejecutado_financiero) as ejecutado_financiero
{%- endmacro %}


{#- Mean of the elements below, and how many are incomplete (contract, section 2, OEI). -#}
{% macro mean_of_elements() -%}
    count(*) filter (where estado = 'S.I.') as elementos_si,
    count(*) filter (where estado != 'S.P.' or avance_fisico_pct is not null)
        as elementos_en_promedio,
    sum({{ addend('peso * avance_fisico_pct') }}) as suma_elementos,
    sum(peso) filter (where avance_fisico_pct is not null) as peso_elementos,
    sum({{ addend('peso * avance_parcial_pct') }}) as suma_parciales,
    sum(peso) filter (where avance_parcial_pct is not null) as peso_parciales
{%- endmacro %}


{#-
  What an entity's mean is over, as the method names it in promedio_entidad: the columns of
  mean_of_elements(), each with `_elegidos` behind (contract, section 2, entity). Sums all have the
  digits of an addend: a case takes the fewest of its branches.
-#}
{% macro chosen_elements(planes, objectives, actions) -%}
        {%- for column in [
            'elementos_si', 'elementos_en_promedio', 'suma_elementos', 'peso_elementos',
            'suma_parciales', 'peso_parciales'
        ] %}
        case {{ planes }}.promedio_entidad
            when 'objetivos' then {{ objectives }}.{{ column }}
            when 'acciones' then coalesce({{ actions }}.{{ column }}, 0)
            else {{ {
                'elementos_si': objectives ~ '.n_si',
                'elementos_en_promedio': objectives ~ '.n_en_promedio',
                'suma_elementos': addend(objectives ~ '.suma_avance'),
                'peso_elementos': objectives ~ '.peso_avance',
                'suma_parciales': addend(objectives ~ '.suma_avance'),
                'peso_parciales': objectives ~ '.peso_avance'
            }[column] }}
        end as {{ column }}_elegidos{{ ',' if not loop.last }}
        {%- endfor %}
{%- endmacro %}


{#- Colours of the physical and the money advance, from the bands of the plan's method. -#}
{% macro with_colours(figures) -%}
    select
        figures.*,
        {{ colour_of('figures.avance_fisico_pct', 'fisico') }} as semaforo_fisico,
        {{ colour_of('figures.avance_financiero_pct', 'financiero') }} as semaforo_financiero
    from {{ figures }} as figures
    inner join {{ ref('int_plan') }} as planes
        on
            figures.entidad_id = planes.entidad_id
            and figures.plan_id = planes.plan_id
    left join {{ ref('int_semaforo_bandas') }} as fisico
        on
            planes.metodologia_id = fisico.metodologia_id
            and fisico.ambito = 'fisico'
    left join {{ ref('int_semaforo_bandas') }} as financiero
        on
            planes.metodologia_id = financiero.metodologia_id
            and financiero.ambito = 'financiero'
{%- endmacro %}


{#- A reported result as figures of an element without activities (contract, section 2, AEI). -#}
{% macro reported_figures(element) -%}
    select
        reported.entidad_id,
        reported.plan_id,
        reported.elemento_id as {{ element }},
        reported.mes_corte,
        planes.anio,
        planes.con_seguimiento,
        case
            when not planes.con_seguimiento then null
            when reported.programado_fisico > 0 and reported.ejecutado_fisico is not null
                then {{ percentage('reported.ejecutado_fisico', 'reported.programado_fisico') }}
            else {{ as_double('reported.avance_fisico_pct') }}
        end as avance_fisico_pct,
        case
            when not planes.con_seguimiento then 'sin_seguimiento'
            when
                reported.avance_fisico_pct is not null
                or (reported.programado_fisico > 0 and reported.ejecutado_fisico is not null)
                then 'completo'
            when reported.programado_fisico = 0 then 'S.P.'
            else 'S.I.'
        end as estado,
        reported.n_actividades,
        reported.programado_fisico,
        case when planes.con_seguimiento then reported.ejecutado_fisico end as ejecutado_fisico,
        reported.programado_financiero,
        case when planes.con_seguimiento then reported.ejecutado_financiero end
            as ejecutado_financiero
    from {{ of_touched_plans(ref('stg_resultados_reportados')) }} as reported
    inner join {{ ref('int_plan') }} as planes
        on
            reported.entidad_id = planes.entidad_id
            and reported.plan_id = planes.plan_id
    inner join {{ ref('int_plan_corte') }} as cuts
        on
            reported.entidad_id = cuts.entidad_id
            and reported.plan_id = cuts.plan_id
            and reported.mes_corte = cuts.mes_corte
{%- endmacro %}


{#- What the marts of all levels say of an element, in the contract's types (section 3). -#}
{% macro contract_figures() -%}
    {{ as_double('avance_fisico_pct') }} as avance_fisico_pct,
    {{ as_double('avance_parcial_pct') }} as avance_parcial_pct,
    estado,
    origen,
    semaforo_fisico,
    cast(programado_financiero as decimal(24, 2)) as programado_financiero,
    cast(ejecutado_financiero as decimal(24, 2)) as ejecutado_financiero,
    {{ as_double('avance_financiero_pct') }} as avance_financiero_pct,
    semaforo_financiero,
    {{ as_double('programado_anual_pct') }} as programado_anual_pct,
    {{ as_double('ejecutado_anual_pct') }} as ejecutado_anual_pct
    {%- for column in counts_of_activities() %},
    cast({{ column }} as integer) as {{ column }}
    {%- endfor %}
{%- endmacro %}
