with figures as (
    select * from {{ ref('int_compromiso') }}
),

contract_columns as (
    select
        entidad_id,
        plan_id,
        compromiso_id,
        anio,
        nivel,
        elemento_id,
        centro_costo_id,
        recomendacion,
        documento,
        fecha_compromiso,
        fecha_registro,
        cast(registros as integer) as registros,
        fecha_limite,
        fecha_limite_inicial,
        cast(aplazamientos as integer) as aplazamientos,
        estado,
        situacion,
        abierto,
        avance_pct,
        evidencia,
        fecha_cierre,
        cumplido_a_tiempo,
        cast(dias_vencido as integer) as dias_vencido,
        cast(dias_restantes as integer) as dias_restantes
    from figures
)

select * from contract_columns
