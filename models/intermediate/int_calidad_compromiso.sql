{#- Rules about commitments: R08. -#}
with compromisos as (
    select * from {{ ref('int_compromiso') }}
),

-- Of commitments that are open and have a due date: the others cannot be overdue.
overdue as (
    select
        {{ measured(
            'R08', "'COMPROMISO'", 'compromiso_id', 'dias_vencido',
            "'Venció el ' || " ~ plain_date('fecha_limite') ~ " || ', hace ' || "
            ~ counted('dias_vencido', 'día', 'días') ~ " || ', y sigue ' || replace(estado, '_', ' ')"
            ~ " || ': «' || substr(recomendacion, 1, 120)"
            ~ " || case when length(recomendacion) > 120 then '…' else '' end || '»'",
            centre='centro_costo_id'
        ) }}
    from compromisos
    where dias_vencido is not null
)

select * from overdue
