{{ by_plan() }}
{#-
  The same execution against the approved plan, the one consistent with the opening budget and the
  one in force, at the corte to look at. Only plans that were ever reprogrammed: for the others
  the three are one.
-#}
{%- set carried = [
    'lectura', 'es_reprogramada', 'programado_anual_de_lectura', 'financiero_anual_de_lectura'
] -%}
with versions as (
    select * from {{ of_touched_plans(ref('stg_metas_programadas')) }}
),

restatements as (
    select * from {{ of_touched_plans(ref('stg_metas_programadas')) }}
    where version > 0
),

planes as (
    select * from {{ ref('int_plan') }}
),

cortes as (
    select * from {{ ref('int_corte_vigente') }}
),

all_years as (
    select * from {{ of_touched_plans(ref('int_actividad_anual')) }}
),

parametros as (
    {{ parameters_row(['mes_consistencia']) }}
),

kinds as (
    {{ version_kinds() }}
),

later_versions as (
    select
        restatements.entidad_id,
        restatements.plan_id,
        restatements.actividad_id,
        bool_or({{ counts_in_version(
            "'consistente'", 'restatements', 'planes.anio', 'parametros.mes_consistencia'
        ) }}) as es_de_apertura
    from restatements
    inner join planes
        on
            restatements.entidad_id = planes.entidad_id
            and restatements.plan_id = planes.plan_id
    cross join parametros
    group by restatements.entidad_id, restatements.plan_id, restatements.actividad_id
),

reprogrammed_plans as (
    select distinct
        entidad_id,
        plan_id
    from later_versions
),

cuts as (
    select
        cortes.entidad_id,
        cortes.plan_id,
        cortes.corte_vigente as mes_corte
    from cortes
    inner join reprogrammed_plans
        on
            cortes.entidad_id = reprogrammed_plans.entidad_id
            and cortes.plan_id = reprogrammed_plans.plan_id
),

earlier_versions as (
    select
        versions.entidad_id,
        versions.plan_id,
        versions.actividad_id,
        versions.mes,
        versions.version,
        versions.meta_fisica,
        versions.meta_financiera,
        later_versions.es_de_apertura,
        {{ counts_in_version(
            "'consistente'", 'versions', 'planes.anio', 'parametros.mes_consistencia'
        ) }} as es_consistente
    from versions
    inner join later_versions
        on
            versions.entidad_id = later_versions.entidad_id
            and versions.plan_id = later_versions.plan_id
            and versions.actividad_id = later_versions.actividad_id
    inner join planes
        on
            versions.entidad_id = planes.entidad_id
            and versions.plan_id = planes.plan_id
    cross join parametros
    where versions.version = 0 or later_versions.es_de_apertura
),

-- Version 0 names a month once: nothing to choose among. An activity that no version restated until
-- the opening budget reads the same in both earlier plans.
approved_programmes as (
    select
        entidad_id,
        plan_id,
        actividad_id,
        case when es_de_apertura then 'aprobado' else 'ambos' end as lectura
        {%- for month in range(1, 13) %},
        max(case when mes = {{ month }} then meta_fisica end) as {{ month_column('pf', month) }},
        max(case when mes = {{ month }} then meta_financiera end) as {{ month_column('pm', month) }}
        {%- endfor %}
    from earlier_versions
    where version = 0
    group by entidad_id, plan_id, actividad_id, es_de_apertura
),

consistent_versions as (
    select
        *,
        'consistente' as lectura
    from earlier_versions
    where es_de_apertura and es_consistente
),

consistent_programmes as (
    {{ programmed_months('consistent_versions', ['lectura']) }}
),

earlier_programmes as (
    {%- for relation in ['approved_programmes', 'consistent_programmes'] %}
    select
        entidad_id,
        plan_id,
        actividad_id,
        lectura
        {%- for month in range(1, 13) %},
        {{ month_column('pf', month) }},
        {{ month_column('pm', month) }}
        {%- endfor %}
    from {{ relation }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

reported as (
    select
        results.entidad_id,
        results.plan_id,
        results.elemento_id
    from {{ of_touched_plans(ref('stg_resultados_reportados')) }} as results
    inner join cuts
        on
            results.entidad_id = cuts.entidad_id
            and results.plan_id = cuts.plan_id
            and results.mes_corte = cuts.mes_corte
    where results.nivel = 'AO'
),

-- Of what has no target left nobody registers months any more: against earlier plans it has what
-- was registered till then. Where a report stands in for months, it still does.
years as (
    select
        all_years.*,
        later_versions.actividad_id is not null as es_reprogramada,
        reported.elemento_id is null
        and {{ sum_of_months('pf', 12, 'all_years') }} = 0 as ya_sin_meta
    from all_years
    inner join reprogrammed_plans
        on
            all_years.entidad_id = reprogrammed_plans.entidad_id
            and all_years.plan_id = reprogrammed_plans.plan_id
    left join later_versions
        on
            all_years.entidad_id = later_versions.entidad_id
            and all_years.plan_id = later_versions.plan_id
            and all_years.actividad_id = later_versions.actividad_id
    left join reported
        on
            all_years.entidad_id = reported.entidad_id
            and all_years.plan_id = reported.plan_id
            and all_years.actividad_id = reported.elemento_id
),

{%- set attributes = [
    'oei_id', 'aei_id', 'centro_costo_id', 'tipo_agregacion', 'es_promedio_mensual', 'peso',
    'es_reprogramada'
] %}

-- An activity that a version does not name is not part of that plan. The programme in force is the
-- only one of an activity that was never reprogrammed.
read_years as (
    select
        years.entidad_id,
        years.plan_id,
        years.actividad_id,
        earlier_programmes.lectura,
        years.{{ attributes | join(',\n        years.') }},
        false as sin_programa,
        false as sin_meses
        {%- for month in range(1, 13) %},
        coalesce(earlier_programmes.{{ month_column('pf', month) }}, 0)
            as {{ month_column('pf', month) }},
        years.{{ month_column('ef', month) }},
        coalesce(earlier_programmes.{{ month_column('pm', month) }}, 0)
            as {{ month_column('pm', month) }},
        years.{{ month_column('em', month) }},
        case when years.ya_sin_meta then 0 else years.{{ month_column('f', month) }} end
            as {{ month_column('f', month) }}
        {%- endfor %}
    from years
    inner join earlier_programmes
        on
            years.entidad_id = earlier_programmes.entidad_id
            and years.plan_id = earlier_programmes.plan_id
            and years.actividad_id = earlier_programmes.actividad_id
    union all
    select
        entidad_id,
        plan_id,
        actividad_id,
        'modificado' as lectura,
        {{ attributes | join(',\n        ') }},
        sin_programa,
        sin_meses
        {%- for month in range(1, 13) %},
        {{ month_column('pf', month) }},
        {{ month_column('ef', month) }},
        {{ month_column('pm', month) }},
        {{ month_column('em', month) }},
        {{ month_column('f', month) }}
        {%- endfor %}
    from years
),

with_year_targets as (
    select
        *,
        {{ year_target('read_years') }} as programado_anual_de_lectura,
        {{ sum_of_months('pm', 12) }} as financiero_anual_de_lectura
    from read_years
),

cumulative as (
    {{ cumulative_figures('with_year_targets', 'cuts', carried) }}
),

advances as (
    {{ activity_advances(
        'cumulative', carried, of_touched_plans(ref('stg_resultados_reportados'))
    ) }}
),

all_versions as (
    select
        advances.entidad_id,
        advances.plan_id,
        advances.actividad_id,
        kinds.version_plan,
        advances.mes_corte,
        advances.anio,
        advances.aei_id,
        advances.centro_costo_id,
        advances.peso,
        advances.con_seguimiento,
        advances.es_reprogramada,
        advances.estado,
        advances.programado_fisico,
        advances.ejecutado_fisico,
        advances.avance_fisico_pct,
        advances.semaforo_fisico,
        advances.programado_anual_de_lectura as programado_fisico_anual,
        advances.programado_financiero,
        advances.ejecutado_financiero,
        advances.avance_financiero_pct,
        advances.semaforo_financiero,
        advances.financiero_anual_de_lectura as programado_financiero_anual,
        advances.programado_anual_pct,
        advances.ejecutado_anual_pct
    from advances
    inner join kinds
        on
            advances.lectura = kinds.version_plan
            or (advances.lectura = 'ambos' and kinds.version_plan != 'modificado')
)

select * from all_versions
