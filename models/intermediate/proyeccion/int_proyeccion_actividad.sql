{{ by_entity(joins_as_written=true) }}
with medidas as (
    select * from {{ ref('int_proyeccion_medida') }}
),

cuts as (
    select * from {{ of_touched_entities(ref('int_proyeccion_corte')) }}
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

-- One activity far beyond its target says little about the pace of its unit.
limited as (
    select
        medidas.*,
        least(
            medidas.ejecutado, parametros.ritmo_maximo * medidas.medido
        ) as ejecutado_limitado
    from medidas
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
