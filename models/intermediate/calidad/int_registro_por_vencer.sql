{{ by_plan() }}
with planes as (
    select * from {{ ref('int_plan') }}
    where con_seguimiento
),

cuts as (
    select * from {{ of_touched_plans(ref('int_plan_corte')) }}
),

avances as (
    select * from {{ of_touched_plans(ref('int_avance_revisado')) }}
),

metas as (
    select * from {{ of_touched_plans(ref('int_meta_anual')) }}
),

-- Month k is due after month k + plazo_registro_meses (contract, section 2): the one after those
-- that are due falls due with the end of the report date's month.
next_months as (
    select
        planes.entidad_id,
        planes.plan_id,
        planes.anio,
        cuts.mes_corte as mes,
        planes.sin_seguimiento = 'bloquear' as bloquea,
        {{ registration_deadline('planes', 'cuts.mes_corte') }}
            as fecha_limite
    from planes
    inner join cuts
        on
            planes.entidad_id = cuts.entidad_id
            and planes.plan_id = cuts.plan_id
            and cuts.mes_corte = planes.meses_exigibles + 1
),

-- As of those already due: S.P. has nothing to register, and a reported figure stands in for it.
not_registered as (
    select
        avances.entidad_id,
        avances.plan_id,
        next_months.anio,
        avances.actividad_id,
        metas.aei_id,
        metas.centro_costo_id,
        next_months.mes,
        next_months.bloquea,
        next_months.fecha_limite
    from next_months
    inner join avances
        on
            next_months.entidad_id = avances.entidad_id
            and next_months.plan_id = avances.plan_id
            and next_months.mes = avances.mes_corte
    inner join metas
        on
            avances.entidad_id = metas.entidad_id
            and avances.plan_id = metas.plan_id
            and avances.actividad_id = metas.actividad_id
    where
        avances.estado != 'S.P.'
        and avances.origen != 'reportado'
        and case next_months.mes
            {%- for month in range(1, 13) %}
            when {{ month }} then metas.{{ month_column('ef', month) }}
            {%- endfor %}
        end is null
)

select * from not_registered
