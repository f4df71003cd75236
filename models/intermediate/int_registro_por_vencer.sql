{{ by_plan() }}
with planes as (
    select * from {{ ref('int_plan') }}
    where con_seguimiento
),

cuts as (
    select * from {{ of_touched_plans(ref('int_plan_corte')) }}
),

avances as (
    select * from {{ of_touched_plans(ref('int_avance_actividad')) }}
),

months as (
    select * from {{ of_touched_plans(ref('int_meta_mensual')) }}
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
        {{ month_end('planes.anio', 'cuts.mes_corte + planes.plazo_registro_meses') }}
            as fecha_limite
    from planes
    inner join cuts
        on
            planes.entidad_id = cuts.entidad_id
            and planes.plan_id = cuts.plan_id
            and cuts.mes_corte = planes.meses_exigibles + 1
),

registered as (
    select
        months.entidad_id,
        months.plan_id,
        months.actividad_id,
        months.mes
    from months
    inner join next_months
        on
            months.entidad_id = next_months.entidad_id
            and months.plan_id = next_months.plan_id
            and months.mes = next_months.mes
    where months.ejecutado_fisico is not null
),

-- As of those already due: S.P. has nothing to register, and a reported figure stands in for it.
not_registered as (
    select
        avances.entidad_id,
        avances.plan_id,
        next_months.anio,
        avances.actividad_id,
        avances.aei_id,
        avances.centro_costo_id,
        next_months.mes,
        next_months.bloquea,
        next_months.fecha_limite
    from next_months
    inner join avances
        on
            next_months.entidad_id = avances.entidad_id
            and next_months.plan_id = avances.plan_id
            and next_months.mes = avances.mes_corte
    left join registered
        on
            avances.entidad_id = registered.entidad_id
            and avances.plan_id = registered.plan_id
            and avances.actividad_id = registered.actividad_id
            and avances.mes_corte = registered.mes
    where
        registered.actividad_id is null
        and avances.estado != 'S.P.'
        and avances.origen != 'reportado'
)

select * from not_registered
