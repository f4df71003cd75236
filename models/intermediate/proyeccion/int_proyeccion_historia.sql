{{ by_entity() }}
{#- What each unit made of its backlog in the plan of the year before, from the same corte on. -#}
with cuts as (
    select * from {{ of_touched_entities(ref('int_proyeccion_corte')) }}
),

planes as (
    select * from {{ ref('int_plan') }}
    where con_seguimiento and meses_exigibles >= ultimo_corte
),

centros as (
    select * from {{ of_touched_entities(ref('int_avance_centro_costo')) }}
    where alcance = 'propio' and n_actividades > 0
),

-- Only a year with the same last corte tells what happens between the two.
years_before as (
    select
        cuts.entidad_id,
        cuts.plan_id,
        cuts.mes_corte,
        cuts.ultimo_corte,
        planes.plan_id as plan_anterior_id
    from cuts
    inner join planes
        on
            cuts.entidad_id = planes.entidad_id
            and cuts.tipo = planes.tipo
            and cuts.anio - 1 = planes.anio
            and cuts.ultimo_corte = planes.ultimo_corte
),

unit_years as (
    select
        years_before.entidad_id,
        years_before.plan_id,
        years_before.mes_corte,
        at_the_end.centro_costo_id,
        {{ as_double('sum(at_the_end.n_actividades)') }} as n,
        {{ as_double(
            'sum(' ~ addend('at_the_end.n_actividades * at_the_cut.programado_anual_pct / 100')
            ~ ')'
        ) }} as programado,
        {{ as_double(
            'sum(' ~ addend('at_the_end.n_actividades * at_the_cut.ejecutado_anual_pct / 100') ~ ')'
        ) }} as ejecutado,
        {{ as_double(
            'sum(' ~ addend('at_the_end.n_actividades * at_the_end.avance_parcial_pct / 100') ~ ')'
        ) }} as logrado
    from years_before
    inner join centros as at_the_cut
        on
            years_before.entidad_id = at_the_cut.entidad_id
            and years_before.plan_anterior_id = at_the_cut.plan_id
            and years_before.mes_corte = at_the_cut.mes_corte
    inner join centros as at_the_end
        on
            at_the_cut.entidad_id = at_the_end.entidad_id
            and at_the_cut.plan_id = at_the_end.plan_id
            and at_the_cut.centro_costo_id = at_the_end.centro_costo_id
            and years_before.ultimo_corte = at_the_end.mes_corte
    where
        at_the_end.avance_parcial_pct is not null
        -- Of a unit that had programmed nothing yet the year's result is known all the same.
        and (at_the_cut.avance_parcial_pct is not null or at_the_cut.estado = 'S.P.')
        and at_the_cut.programado_anual_pct is not null
        and at_the_cut.ejecutado_anual_pct is not null
    group by
        years_before.entidad_id, years_before.plan_id, years_before.mes_corte,
        at_the_end.centro_costo_id
),

both_scopes as (
    select
        entidad_id,
        plan_id,
        mes_corte,
        centro_costo_id,
        n,
        programado / n as programado,
        ejecutado / n as ejecutado,
        logrado / n as logrado
    from unit_years
    union all
    select
        entidad_id,
        plan_id,
        mes_corte,
        null as centro_costo_id,
        sum(n) as n,
        {{ as_double('sum(' ~ addend('programado') ~ ')') }} / sum(n) as programado,
        {{ as_double('sum(' ~ addend('ejecutado') ~ ')') }} / sum(n) as ejecutado,
        {{ as_double('sum(' ~ addend('logrado') ~ ')') }} / sum(n) as logrado
    from unit_years
    group by entidad_id, plan_id, mes_corte
),

-- Recovered is what was achieved beyond the pace up to the corte; the backlog is what was missing
-- then. What goes beyond the backlog is a faster pace in the months that remained.
recoveries as (
    select
        entidad_id,
        plan_id,
        mes_corte,
        centro_costo_id,
        logrado,
        n * greatest(programado - ejecutado, 0) as atraso,
        n * greatest(1 - programado, 0) as por_programar,
        n * (
            logrado - ejecutado
            - case when programado > 0 then ejecutado / programado else logrado end
            * (1 - programado)
        ) as recuperado
    from both_scopes
),

with_excess as (
    select
        *,
        greatest(recuperado - atraso, 0) as exceso
    from recoveries
)

select * from with_excess
