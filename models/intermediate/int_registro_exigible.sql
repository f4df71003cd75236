{{ by_plan() }}
with avances as (
    select * from {{ of_touched_plans(ref('int_avance_actividad')) }}
),

planes as (
    select * from {{ ref('int_plan') }}
    where con_seguimiento
),

cortes as (
    select * from {{ ref('int_corte_vigente') }}
),

cuts as (
    select * from {{ ref('int_plan_corte') }}
),

months as (
    select * from {{ ref('int_meta_mensual') }}
),

-- Every activity at the last corte that is due: S.P. has nothing to register, and where a
-- reported figure stands in for the months, nobody can say which of them were registered.
followed_activities as (
    select
        avances.entidad_id,
        avances.plan_id,
        avances.anio,
        avances.actividad_id,
        avances.aei_id,
        avances.centro_costo_id,
        avances.mes_corte,
        avances.origen = 'reportado' and avances.estado = 'completo' as la_cubre_un_reporte,
        planes.plazo_registro_meses,
        planes.sin_seguimiento = 'bloquear' as bloquea
    from avances
    inner join planes
        on
            avances.entidad_id = planes.entidad_id
            and avances.plan_id = planes.plan_id
    inner join cortes
        on
            avances.entidad_id = cortes.entidad_id
            and avances.plan_id = cortes.plan_id
            and avances.mes_corte = cortes.corte_exigible
    where avances.estado != 'S.P.'
),

due_months as (
    select
        followed.entidad_id,
        followed.plan_id,
        followed.anio,
        followed.actividad_id,
        followed.aei_id,
        followed.centro_costo_id,
        cuts.mes_corte as mes,
        followed.bloquea,
        followed.la_cubre_un_reporte,
        {{ month_end('followed.anio', 'cuts.mes_corte + followed.plazo_registro_meses') }}
            as fecha_limite,
        months.fecha_primer_registro,
        months.ejecutado_fisico is not null as registrado,
        coalesce(months.ejecutado_fisico is not null and months.registrado_a_tiempo, false)
            as a_tiempo
    from followed_activities as followed
    inner join cuts
        on
            followed.entidad_id = cuts.entidad_id
            and followed.plan_id = cuts.plan_id
            and followed.mes_corte >= cuts.mes_corte
    left join months
        on
            followed.entidad_id = months.entidad_id
            and followed.plan_id = months.plan_id
            and followed.actividad_id = months.actividad_id
            and cuts.mes_corte = months.mes
),

expected_months as (
    select
        entidad_id,
        plan_id,
        anio,
        actividad_id,
        aei_id,
        centro_costo_id,
        mes,
        bloquea,
        fecha_limite,
        fecha_primer_registro,
        registrado,
        a_tiempo
    from due_months
    where registrado or not la_cubre_un_reporte
)

select * from expected_months
