{{ by_plan() }}
{#- Rules about execution up to the last corte that is due: S03 to S08, S10. -#}
with avances as (
    select * from {{ of_touched_plans(ref('int_avance_revisado')) }}
),

reglas as (
    select * from {{ ref('stg_reglas_calidad') }}
),

cortes as (
    select * from {{ ref('int_corte_vigente') }}
),

reported as (
    select * from {{ of_touched_plans(ref('stg_resultados_reportados')) }}
    where nivel = 'AO'
),

metas as (
    select * from {{ of_touched_plans(ref('int_meta_anual')) }}
),

followed_at_the_cut as (
    select avances.*
    from avances
    inner join cortes
        on
            avances.entidad_id = cortes.entidad_id
            and avances.plan_id = cortes.plan_id
            and avances.mes_corte = cortes.corte_exigible
    where avances.con_seguimiento
),

-- Only where the figures at the corte leave something out: summing up all months costs more than
-- all these rules.
left_out as (
    select
        entidad_id,
        plan_id,
        actividad_id,
        mes_corte
    from followed_at_the_cut
    where origen != 'mensual' or ejecutado_fisico is null
),

registered_to_cut as (
    select
        metas.entidad_id,
        metas.plan_id,
        metas.actividad_id,
        {%- for month in range(1, 13) %}
        {{ '+ ' if not loop.first }}case
            when left_out.mes_corte >= {{ month }}
                then coalesce(metas.{{ month_column('ef', month) }}, 0)
            else 0
        end
        {%- endfor %} as suma_fisica,
        {%- for month in range(1, 13) %}
        {{ 'or ' if not loop.first }}(
            left_out.mes_corte >= {{ month }}
            and metas.{{ month_column('em', month) }} is not null
        )
        {%- endfor %} as tiene_dinero
    from metas
    inner join left_out
        on
            metas.entidad_id = left_out.entidad_id
            and metas.plan_id = left_out.plan_id
            and metas.actividad_id = left_out.actividad_id
),

-- Money that a report leaves out and no month gives is not known: it is not «none».
at_the_cut as (
    select
        avances.entidad_id,
        avances.plan_id,
        avances.centro_costo_id,
        avances.actividad_id,
        avances.mes_corte,
        avances.estado,
        avances.programado_fisico,
        coalesce(avances.ejecutado_fisico, registered_to_cut.suma_fisica) as ejecutado_fisico,
        avances.avance_fisico_pct,
        avances.avance_sin_tope_pct,
        avances.programado_financiero,
        avances.ejecutado_financiero,
        avances.avance_financiero_pct,
        avances.origen = 'mensual'
        or reported.ejecutado_financiero is not null
        or coalesce(registered_to_cut.tiene_dinero, false) as se_conoce_el_gasto
    from followed_at_the_cut as avances
    left join registered_to_cut
        on
            avances.entidad_id = registered_to_cut.entidad_id
            and avances.plan_id = registered_to_cut.plan_id
            and avances.actividad_id = registered_to_cut.actividad_id
    left join reported
        on
            avances.entidad_id = reported.entidad_id
            and avances.plan_id = reported.plan_id
            and avances.actividad_id = reported.elemento_id
            and avances.mes_corte = reported.mes_corte
),

executed_without_programme as (
    select
        {{ measured(
            'S03', "'AO'", 'actividad_id',
            'case when ejecutado_fisico > 0 then ejecutado_fisico else ejecutado_financiero end',
            "'Sin programación hasta ' || " ~ month_name('mes_corte') ~ " || ', ejecuta ' || "
            ~ plain_number('ejecutado_fisico') ~ " || ' en su unidad y ' || "
            ~ plain_money('ejecutado_financiero') ~ " || ' en dinero'",
            centre='centro_costo_id', month='mes_corte'
        ) }}
    from at_the_cut
    where estado = 'S.P.'
),

executed_too_much as (
    select
        {{ measured(
            'S04', "'AO'", 'actividad_id', 'avance_sin_tope_pct',
            "case when programado_fisico is null then 'Avanza ' else 'Ejecuta ' || "
            ~ plain_number('ejecutado_fisico') ~ " || ' contra ' || "
            ~ plain_number('programado_fisico') ~ " || ': ' end || "
            ~ plain_number('avance_sin_tope_pct') ~ " || ' % hasta ' || " ~ month_name('mes_corte'),
            centre='centro_costo_id', month='mes_corte'
        ) }}
    from at_the_cut
    where estado != 'S.P.' and {{ near_threshold('S04', 'avance_sin_tope_pct', by_both=true) }}
),

money_without_advance as (
    select
        {{ measured(
            'S05', "'AO'", 'actividad_id',
            'ejecutado_financiero',
            "'Gastó ' || " ~ plain_money('ejecutado_financiero') ~ " || ' hasta ' || "
            ~ month_name('mes_corte')
            ~ " || case when estado = 'S.I.' then ' y su ejecución física registrada es 0' "
            ~ "else ' y su avance físico es 0' end || case when programado_fisico is null then '' "
            ~ "else ' de ' || "
            ~ plain_number('programado_fisico') ~ ' end',
            centre='centro_costo_id', month='mes_corte'
        ) }}
    from at_the_cut
    where
        estado != 'S.P.'
        and ejecutado_fisico = 0
        and coalesce(avance_sin_tope_pct, 0) = 0
),

advance_without_money as (
    select
        {{ measured(
            'S06', "'AO'", 'actividad_id',
            'avance_fisico_pct',
            "'Avanza ' || " ~ plain_number('avance_fisico_pct')
            ~ " || ' % sin gastar nada de los ' || " ~ plain_money('programado_financiero')
            ~ " || ' programados hasta ' || " ~ month_name('mes_corte'),
            centre='centro_costo_id', month='mes_corte'
        ) }}
    from at_the_cut
    where
        estado != 'S.P.'
        and se_conoce_el_gasto
        and programado_financiero > 0
        and ejecutado_financiero = 0
        and {{ near_threshold('S06', 'avance_fisico_pct') }}
),

-- Nothing programmed and something spent has no percentage: the null is the finding.
spent_too_much as (
    select
        {{ measured(
            'S07', "'AO'", 'actividad_id',
            'avance_financiero_pct',
            "'Gastó ' || " ~ plain_money('ejecutado_financiero') ~ " || ' contra ' || "
            ~ plain_money('programado_financiero') ~ " || ' programados hasta ' || "
            ~ month_name('mes_corte') ~ " || coalesce(': ' || "
            ~ "case when avance_financiero_pct is not null then "
            ~ plain_number('avance_financiero_pct') ~ " || ' %' end, '')",
            centre='centro_costo_id', month='mes_corte'
        ) }}
    from at_the_cut
    where
        estado != 'S.P.'
        and ejecutado_financiero != 0
        and (
            avance_financiero_pct is null
            or {{ near_threshold('S07', 'avance_financiero_pct') }}
        )
),

yearly_money as (
    select
        metas.entidad_id,
        metas.plan_id,
        metas.centro_costo_id,
        metas.actividad_id,
        cortes.corte_exigible,
        {{ sum_of_months_given('em', 12, 'metas') }} as dinero
    from metas
    inner join cortes
        on
            metas.entidad_id = cortes.entidad_id
            and metas.plan_id = cortes.plan_id
    where cortes.corte_exigible is not null
),

-- Few activities of a centre spend the same in the year: only their months are compared.
sums_that_repeat as (
    select
        entidad_id,
        plan_id,
        centro_costo_id,
        dinero
    from yearly_money
    where dinero > 0
    group by entidad_id, plan_id, centro_costo_id, dinero
    having count(*) > 1
),

monthly_money as (
    select
        yearly_money.*
        {%- for month in range(1, 13) %},
        coalesce(metas.{{ month_column('em', month) }}, 0) as {{ month_column('em', month) }}
        {%- endfor %}
    from yearly_money
    inner join sums_that_repeat
        on
            yearly_money.entidad_id = sums_that_repeat.entidad_id
            and yearly_money.plan_id = sums_that_repeat.plan_id
            and yearly_money.centro_costo_id = sums_that_repeat.centro_costo_id
            and yearly_money.dinero = sums_that_repeat.dinero
    inner join metas
        on
            yearly_money.entidad_id = metas.entidad_id
            and yearly_money.plan_id = metas.plan_id
            and yearly_money.actividad_id = metas.actividad_id
),

same_money as (
    select
        *,
        count(*) over (
            partition by
                entidad_id, plan_id, centro_costo_id
                {%- for month in range(1, 13) %},
                {{ month_column('em', month) }}
                {%- endfor %}
        ) as actividades_iguales
    from monthly_money
),

pro_rated as (
    select
        {{ measured(
            'S08', "'AO'", 'actividad_id', 'actividades_iguales',
            "'Registra el mismo gasto mes a mes que otras ' || "
            ~ plain_number('actividades_iguales - 1', 0)
            ~ " || ' actividades del centro; suma ' || " ~ plain_money('dinero'),
            centre='centro_costo_id', month='corte_exigible'
        ) }}
    from same_money
    where {{ near_threshold('S08', 'actividades_iguales') }}
),

advances_apart as (
    select
        {{ measured(
            'S10', "'AO'", 'actividad_id', 'avance_fisico_pct - avance_financiero_pct',
            "'Avance físico ' || " ~ plain_number('avance_fisico_pct')
            ~ " || ' % y financiero ' || " ~ plain_number('avance_financiero_pct')
            ~ " || ' % hasta ' || " ~ month_name('mes_corte'),
            centre='centro_costo_id', month='mes_corte'
        ) }}
    from at_the_cut
    where
        estado != 'S.P.'
        and se_conoce_el_gasto
        and {{ near_threshold('S10', 'avance_fisico_pct - avance_financiero_pct') }}
),

all_rules as (
    select * from executed_without_programme
    union all
    select * from executed_too_much
    union all
    select * from money_without_advance
    union all
    select * from advance_without_money
    union all
    select * from spent_too_much
    union all
    select * from pro_rated
    union all
    select * from advances_apart
)

{{ measures_to_judge() }}
