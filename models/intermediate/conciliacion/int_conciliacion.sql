with published as (
    select * from {{ ref('stg_valores_publicados') }}
),

calculated as (
    select * from {{ ref('int_valor_calculado') }}
),

tolerancias as (
    select * from {{ ref('stg_tolerancias') }}
),

beside as (
    select
        published.documento,
        published.entidad_id,
        published.plan_id,
        published.mes_corte,
        published.nivel,
        published.elemento_id,
        published.medida,
        published.decimales,
        published.valor as valor_publicado,
        calculated.cifras_distintas,
        calculated.valor_calculado,
        calculated.valor_calculado - published.valor as diferencia,
        floor(
            abs(calculated.valor_calculado)
            * {{ factor('cast(power(10, published.decimales) as integer)') }} + 0.5
        ) * sign(calculated.valor_calculado) as calculado_en_unidades,
        published.valor
        * {{ factor('cast(power(10, published.decimales) as integer)') }} as publicado_en_unidades,
        tolerancias.tolerancia,
        published.nota
    from published
    left join calculated
        on
            published.documento = calculated.documento
            and published.entidad_id = calculated.entidad_id
            and coalesce(published.plan_id, '') = coalesce(calculated.plan_id, '')
            and published.mes_corte = calculated.mes_corte
            and published.nivel = calculated.nivel
            and published.elemento_id = calculated.elemento_id
            and published.medida = calculated.medida
    left join tolerancias
        on
            published.documento = tolerancias.documento
            and published.nivel = tolerancias.nivel
            and published.medida = tolerancias.medida
),

-- A figure coincides when it prints as the document prints it, rounded half up to the printed
-- decimals, or lies within the tolerance that the catalog grants the document, with its reason.
compared as (
    select
        documento,
        entidad_id,
        plan_id,
        mes_corte,
        nivel,
        elemento_id,
        medida,
        valor_publicado,
        valor_calculado,
        diferencia,
        decimales,
        case
            when valor_calculado is null then 'no_calculable'
            when calculado_en_unidades = publicado_en_unidades then 'coincide'
            when abs(diferencia) <= tolerancia then 'coincide'
            when nota is not null then 'difiere_explicado'
            else 'difiere'
        end as resultado,
        case
            when cifras_distintas > 1
                then coalesce(
                    nota, 'Hay presupuesto de varios años: escriba de qué plan es (plan_id).'
                )
            when valor_calculado is null
                then coalesce(nota, 'No hay datos cargados con los que calcularlo.')
            else nota
        end as nota
    from beside
)

select * from compared
