with actividades as (
    select * from {{ ref('int_avance_actividad') }}
),

tree as (
    select * from {{ ref('int_centro_descendiente') }}
),

-- propio: the centre's own activities; total: its own and those of all centres below.
scopes as (
    select
        entidad_id,
        centro_costo_id,
        centro_costo_id as descendiente_id,
        'propio' as alcance
    from tree
    where centro_costo_id = descendiente_id
    union all
    select
        entidad_id,
        centro_costo_id,
        descendiente_id,
        'total' as alcance
    from tree
),

activity_sums as (
    select
        actividades.entidad_id,
        actividades.plan_id,
        scopes.centro_costo_id,
        scopes.alcance,
        actividades.mes_corte,
        sum(actividades.programado_fisico) as suma_programada,
        sum(actividades.ejecutado_fisico) as suma_ejecutada,
        {{ activity_sums() }}
    from actividades
    inner join scopes
        on
            actividades.entidad_id = scopes.entidad_id
            and actividades.centro_costo_id = scopes.descendiente_id
    group by
        actividades.entidad_id, actividades.plan_id, scopes.centro_costo_id, scopes.alcance,
        actividades.mes_corte
),

from_activities as (
    select
        *,
        case
            when n_si = 0 then {{ weighted_mean('suma_avance', 'peso_avance') }}
        end as avance_fisico_pct,
        {{ weighted_mean('suma_avance', 'peso_avance') }} as avance_parcial_pct,
        {{ element_state('n_si', 'n_en_promedio') }} as estado
    from activity_sums
),

reported as (
    {{ reported_figures('centro_costo_id') }}
    where reported.nivel = 'CC'
),

-- A reported result of a centre covers it as a whole: it stands for both scopes.
both_scopes as (
    select 'propio' as alcance
    union all
    select 'total' as alcance
),

reported_without_activities as (
    select
        reported.*,
        both_scopes.alcance
    from reported
    cross join both_scopes
    left join activity_sums
        on
            reported.entidad_id = activity_sums.entidad_id
            and reported.plan_id = activity_sums.plan_id
            and reported.centro_costo_id = activity_sums.centro_costo_id
            and reported.mes_corte = activity_sums.mes_corte
            and both_scopes.alcance = activity_sums.alcance
    where activity_sums.centro_costo_id is null
),

both_sources as (
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        alcance,
        mes_corte,
        anio,
        con_seguimiento,
        avance_fisico_pct,
        avance_parcial_pct,
        estado,
        'mensual' as origen,
        suma_programada,
        suma_ejecutada,
        {{ counts_and_sums() }},
        programado_financiero,
        ejecutado_financiero
    from from_activities
    union all
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        alcance,
        mes_corte,
        anio,
        con_seguimiento,
        avance_fisico_pct,
        avance_fisico_pct as avance_parcial_pct,
        estado,
        'reportado' as origen,
        programado_fisico as suma_programada,
        ejecutado_fisico as suma_ejecutada,
        {{ reported_counts_and_sums() }},
        programado_financiero,
        ejecutado_financiero
    from reported_without_activities
),

with_figures as (
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        alcance,
        mes_corte,
        anio,
        con_seguimiento,
        avance_fisico_pct,
        avance_parcial_pct,
        estado,
        origen,
        suma_programada,
        suma_ejecutada,
        {{ money_and_progress() }},
        {{ counts_and_sums() }}
    from both_sources
),

with_colours as (
    {{ with_colours('with_figures') }}
)

select * from with_colours
