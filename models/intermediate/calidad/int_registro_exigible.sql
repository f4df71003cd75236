{#- A view, of touched plans where only they are computed: only models kept by plan read it. -#}
{{ config(materialized=view_in_process()) }}
with avances as (
    select * from {{ of_touched_plans(ref('int_avance_revisado')) }}
),

metas as (
    select * from {{ of_touched_plans(ref('int_meta_anual')) }}
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

-- Of each month that is due, up to which day a registration is in time.
deadlines as (
    select
        planes.entidad_id,
        planes.plan_id,
        cortes.corte_exigible,
        planes.sin_seguimiento = 'bloquear' as bloquea
        {%- for month in range(1, 13) %},
        max(
            case
                when cuts.mes_corte = {{ month }}
                    then {{ registration_deadline('planes', month) }}
            end
        ) as {{ month_column('l', month) }}
        {%- endfor %}
    from planes
    inner join cortes
        on
            planes.entidad_id = cortes.entidad_id
            and planes.plan_id = cortes.plan_id
    inner join cuts
        on
            cortes.entidad_id = cuts.entidad_id
            and cortes.plan_id = cuts.plan_id
            and cortes.corte_exigible >= cuts.mes_corte
    group by
        planes.entidad_id, planes.plan_id, cortes.corte_exigible, planes.sin_seguimiento
),

-- Every activity at the last corte that is due: S.P. has nothing to register, and where a
-- reported figure stands in for the months, nobody can say which of them were registered.
followed_activities as (
    select
        avances.entidad_id,
        avances.plan_id,
        avances.actividad_id,
        deadlines.bloquea,
        avances.origen = 'reportado' and avances.estado = 'completo' as la_cubre_un_reporte
        {%- for month in range(1, 13) %},
        deadlines.{{ month_column('l', month) }}
        {%- endfor %}
    from avances
    inner join deadlines
        on
            avances.entidad_id = deadlines.entidad_id
            and avances.plan_id = deadlines.plan_id
            and avances.mes_corte = deadlines.corte_exigible
    where avances.estado != 'S.P.'
),

-- l: deadline of a month that is due; p: when it was first registered.
expected_months as (
    select
        metas.entidad_id,
        metas.plan_id,
        metas.anio,
        metas.actividad_id,
        metas.aei_id,
        metas.centro_costo_id,
        followed.bloquea
        {%- for month in range(1, 13) %}
        {%- set executed = month_column('ef', month, 'metas') %}
        {%- set deadline = month_column('l', month, 'followed') %},
        case
            when {{ executed }} is not null or not followed.la_cubre_un_reporte then {{ deadline }}
        end as {{ month_column('l', month) }},
        case
            when {{ executed }} is not null and {{ deadline }} is not null
                then {{ month_column('pr', month, 'metas') }}
        end as {{ month_column('p', month) }}
        {%- endfor %}
    from followed_activities as followed
    inner join metas
        on
            followed.entidad_id = metas.entidad_id
            and followed.plan_id = metas.plan_id
            and followed.actividad_id = metas.actividad_id
)

select * from expected_months
