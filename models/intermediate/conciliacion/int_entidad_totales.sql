{{ by_plan() }}
with centros as (
    select * from {{ of_touched_plans(ref('int_avance_centro_costo')) }}
    where alcance = 'propio' and origen = 'mensual'
),

indicators as (
    select * from {{ of_touched_plans(ref('int_indicador')) }}
),

planes as (
    select * from {{ ref('int_plan') }}
),

catalogue as (
    select
        indicadores.entidad_id,
        indicadores.plan_id,
        count(*) as n_indicadores,
        count(*) filter (where objetivos.oei_id is not null) as n_indicadores_oei
    from {{ of_touched_plans(ref('stg_indicadores')) }} as indicadores
    left join {{ of_touched_plans(ref('stg_objetivos')) }} as objetivos
        on
            indicadores.entidad_id = objetivos.entidad_id
            and indicadores.plan_id = objetivos.plan_id
            and indicadores.elemento_id = objetivos.oei_id
    group by indicadores.entidad_id, indicadores.plan_id
),

cuts as (
    select
        entidad_id,
        plan_id,
        mes_corte
    from {{ of_touched_plans(ref('int_avance_entidad')) }}
    union
    select
        entidad_id,
        plan_id,
        mes_corte
    from indicators
),

tree as (
    select
        objetivos.entidad_id,
        objetivos.plan_id,
        count(distinct objetivos.oei_id) as n_objetivos,
        count(acciones.aei_id) as n_acciones
    from {{ of_touched_plans(ref('stg_objetivos')) }} as objetivos
    left join {{ of_touched_plans(ref('stg_acciones')) }} as acciones
        on
            objetivos.entidad_id = acciones.entidad_id
            and objetivos.plan_id = acciones.plan_id
            and objetivos.oei_id = acciones.oei_id
    group by objetivos.entidad_id, objetivos.plan_id
),

-- An objective is fulfilled when its physical advance reaches what was programmed.
fulfilled as (
    select
        entidad_id,
        plan_id,
        mes_corte,
        count(*) filter (where avance_fisico_pct >= 100) as n_oei_cumplen,
        count(*) filter (where avance_fisico_pct < 100) as n_oei_no_cumplen
    from {{ of_touched_plans(ref('int_avance_objetivo')) }}
    group by entidad_id, plan_id, mes_corte
),

-- Sums of physical metas across units of measure, as some reports print them. Every activity is
-- summed in its centre.
physical_sums as (
    select
        entidad_id,
        plan_id,
        mes_corte,
        sum(suma_programada) as suma_programada,
        sum(suma_ejecutada) as suma_ejecutada
    from centros
    group by entidad_id, plan_id, mes_corte
),

-- Of a plan without seguimiento none is known to be achieved (contract, section 2, AO).
achieved as (
    select
        indicators.entidad_id,
        indicators.plan_id,
        indicators.mes_corte,
        count(*) filter (where indicators.logrado) as n_logrados,
        count(*) filter (where indicators.logrado and indicators.nivel_elemento = 'OEI')
            as n_logrados_oei
    from indicators
    inner join planes
        on
            indicators.entidad_id = planes.entidad_id
            and indicators.plan_id = planes.plan_id
    where planes.con_seguimiento
    group by indicators.entidad_id, indicators.plan_id, indicators.mes_corte
),

objective_results as (
    select
        entidad_id,
        plan_id,
        mes_corte,
        {{ weighted_mean('sum(' ~ addend('resultado_pct') ~ ')', 'count(*)') }}
            as resultado_promedio_pct
    from {{ of_touched_plans(ref('int_resultado_objetivo')) }}
    group by entidad_id, plan_id, mes_corte
),

totals as (
    select
        cuts.entidad_id,
        cuts.plan_id,
        cuts.mes_corte,
        physical_sums.suma_programada,
        physical_sums.suma_ejecutada,
        tree.n_objetivos,
        tree.n_acciones,
        fulfilled.n_oei_cumplen,
        fulfilled.n_oei_no_cumplen,
        objective_results.resultado_promedio_pct,
        catalogue.n_indicadores,
        achieved.n_logrados,
        catalogue.n_indicadores_oei,
        achieved.n_logrados_oei,
        catalogue.n_indicadores_oei - achieved.n_logrados_oei as n_no_logrados_oei
    from cuts
    left join physical_sums
        on
            cuts.entidad_id = physical_sums.entidad_id
            and cuts.plan_id = physical_sums.plan_id
            and cuts.mes_corte = physical_sums.mes_corte
    left join tree
        on
            cuts.entidad_id = tree.entidad_id
            and cuts.plan_id = tree.plan_id
    left join fulfilled
        on
            cuts.entidad_id = fulfilled.entidad_id
            and cuts.plan_id = fulfilled.plan_id
            and cuts.mes_corte = fulfilled.mes_corte
    left join achieved
        on
            cuts.entidad_id = achieved.entidad_id
            and cuts.plan_id = achieved.plan_id
            and cuts.mes_corte = achieved.mes_corte
    left join objective_results
        on
            cuts.entidad_id = objective_results.entidad_id
            and cuts.plan_id = objective_results.plan_id
            and cuts.mes_corte = objective_results.mes_corte
    left join catalogue
        on
            cuts.entidad_id = catalogue.entidad_id
            and cuts.plan_id = catalogue.plan_id
)

select * from totals
