{{ by_plan() }}
with actividades as (
    select * from {{ of_touched_plans(ref('int_avance_actividad')) }}
),

tree as (
    select * from {{ ref('int_centro_descendiente') }}
),

own_sums as (
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        mes_corte,
        sum(programado_fisico) as suma_programada,
        sum(ejecutado_fisico) as suma_ejecutada,
        {{ activity_sums() }}
    from actividades
    group by entidad_id, plan_id, centro_costo_id, mes_corte
),

sums_with_centres_below as (
    select
        own_sums.entidad_id,
        own_sums.plan_id,
        tree.centro_costo_id,
        own_sums.mes_corte,
        sum(own_sums.suma_programada) as suma_programada,
        sum(own_sums.suma_ejecutada) as suma_ejecutada,
        {{ sums_of_sums() }}
    from own_sums
    inner join tree
        on
            own_sums.entidad_id = tree.entidad_id
            and own_sums.centro_costo_id = tree.descendiente_id
    group by own_sums.entidad_id, own_sums.plan_id, tree.centro_costo_id, own_sums.mes_corte
),

-- propio: the centre's own activities; total: its own and those of all centres below.
activity_sums as (
    {%- for scope, sums in [('propio', 'own_sums'), ('total', 'sums_with_centres_below')] %}
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        '{{ scope }}' as alcance,
        mes_corte,
        suma_programada,
        suma_ejecutada,
        anio,
        con_seguimiento,
        {{ counts_and_sums() }},
        programado_financiero,
        ejecutado_financiero
    from {{ sums }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
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
