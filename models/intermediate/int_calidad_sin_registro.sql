{#- S01 where it finds something: months without registration, older by a day every day. -#}
with expected_months as (
    select * from {{ ref('int_registro_exigible') }}
),

not_registered as (
    select
        {{ measured(
            'S01', "'AO'", 'actividad_id',
            days_between('fecha_limite', report_date()),
            "'Sin registro de ' || " ~ month_name('mes') ~ " || ': el plazo venció el ' || "
            ~ plain_date('fecha_limite') ~ " || ', hace ' || "
            ~ counted(days_between('fecha_limite', report_date()), 'día', 'días')
            ~ " || case when bloquea then '; deja sin avance a la acción ' || aei_id"
            ~ " else '; cuenta como 0' end",
            centre='centro_costo_id', month='mes'
        ) }}
    from expected_months
    where not registrado
)

select * from not_registered
