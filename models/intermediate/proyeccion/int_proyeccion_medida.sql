{#- A view: what the projections of a plan start from, and what they alone read. -#}
{{ config(materialized=view_in_process()) }}
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
)

select * from measured_shares
