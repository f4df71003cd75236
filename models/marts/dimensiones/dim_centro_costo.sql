with centros as (
    select * from {{ ref('stg_centros_costo') }}
),

tree as (
    select * from {{ ref('int_centro_descendiente') }}
),

-- A centre's depth is how many centres stand above it, itself included.
depth as (
    select
        entidad_id,
        descendiente_id as centro_costo_id,
        cast(count(*) as integer) as profundidad
    from tree
    group by entidad_id, descendiente_id
),

-- Addresses stay private: no mart carries them.
public_columns as (
    select
        centros.entidad_id,
        centros.centro_costo_id,
        centros.nombre,
        centros.centro_padre_id,
        depth.profundidad
    from centros
    inner join depth
        on
            centros.entidad_id = depth.entidad_id
            and centros.centro_costo_id = depth.centro_costo_id
)

select * from public_columns
