with recursive centros as (
    select
        entidad_id,
        centro_costo_id,
        centro_padre_id
    from {{ ref('stg_centros_costo') }}
),

-- Every centre with itself and all centres below it, at any depth. Where the
-- engine lets it, what is already known is dropped, so that a cycle in the data ends.
tree as (
    select
        entidad_id,
        centro_costo_id,
        centro_costo_id as descendiente_id
    from centros
    {{ recursive_union() }}
    select
        centros.entidad_id,
        centros.centro_padre_id as centro_costo_id,
        tree.descendiente_id
    from tree
    inner join centros
        on
            tree.entidad_id = centros.entidad_id
            and tree.centro_costo_id = centros.centro_costo_id
    where centros.centro_padre_id is not null
)

select * from tree
