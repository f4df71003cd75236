{#- The date as of which everything is computed (contract, section 2), as a SQL date. -#}
{% macro report_date() -%}
    cast('{{ var("fecha_reporte") or run_started_at.strftime("%Y-%m-%d") }}' as date)
{%- endmacro %}


{#- The row of the latest load holds, for the tables that carry no version or registration date. -#}
{% macro latest_load(relation, keys) -%}
    select *
    from (
        select
            *,
            row_number() over (
                partition by {{ keys | join(', ') }}
                order by cargado_en desc, fila desc
            ) as orden_de_carga
        from {{ relation }}
    ) as by_load
    where orden_de_carga = 1
{%- endmacro %}
