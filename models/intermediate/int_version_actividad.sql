{{ by_plan() }}
{#-
  The same execution against the approved plan, the one consistent with the opening budget and the
  one in force, at the corte to look at. Only plans that were ever reprogrammed: for the others
  the three are one.
-#}
{%- set kind = ['version_plan'] -%}
with versions as (
    select * from {{ of_touched_plans(ref('stg_metas_programadas')) }}
),

planes as (
    select * from {{ ref('int_plan') }}
),

avances as (
    select * from {{ of_touched_plans(ref('int_avance_actividad')) }}
),

current_years as (
    select * from {{ of_touched_plans(ref('int_actividad_anual')) }}
),

parametros as (
    {{ parameters_row(['mes_consistencia']) }}
),

kinds as (
    {{ version_kinds() }}
),

reprogrammed_activities as (
    select
        entidad_id,
        plan_id,
        actividad_id
    from versions
    group by entidad_id, plan_id, actividad_id
    having max(version) > 0
),

reprogrammed_plans as (
    select distinct
        entidad_id,
        plan_id
    from reprogrammed_activities
),

cuts as (
    select
        cortes.entidad_id,
        cortes.plan_id,
        cortes.corte_vigente as mes_corte
    from {{ ref('int_corte_vigente') }} as cortes
    inner join reprogrammed_plans
        on
            cortes.entidad_id = reprogrammed_plans.entidad_id
            and cortes.plan_id = reprogrammed_plans.plan_id
),

-- The plan in force is what every other model computes: only the earlier ones are computed here.
earlier_versions as (
    select
        versions.*,
        kinds.version_plan
    from versions
    inner join reprogrammed_activities
        on
            versions.entidad_id = reprogrammed_activities.entidad_id
            and versions.plan_id = reprogrammed_activities.plan_id
            and versions.actividad_id = reprogrammed_activities.actividad_id
    inner join planes
        on
            versions.entidad_id = planes.entidad_id
            and versions.plan_id = planes.plan_id
    cross join parametros
    inner join kinds
        on
            kinds.version_plan != 'modificado'
            and {{ counts_in_version(
                'kinds.version_plan', 'versions', 'planes.anio', 'parametros.mes_consistencia'
            ) }}
),

earlier_programmes as (
    {{ programmed_months('earlier_versions', kind) }}
),

-- An activity that a version does not name is not part of that plan.
earlier_years as (
    select
        {%- for column in activity_columns() %}
        {%- set known = column not in ['sin_programa', 'sin_meses'] %}
        {{ 'years.' ~ column if known else 'false as ' ~ column }},
        {%- endfor %}
        earlier_programmes.version_plan
        {%- for month in range(1, 13) %}
        {%- for measure in ['pf', 'pm'] %},
        coalesce(earlier_programmes.{{ month_column(measure, month) }}, 0)
            as {{ month_column(measure, month) }}
        {%- endfor %}
        {%- for measure in ['ef', 'em', 'f'] %},
        years.{{ month_column(measure, month) }}
        {%- endfor %}
        {%- endfor %}
    from earlier_programmes
    inner join current_years as years
        on
            earlier_programmes.entidad_id = years.entidad_id
            and earlier_programmes.plan_id = years.plan_id
            and earlier_programmes.actividad_id = years.actividad_id
),

earlier_cumulative as (
    {{ cumulative_figures('earlier_years', 'cuts', kind) }}
),

earlier_advances as (
    {{ activity_advances('earlier_cumulative', kind) }}
),

against_earlier as (
    select
        advances.*,
        true as es_reprogramada,
        {{ year_target('years') }} as programado_fisico_anual,
        {{ sum_of_months('pm', 12, 'years') }} as programado_financiero_anual
    from earlier_advances as advances
    inner join earlier_years as years
        on
            advances.entidad_id = years.entidad_id
            and advances.plan_id = years.plan_id
            and advances.actividad_id = years.actividad_id
            and advances.version_plan = years.version_plan
),

-- What was never reprogrammed is the same in the three plans.
against_current as (
    select
        avances.*,
        kinds.version_plan,
        reprogrammed_activities.actividad_id is not null as es_reprogramada,
        {{ year_target('years') }} as programado_fisico_anual,
        {{ sum_of_months('pm', 12, 'years') }} as programado_financiero_anual
    from avances
    inner join cuts
        on
            avances.entidad_id = cuts.entidad_id
            and avances.plan_id = cuts.plan_id
            and avances.mes_corte = cuts.mes_corte
    inner join current_years as years
        on
            avances.entidad_id = years.entidad_id
            and avances.plan_id = years.plan_id
            and avances.actividad_id = years.actividad_id
    left join reprogrammed_activities
        on
            avances.entidad_id = reprogrammed_activities.entidad_id
            and avances.plan_id = reprogrammed_activities.plan_id
            and avances.actividad_id = reprogrammed_activities.actividad_id
    inner join kinds
        on kinds.version_plan = 'modificado' or reprogrammed_activities.actividad_id is null
),

{%- set columns = [
    'entidad_id', 'plan_id', 'actividad_id', 'version_plan', 'mes_corte', 'anio', 'aei_id', 'oei_id',
    'centro_costo_id', 'peso', 'con_seguimiento', 'es_reprogramada', 'estado',
    'programado_fisico', 'ejecutado_fisico', 'avance_fisico_pct', 'semaforo_fisico',
    'programado_fisico_anual', 'programado_financiero', 'ejecutado_financiero',
    'avance_financiero_pct', 'semaforo_financiero', 'programado_financiero_anual',
    'programado_anual_pct', 'ejecutado_anual_pct'
] %}

all_versions as (
    select
        {{ columns | join(',\n        ') }}
    from against_earlier
    union all
    select
        {{ columns | join(',\n        ') }}
    from against_current
)

select * from all_versions
