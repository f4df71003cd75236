-- ¿Qué cifras de los documentos publicados no coinciden con las nuestras, y por qué?
select
    documento,
    entidad_id,
    nivel,
    elemento_id,
    medida,
    valor_publicado,
    valor_calculado,
    diferencia,
    resultado,
    nota
from {{ ref('rpt_conciliacion') }}
where resultado != 'coincide'
order by documento, nivel, elemento_id, medida
