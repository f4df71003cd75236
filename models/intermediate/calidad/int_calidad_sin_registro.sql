{#- S01 where it finds something. A view: every missing month is older by a day every day. -#}
{{ config(materialized=view_in_process()) }}
with missing_months as (
    select * from {{ ref('int_registro_faltante') }}
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
    from missing_months
)

select * from not_registered
