{{ by_entity(joins_as_written=true) }}
with cuts as (
    select * from {{ of_touched_entities(ref('int_proyeccion_corte')) }}
),

avances as (
    select * from {{ of_touched_entities(ref('int_avance_proyeccion')) }}
),

years as (
    select * from {{ of_touched_entities(ref('int_actividad_anual')) }}
),

metas as (
    select * from {{ of_touched_entities(ref('int_meta_anual')) }}
),

levels_to_reach as (
    select
        entidad_id,
        plan_id,
        actividad_id
    from {{ of_touched_entities(ref('int_actividad_anual')) }}
    where tipo_agregacion = 'acumulado_mensual'
),

historia as (
    select * from {{ of_touched_entities(ref('int_proyeccion_historia')) }}
),

bandas as (
    select * from {{ ref('int_semaforo_bandas') }}
    where ambito = 'fisico'
),

parametros as (
    {{ parameters_row([
        'ritmo_inicial', 'ritmo_maximo', 'peso_ritmo_entidad', 'peso_ritmo_unidad',
        'peso_ritmo_actividad', 'recuperacion_inicial', 'peso_recuperacion',
        'aceleracion_maxima', 'dispersion_inicial', 'peso_dispersion', 'dispersion_atraso',
        'z_intervalo'
    ]) }}
),

-- Without a target all year: out of every mean, or 100 in all of them.
advances_at_the_cut as (
    select
        avances.entidad_id,
        avances.plan_id,
        avances.actividad_id,
        avances.mes_corte,
        avances.aei_id,
        avances.centro_costo_id,
        avances.peso,
        avances.estado,
        avances.origen,
        avances.avance_sin_tope_pct,
        avances.programado_anual_pct,
        avances.ejecutado_anual_pct,
        cuts.sin_medir,
        {{ as_double('cuts.mes_corte') }} / cuts.ultimo_corte as transcurrido
    from avances
    inner join cuts
        on
            avances.entidad_id = cuts.entidad_id
            and avances.plan_id = cuts.plan_id
            and avances.mes_corte = cuts.mes_corte
    where
        avances.programado_anual_pct is not null
        or (avances.estado = 'S.P.' and cuts.sin_programacion = 'cien')
),

-- Of which the months tell more than the figure at the corte: some are not registered, or what is
-- executed before any target is due may be more than the year's.
asked_of_their_months as (
    select distinct
        entidad_id,
        plan_id,
        actividad_id
    from advances_at_the_cut
    where
        programado_anual_pct is not null
        and (
            estado = 'S.I.'
            or (origen = 'mensual' and (sin_medir or (estado = 'S.P.' and ejecutado_anual_pct > 0)))
        )
),

registered_months as (
    select
        metas.entidad_id,
        metas.plan_id,
        metas.actividad_id
        {%- for month in range(1, 13) %},
        metas.{{ month_column('ef', month) }} is not null
            as {{ month_column('registrado', month) }}
        {%- endfor %}
    from metas
    inner join asked_of_their_months as asked
        on
            metas.entidad_id = asked.entidad_id
            and metas.plan_id = asked.plan_id
            and metas.actividad_id = asked.actividad_id
),

-- A month that was not registered is not known: neither its programme nor its execution count as
-- measured, and it is projected with the months to come.
known_years as (
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
        years.sin_meses,
        {{ year_target('years') }} as meta_del_anio,
        {%- for month in range(1, 13) %}
        {{ '+ ' if not loop.first -}}
        case when years.{{ month_column('pf', month) }} > 0 then 1 else 0 end
        {%- endfor %} as meses_con_meta
        {%- for month in range(1, 13) %},
        case
            when registered_months.{{ month_column('registrado', month) }}
                then years.{{ month_column('pf', month) }}
            else 0
        end as {{ month_column('pf', month) }},
        years.{{ month_column('ef', month) }},
        years.{{ month_column('pm', month) }},
        years.{{ month_column('em', month) }},
        years.{{ month_column('f', month) }}
        {%- endfor %}
    from years
    inner join registered_months
        on
            years.entidad_id = registered_months.entidad_id
            and years.plan_id = registered_months.plan_id
            and years.actividad_id = registered_months.actividad_id
),

known_months as (
    {{ cumulative_figures('known_years', 'cuts', ['meta_del_anio', 'meses_con_meta']) }}
),

known_shares as (
    select
        entidad_id,
        plan_id,
        actividad_id,
        mes_corte,
        case
            when es_promedio_mensual
                then {{ percentage('meses_programados', 'meses_con_meta') }} / 100
            else {{ percentage('programado_fisico', 'meta_del_anio') }} / 100
        end as medido,
        case
            when es_promedio_mensual then suma_razones / nullif(meses_con_meta, 0)
            else {{ percentage('ejecutado_fisico', 'meta_del_anio') }} / 100
        end as ejecutado
    from known_months
),

-- Shares of the year's target: how much of it was programmed in the months that are known, and
-- how much is executed, not capped.
shares_of_the_year as (
    select
        advances.entidad_id,
        advances.plan_id,
        advances.actividad_id,
        advances.mes_corte,
        advances.aei_id,
        advances.centro_costo_id,
        advances.peso,
        advances.transcurrido,
        advances.programado_anual_pct is not null as tiene_meta,
        levels_to_reach.actividad_id is not null as informa_un_nivel,
        case
            when advances.programado_anual_pct is null then 1
            when known_shares.medido is not null then known_shares.medido
            else advances.programado_anual_pct / 100
        end as programado,
        case
            when advances.programado_anual_pct is null then 1
            when known_shares.medido is not null then known_shares.ejecutado
            when advances.estado = 'completo'
                then advances.avance_sin_tope_pct * advances.programado_anual_pct / 10000
            else coalesce(advances.ejecutado_anual_pct, 0) / 100
        end as ejecutado_al_corte
    from advances_at_the_cut as advances
    left join levels_to_reach
        on
            advances.entidad_id = levels_to_reach.entidad_id
            and advances.plan_id = levels_to_reach.plan_id
            and advances.actividad_id = levels_to_reach.actividad_id
    left join known_shares
        on
            advances.entidad_id = known_shares.entidad_id
            and advances.plan_id = known_shares.plan_id
            and advances.actividad_id = known_shares.actividad_id
            and advances.mes_corte = known_shares.mes_corte
),

-- A level that is reached (acumulado_mensual) may fall again: of it no more is certain than the
-- part of the year that has passed.
measured_shares as (
    select
        entidad_id,
        plan_id,
        actividad_id,
        mes_corte,
        aei_id,
        centro_costo_id,
        peso,
        tiene_meta,
        case
            when informa_un_nivel and tiene_meta then least(programado, transcurrido)
            else programado
        end as medido,
        case
            when informa_un_nivel and tiene_meta and programado > 0
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

-- What has no target all year says nothing of a pace.
unit_sums as (
    select
        entidad_id,
        plan_id,
        mes_corte,
        centro_costo_id,
        {{ as_double('sum(' ~ addend('case when tiene_meta then medido else 0 end') ~ ')') }}
            as medido,
        {{ as_double(
            'sum(' ~ addend('case when tiene_meta then ejecutado_limitado else 0 end') ~ ')'
        ) }} as ejecutado,
        coalesce({{ as_double(
            'sum(' ~ addend(
                'case when tiene_meta '
                ~ 'then ejecutado_limitado * ejecutado_limitado / nullif(medido, 0) end'
            ) ~ ')'
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

-- What all activities of a unit go by.
unit_paces as (
    select
        unit_habits.entidad_id,
        unit_habits.plan_id,
        unit_habits.mes_corte,
        unit_habits.centro_costo_id,
        unit_habits.ritmo,
        unit_habits.recuperacion,
        unit_habits.aceleracion,
        entity_spread.varianza,
        cuts.tope_pct,
        bandas.rojo_existe,
        bandas.rojo_desde,
        bandas.rojo_hasta,
        bandas.rojo_incluye_hasta,
        parametros.dispersion_atraso,
        parametros.peso_ritmo_actividad,
        parametros.z_intervalo
    from unit_habits
    inner join entity_spread
        on
            unit_habits.entidad_id = entity_spread.entidad_id
            and unit_habits.plan_id = entity_spread.plan_id
            and unit_habits.mes_corte = entity_spread.mes_corte
    inner join cuts
        on
            unit_habits.entidad_id = cuts.entidad_id
            and unit_habits.plan_id = cuts.plan_id
            and unit_habits.mes_corte = cuts.mes_corte
    left join bandas
        on cuts.metodologia_id = bandas.metodologia_id
    cross join parametros
),

with_pace as (
    select
        limited.*,
        unit_paces.recuperacion,
        unit_paces.varianza,
        unit_paces.tope_pct,
        unit_paces.rojo_existe,
        unit_paces.rojo_desde,
        unit_paces.rojo_hasta,
        unit_paces.rojo_incluye_hasta,
        unit_paces.dispersion_atraso,
        unit_paces.peso_ritmo_actividad,
        unit_paces.z_intervalo,
        greatest(1 - limited.medido, 0) as por_medir,
        greatest(limited.medido - limited.ejecutado, 0) as atraso,
        (limited.ejecutado_limitado + unit_paces.peso_ritmo_actividad * unit_paces.ritmo)
        / (limited.medido + unit_paces.peso_ritmo_actividad)
        + unit_paces.aceleracion as ritmo
    from limited
    inner join unit_paces
        on
            limited.entidad_id = unit_paces.entidad_id
            and limited.plan_id = unit_paces.plan_id
            and limited.mes_corte = unit_paces.mes_corte
            and limited.centro_costo_id = unit_paces.centro_costo_id
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
        {{ capped('100 * ejecutado', 'tope_pct') }} as ejecutado_pct,
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

-- A mean of capped figures is not the cap of their mean: levels take what is expected under it. The
-- curve reaches below what is executed, the year's end doesn't.
projected as (
    select
        figures.entidad_id,
        figures.plan_id,
        figures.actividad_id,
        figures.mes_corte,
        figures.aei_id,
        figures.centro_costo_id,
        figures.peso,
        figures.avance_proyectado_pct,
        figures.proyectado_min_pct,
        figures.proyectado_max_pct,
        {{ chance_of_red(
            'figures.proyectado_sin_tope_pct', 'figures.desviacion_sin_tope_pct',
            'figures.ejecutado_pct', 'figures'
        ) }} as probabilidad_rojo,
        case
            when figures.tope_pct is null then figures.proyectado_sin_tope_pct
            else
                greatest(
                    figures.proyectado_sin_tope_pct * {{ normal_below('figures.hasta_el_tope') }}
                    + figures.tope_pct * (1 - {{ normal_below('figures.hasta_el_tope') }})
                    - figures.desviacion_sin_tope_pct
                    * exp(-power(least(abs(figures.hasta_el_tope), 30), 2) / 2) / sqrt(2 * pi()),
                    figures.ejecutado_pct
                )
        end as esperado_pct,
        figures.ejecutado_pct,
        (figures.proyectado_max_pct - figures.proyectado_min_pct) / (2 * figures.z_intervalo)
            as desviacion_pct
    from with_interval as figures
)

select * from projected
