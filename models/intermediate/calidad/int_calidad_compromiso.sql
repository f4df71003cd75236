{#- Rules about commitments: R08, R09. -#}
with compromisos as (
    select * from {{ ref('int_compromiso') }}
),

-- Of commitments that are open and have a due date: the others cannot be overdue.
overdue as (
    select
        {{ measured(
            'R08', "'COMPROMISO'", 'compromiso_id', 'dias_vencido',
            "'Venció el ' || " ~ plain_date('fecha_limite') ~ " || ', hace ' || "
            ~ counted('dias_vencido', 'día', 'días')
            ~ " || ', y sigue ' || replace(estado, '_', ' ')"
            ~ " || ': «' || substr(recomendacion, 1, 120)"
            ~ " || case when length(recomendacion) > 120 then '…' else '' end || '»'",
            centre='centro_costo_id'
        ) }}
    from compromisos
    where dias_vencido is not null
),

contradictions as (
    select
        *,
        case when estado = 'cumplido' and evidencia is null then 'sin evidencia' end
            as falta_evidencia,
        case
            when estado = 'cumplido' and avance_pct < 100
                then 'con avance de ' || {{ plain_number('avance_pct') }} || ' %'
        end as falta_avance,
        case
            when fecha_limite < fecha_compromiso
                then
                    'con fecha límite, ' || {{ plain_date('fecha_limite') }}
                    || ', anterior a su primer registro, ' || {{ plain_date('fecha_compromiso') }}
        end as plazo_imposible
    from compromisos
),

contradictory as (
    select
        {{ measured(
            'R09', "'COMPROMISO'", 'compromiso_id',
            'case when falta_evidencia is null then 0 else 1 end'
            ~ ' + case when falta_avance is null then 0 else 1 end'
            ~ ' + case when plazo_imposible is null then 0 else 1 end',
            "'Figura ' || replace(estado, '_', ' ') || ' '"
            ~ " || concat_ws(', ', falta_evidencia, falta_avance, plazo_imposible)"
            ~ " || ': «' || substr(recomendacion, 1, 120)"
            ~ " || case when length(recomendacion) > 120 then '…' else '' end || '»'",
            centre='centro_costo_id',
            when='coalesce(falta_evidencia, falta_avance, plazo_imposible) is not null'
        ) }}
    from contradictions
),

all_rules as (
    select * from overdue
    union all
    select * from contradictory
)

select * from all_rules
