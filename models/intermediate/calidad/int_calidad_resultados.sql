{#- Rules about results at a corte: R01, R02, R04, R05. -#}
with indicadores as (
    select * from {{ ref('stg_indicadores') }}
),

resultados as (
    select * from {{ ref('stg_indicador_resultados') }}
),

planes as (
    select * from {{ ref('int_plan') }}
    where con_seguimiento
),

cortes as (
    select * from {{ ref('int_corte_vigente') }}
),

avance_objetivo as (
    select * from {{ ref('int_avance_objetivo') }}
),

resultado_objetivo as (
    select * from {{ ref('int_resultado_objetivo') }}
),

actividades as (
    select * from {{ ref('int_actividad') }}
),

conciliacion as (
    select * from {{ ref('int_conciliacion') }}
),

presupuesto as (
    select * from {{ ref('int_presupuesto') }}
),

-- Indicators are due at the end of the plan, and at any earlier corte at which some were measured.
indicator_cuts as (
    select
        planes.entidad_id,
        planes.plan_id,
        coalesce(planes.ultimo_corte, 12) as mes_corte,
        true as es_el_ultimo
    from planes
    where planes.meses_exigibles >= coalesce(planes.ultimo_corte, 12)
    union
    select
        planes.entidad_id,
        planes.plan_id,
        resultados.mes_corte,
        resultados.mes_corte >= coalesce(planes.ultimo_corte, 12) as es_el_ultimo
    from resultados
    inner join planes
        on
            resultados.entidad_id = planes.entidad_id
            and resultados.plan_id = planes.plan_id
    where resultados.obtenido is not null and resultados.mes_corte <= planes.meses_exigibles
),

-- One without a target at an earlier corte, as those of a year have none in June, is not due there.
due_indicators as (
    select
        indicadores.entidad_id,
        indicadores.plan_id,
        indicadores.indicador_id,
        indicadores.nombre,
        indicator_cuts.mes_corte,
        resultados.obtenido,
        row_number() over (
            partition by
                indicadores.entidad_id, indicadores.plan_id, indicadores.indicador_id
            order by indicator_cuts.mes_corte desc
        ) as desde_el_ultimo
    from indicadores
    inner join indicator_cuts
        on
            indicadores.entidad_id = indicator_cuts.entidad_id
            and indicadores.plan_id = indicator_cuts.plan_id
    left join resultados
        on
            indicadores.entidad_id = resultados.entidad_id
            and indicadores.plan_id = resultados.plan_id
            and indicadores.indicador_id = resultados.indicador_id
            and indicator_cuts.mes_corte = resultados.mes_corte
    where indicator_cuts.es_el_ultimo or resultados.indicador_id is not null
),

-- The null is the finding.
indicator_without_result as (
    select
        {{ measured(
            'R01', "'IND'", 'indicador_id', 'obtenido',
            "'El indicador «' || substr(nombre, 1, 120) || '» no tiene valor obtenido a ' || "
            ~ month_name('mes_corte'),
            month='mes_corte'
        ) }}
    from due_indicators
    where desde_el_ultimo = 1
),

both_lights as (
    select
        activities.entidad_id,
        activities.plan_id,
        activities.oei_id,
        activities.mes_corte,
        activities.semaforo_fisico,
        activities.avance_fisico_pct,
        results.semaforo,
        results.resultado_pct,
        row_number() over (
            partition by activities.entidad_id, activities.plan_id, activities.oei_id
            order by activities.mes_corte desc
        ) as desde_el_ultimo
    from avance_objetivo as activities
    inner join cortes
        on
            activities.entidad_id = cortes.entidad_id
            and activities.plan_id = cortes.plan_id
            and activities.mes_corte <= cortes.corte_exigible
    inner join resultado_objetivo as results
        on
            activities.entidad_id = results.entidad_id
            and activities.plan_id = results.plan_id
            and activities.oei_id = results.oei_id
            and activities.mes_corte = results.mes_corte
    where activities.semaforo_fisico is not null and results.semaforo is not null
),

contradicting_lights as (
    select
        {{ measured(
            'R02', "'OEI'", 'oei_id',
            colour_rank('semaforo') ~ ' - ' ~ colour_rank('semaforo_fisico'),
            "'En ' || semaforo_fisico || ' por sus actividades (' || "
            ~ plain_number('avance_fisico_pct') ~ " || ' %) y en ' || semaforo"
            ~ " || ' por sus indicadores (' || " ~ plain_number('resultado_pct')
            ~ " || ' % logrados) a ' || " ~ month_name('mes_corte'),
            month='mes_corte'
        ) }}
    from both_lights
    where desde_el_ultimo = 1
),

-- The difference that remains unexplained; none where the figures agree or a note says why not.
published_differently as (
    select
        {{ measured(
            'R04', 'conciliacion.nivel', 'conciliacion.elemento_id',
            "case when conciliacion.resultado = 'difiere' then conciliacion.diferencia else 0 end",
            "conciliacion.documento || ' imprime ' || "
            ~ plain_number('conciliacion.valor_publicado', 4)
            ~ " || ' en ' || conciliacion.medida || ' y el cálculo da ' || "
            ~ plain_number('conciliacion.valor_calculado', 4),
            entity='conciliacion.entidad_id', plan='conciliacion.plan_id',
            centre="case when conciliacion.nivel in ('CC', 'CC_TOTAL') "
            ~ "then conciliacion.elemento_id else actividades.centro_costo_id end",
            month='conciliacion.mes_corte',
            key="conciliacion.documento || ' ' || conciliacion.medida"
        ) }}
    from conciliacion
    left join actividades
        on
            conciliacion.entidad_id = actividades.entidad_id
            and conciliacion.plan_id = actividades.plan_id
            and conciliacion.elemento_id = actividades.actividad_id
            and conciliacion.nivel = 'AO'
    where conciliacion.resultado != 'no_calculable'
),

latest_budget as (
    select
        presupuesto.*,
        row_number() over (
            partition by
                presupuesto.entidad_id, presupuesto.anio, presupuesto.tipo, presupuesto.rubro
            order by presupuesto.mes_corte desc
        ) as desde_el_ultimo
    from presupuesto
    where
        presupuesto.tipo = 'gasto'
        and {{ month_end('presupuesto.anio', 'presupuesto.mes_corte - 1') }} < {{ report_date() }}
),

-- Without a PIM any spending exceeds it and has no percentage: the null is the finding.
spent_over_budget as (
    select
        {{ measured(
            'R05', "'PRESUPUESTO'", "tipo || '/' || rubro",
            'case when coalesce(ejecucion, 0) = 0 then 0 else avance_pim_pct end',
            "'Ejecuta ' || " ~ plain_money('ejecucion') ~ " || ' contra un PIM de ' || "
            ~ plain_money('pim') ~ " || ' a ' || " ~ month_name('mes_corte') ~ " || ' de ' || "
            ~ plain_number('anio', 0),
            plan='null', month='mes_corte', key='anio'
        ) }}
    from latest_budget
    where desde_el_ultimo = 1
),

all_rules as (
    select * from indicator_without_result
    union all
    select * from contradicting_lights
    union all
    select * from published_differently
    union all
    select * from spent_over_budget
)

{{ measures_to_judge() }}
