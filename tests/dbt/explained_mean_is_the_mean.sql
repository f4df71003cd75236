-- The sum and divisor that an explanation names give the figure it explains.
select
    entidad_id,
    plan_id,
    mes_corte,
    nivel,
    elemento_id,
    alcance
from {{ ref('int_explicacion_elemento') }}
where
    regla = 'promedio'
    and (
        suma is null
        or coalesce(divisor, 0) = 0
        or abs({{ weighted_mean('suma', 'divisor') }} - avance_fisico_pct) > 0.000000001
    )
