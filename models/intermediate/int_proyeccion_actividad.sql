{{ by_entity() }}
with cuts as (
    select * from {{ of_touched_entities(ref('int_proyeccion_corte')) }}
),

avances as (
    select * from {{ of_touched_entities(ref('int_avance_actividad')) }}
),

years as (
    select * from {{ of_touched_entities(ref('int_actividad_anual')) }}
),

acumuladas as (
    select * from {{ of_touched_entities(ref('int_actividad_acumulada')) }}
),

historia as (
    select * from {{ ref('int_proyeccion_historia') }}
),

bandas as (
    select * from {{ ref('int_semaforo_bandas') }}
    where ambito = 'fisico'
),

parametros as (
    {{ parameters_row([
        'ritmo_inicial', 'ritmo_maximo', 'peso_ritmo_entidad', 'peso_ritmo_unidad',
        'peso_ritmo_actividad', 'recuperacion_inicial', 'peso_recuperacion',
        'aceleracion_maxima', 'dispersion_inicial',
        'peso_dispersion', 'dispersion_atraso', 'correlacion', 'z_intervalo'
    ]) }}
),

incomplete_activities as (
    select distinct
        avances.entidad_id,
        avances.plan_id,
        avances.actividad_id
    from avances
    inner join cuts
        on
            avances.entidad_id = cuts.entidad_id
            and avances.plan_id = cuts.plan_id
            and avances.mes_corte = cuts.mes_corte
    where avances.estado = 'S.I.'
),

-- A month that is due and was not registered is not known: neither its programme nor its
-- execution count as measured, and it is projected with the months to come.
incomplete_years as (
    select
        years.entidad_id,
        years.plan_id,
        years.actividad_id,
        years.oei_id,
        years.aei_id,
        years.centro_costo_id,
        years.tipo_agregacion,
        years.es_promedio_mensual,
        years.peso,
        years.sin_programa,
        years.sin_meses
        {%- for month in range(1, 13) %},
        case
            when years.{{ month_column('f', month) }} = 0 then years.{{ month_column('pf', month) }}
            else 0
        end as {{ month_column('pf', month) }},
        years.{{ month_column('ef', month) }},
        years.{{ month_column('pm', month) }},
        years.{{ month_column('em', month) }},
        years.{{ month_column('f', month) }}
        {%- endfor %}
    from years
    inner join incomplete_activities
        on
            years.entidad_id = incomplete_activities.entidad_id
            and years.plan_id = incomplete_activities.plan_id
            and years.actividad_id = incomplete_activities.actividad_id
),

known_months as (
    {{ cumulative_figures('incomplete_years', 'cuts') }}
),

known_shares as (
    select
        known_months.entidad_id,
        known_months.plan_id,
        known_months.actividad_id,
        known_months.mes_corte,
        case
            when known_months.es_promedio_mensual
                then {{ percentage(
                    'known_months.meses_programados', 'acumuladas.meses_programados_anual'
                ) }} / 100
            else {{ percentage(
                'known_months.programado_fisico', 'acumuladas.programado_fisico_anual'
            ) }} / 100
        end as medido,
        case
            when known_months.es_promedio_mensual
                then known_months.suma_razones / nullif(acumuladas.meses_programados_anual, 0)
            else {{ percentage(
                'known_months.ejecutado_fisico', 'acumuladas.programado_fisico_anual'
            ) }} / 100
        end as ejecutado
    from known_months
    inner join acumuladas
        on
            known_months.entidad_id = acumuladas.entidad_id
            and known_months.plan_id = acumuladas.plan_id
            and known_months.actividad_id = acumuladas.actividad_id
            and known_months.mes_corte = acumuladas.mes_corte
),

-- Shares of the year's target: how much of it was programmed in the months that are known, and
-- how much is executed, not capped.
shares_of_the_year as (
    select
        avances.entidad_id,
        avances.plan_id,
        avances.actividad_id,
        avances.mes_corte,
        avances.anio,
        avances.aei_id,
        avances.oei_id,
        avances.centro_costo_id,
        avances.peso,
        avances.estado,
        cuts.es_contraste,
        cuts.metodologia_id,
        cuts.tope_pct,
        cuts.meses_restantes,
        years.tipo_agregacion = 'acumulado_mensual' as informa_un_nivel,
        {{ as_double('cuts.mes_corte') }} / cuts.ultimo_corte as transcurrido,
        case
            when avances.programado_anual_pct is null then 1
            when cuts.sin_medir then 0
            when avances.estado = 'S.I.' then known_shares.medido
            else avances.programado_anual_pct / 100
        end as programado,
        case
            when avances.programado_anual_pct is null then 1
            when cuts.sin_medir then 0
            when avances.estado = 'S.I.' then known_shares.ejecutado
            when avances.estado = 'completo'
                then avances.avance_sin_tope_pct * avances.programado_anual_pct / 10000
            else coalesce(avances.ejecutado_anual_pct, 0) / 100
        end as ejecutado_al_corte
    from avances
    inner join cuts
        on
            avances.entidad_id = cuts.entidad_id
            and avances.plan_id = cuts.plan_id
            and avances.mes_corte = cuts.mes_corte
    inner join years
        on
            avances.entidad_id = years.entidad_id
            and avances.plan_id = years.plan_id
            and avances.actividad_id = years.actividad_id
    left join known_shares
        on
            avances.entidad_id = known_shares.entidad_id
            and avances.plan_id = known_shares.plan_id
            and avances.actividad_id = known_shares.actividad_id
            and avances.mes_corte = known_shares.mes_corte
    -- Without a target all year: out of every mean, or 100 in all of them.
    where
        avances.programado_anual_pct is not null
        or (avances.estado = 'S.P.' and cuts.sin_programacion = 'cien')
),

-- A level that is reached (acumulado_mensual) may fall again: of it no more is certain than the
-- part of the year that has passed.
measured_shares as (
    select
        *,
        case
            when informa_un_nivel then least(programado, transcurrido)
            else programado
        end as medido,
        case
            when informa_un_nivel and programado > 0
                then ejecutado_al_corte / programado * least(programado, transcurrido)
            else ejecutado_al_corte
        end as ejecutado
    from shares_of_the_year
),

-- One activity far beyond its target says little about the pace of its unit.
limited as (
    select
        measured_shares.*,
        least(
            measured_shares.ejecutado, parametros.ritmo_maximo * measured_shares.medido
        ) as ejecutado_limitado
    from measured_shares
    cross join parametros
),

unit_sums as (
    select
        entidad_id,
        plan_id,
        mes_corte,
        centro_costo_id,
        {{ as_double('sum(' ~ addend('medido') ~ ')') }} as medido,
        {{ as_double('sum(' ~ addend('ejecutado_limitado') ~ ')') }} as ejecutado,
        coalesce({{ as_double(
            'sum(' ~ addend('ejecutado_limitado * ejecutado_limitado / nullif(medido, 0)') ~ ')'
        ) }}, 0) as cuadrados
    from limited
    group by entidad_id, plan_id, mes_corte, centro_costo_id
),

entity_sums as (
    select
        entidad_id,
        plan_id,
        mes_corte,
        {{ as_double('sum(' ~ addend('medido') ~ ')') }} as medido,
        {{ as_double('sum(' ~ addend('ejecutado') ~ ')') }} as ejecutado
    from unit_sums
    group by entidad_id, plan_id, mes_corte
),

-- What little is measured leans on what is known one level up, and there on the year before.
entity_habits as (
    select
        entity_sums.entidad_id,
        entity_sums.plan_id,
        entity_sums.mes_corte,
        (
            entity_sums.ejecutado
            + parametros.peso_ritmo_entidad * coalesce(historia.logrado, parametros.ritmo_inicial)
        ) / (entity_sums.medido + parametros.peso_ritmo_entidad) as ritmo,
        least(greatest(
            (
                coalesce(historia.recuperado, 0)
                + parametros.peso_recuperacion * parametros.recuperacion_inicial
            ) / (coalesce(historia.atraso, 0) + parametros.peso_recuperacion), 0
        ), 1) as recuperacion,
        least(
            coalesce(historia.exceso, 0)
            / (coalesce(historia.por_programar, 0) + parametros.peso_recuperacion),
            parametros.aceleracion_maxima
        ) as aceleracion
    from entity_sums
    cross join parametros
    left join historia
        on
            entity_sums.entidad_id = historia.entidad_id
            and entity_sums.plan_id = historia.plan_id
            and entity_sums.mes_corte = historia.mes_corte
            and historia.centro_costo_id is null
),

unit_habits as (
    select
        unit_sums.entidad_id,
        unit_sums.plan_id,
        unit_sums.mes_corte,
        unit_sums.centro_costo_id,
        unit_sums.medido,
        unit_sums.ejecutado,
        unit_sums.cuadrados,
        (unit_sums.ejecutado + parametros.peso_ritmo_unidad * entity_habits.ritmo)
        / (unit_sums.medido + parametros.peso_ritmo_unidad) as ritmo,
        least(greatest(
            (
                coalesce(historia.recuperado, 0)
                + parametros.peso_recuperacion * entity_habits.recuperacion
            ) / (coalesce(historia.atraso, 0) + parametros.peso_recuperacion), 0
        ), 1) as recuperacion,
        least(
            (
                coalesce(historia.exceso, 0)
                + parametros.peso_recuperacion * entity_habits.aceleracion
            ) / (coalesce(historia.por_programar, 0) + parametros.peso_recuperacion),
            parametros.aceleracion_maxima
        ) as aceleracion
    from unit_sums
    inner join entity_habits
        on
            unit_sums.entidad_id = entity_habits.entidad_id
            and unit_sums.plan_id = entity_habits.plan_id
            and unit_sums.mes_corte = entity_habits.mes_corte
    cross join parametros
    left join historia
        on
            unit_sums.entidad_id = historia.entidad_id
            and unit_sums.plan_id = historia.plan_id
            and unit_sums.mes_corte = historia.mes_corte
            and unit_sums.centro_costo_id = historia.centro_costo_id
),

-- Variance of the activities' paces around that of their unit, from the sums of their squares.
entity_spread as (
    select
        unit_habits.entidad_id,
        unit_habits.plan_id,
        unit_habits.mes_corte,
        (
            greatest({{ as_double(
                'sum(' ~ addend(
                    'unit_habits.cuadrados - 2 * unit_habits.ritmo * unit_habits.ejecutado '
                    ~ '+ unit_habits.ritmo * unit_habits.ritmo * unit_habits.medido'
                ) ~ ')'
            ) }}, 0)
            + max(parametros.peso_dispersion)
            * max(parametros.dispersion_inicial) * max(parametros.dispersion_inicial)
        ) / (
            {{ as_double('sum(' ~ addend('unit_habits.medido') ~ ')') }}
            + max(parametros.peso_dispersion)
        ) as varianza
    from unit_habits
    cross join parametros
    group by unit_habits.entidad_id, unit_habits.plan_id, unit_habits.mes_corte
),

with_pace as (
    select
        limited.*,
        unit_habits.recuperacion,
        entity_spread.varianza,
        parametros.dispersion_atraso,
        parametros.peso_ritmo_actividad,
        parametros.z_intervalo,
        parametros.correlacion,
        greatest(1 - limited.medido, 0) as por_medir,
        greatest(limited.medido - limited.ejecutado, 0) as atraso,
        (limited.ejecutado_limitado + parametros.peso_ritmo_actividad * unit_habits.ritmo)
        / (limited.medido + parametros.peso_ritmo_actividad)
        + unit_habits.aceleracion as ritmo
    from limited
    inner join unit_habits
        on
            limited.entidad_id = unit_habits.entidad_id
            and limited.plan_id = unit_habits.plan_id
            and limited.mes_corte = unit_habits.mes_corte
            and limited.centro_costo_id = unit_habits.centro_costo_id
    inner join entity_spread
        on
            limited.entidad_id = entity_spread.entidad_id
            and limited.plan_id = entity_spread.plan_id
            and limited.mes_corte = entity_spread.mes_corte
    cross join parametros
),

-- What is executed stays; what is still to be programmed goes at the pace; part of the backlog is
-- recovered. A hundredth of the target is the least anyone can know it to.
uncapped as (
    select
        *,
        100 * (ejecutado + ritmo * por_medir + recuperacion * atraso) as proyectado_sin_tope_pct,
        100 * sqrt(
            por_medir * por_medir * varianza * peso_ritmo_actividad
            / (medido + peso_ritmo_actividad)
            + dispersion_atraso * dispersion_atraso * atraso * atraso
            + 0.0001
        ) as desviacion_sin_tope_pct
    from with_pace
),

with_interval as (
    select
        *,
        {{ capped('proyectado_sin_tope_pct', 'tope_pct') }} as avance_proyectado_pct,
        {{ capped(
            'greatest(proyectado_sin_tope_pct - z_intervalo * desviacion_sin_tope_pct, '
            ~ 'least(100 * ejecutado, proyectado_sin_tope_pct))', 'tope_pct'
        ) }} as proyectado_min_pct,
        {{ capped(
            'proyectado_sin_tope_pct + z_intervalo * desviacion_sin_tope_pct', 'tope_pct'
        ) }} as proyectado_max_pct,
        (tope_pct - proyectado_sin_tope_pct) / desviacion_sin_tope_pct as hasta_el_tope
    from uncapped
),

-- A mean of capped figures is not the cap of their mean: levels take what is expected under it.
projected as (
    select
        figures.entidad_id,
        figures.plan_id,
        figures.actividad_id,
        figures.mes_corte,
        figures.es_contraste,
        figures.anio,
        figures.aei_id,
        figures.oei_id,
        figures.centro_costo_id,
        figures.peso,
        figures.meses_restantes,
        figures.medido,
        figures.ejecutado,
        figures.ritmo,
        figures.recuperacion,
        figures.avance_proyectado_pct,
        figures.proyectado_min_pct,
        figures.proyectado_max_pct,
        figures.correlacion,
        case
            when 100 * figures.ejecutado >= bandas.rojo_hasta and bandas.rojo_desde is null then 0
            else {{ chance_of_red(
                'figures.proyectado_sin_tope_pct', 'figures.desviacion_sin_tope_pct', 'bandas'
            ) }}
        end as probabilidad_rojo,
        case
            when figures.tope_pct is null then figures.proyectado_sin_tope_pct
            else
                figures.proyectado_sin_tope_pct * {{ normal_below('figures.hasta_el_tope') }}
                + figures.tope_pct * (1 - {{ normal_below('figures.hasta_el_tope') }})
                - figures.desviacion_sin_tope_pct
                * exp(-power(least(abs(figures.hasta_el_tope), 30), 2) / 2) / sqrt(2 * pi())
        end as esperado_pct,
        (figures.proyectado_max_pct - figures.proyectado_min_pct) / (2 * figures.z_intervalo)
            as desviacion_pct
    from with_interval as figures
    left join bandas
        on figures.metodologia_id = bandas.metodologia_id
)

select * from projected
