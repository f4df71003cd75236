{#- Rules about loading: C01, I05. -#}
with cuarentena as (
    select * from {{ ref('stg_cuarentena') }}
),

cargas as (
    select * from {{ ref('stg_cargas') }}
),

entidades as (
    select * from {{ ref('stg_entidades') }}
),

-- By file and by the entity that the rejected row names, where there is such an entity.
waiting as (
    select
        entidades.entidad_id,
        cuarentena.tabla,
        cuarentena.archivo,
        cuarentena.fila,
        cuarentena.motivo,
        row_number() over (
            partition by entidades.entidad_id, cuarentena.tabla, cuarentena.archivo
            order by cuarentena.fila, cuarentena.cuarentena_en
        ) as lugar
    from cuarentena
    left join entidades
        on {{ json_text('cuarentena.fila_cruda', 'entidad_id') }} = entidades.entidad_id
    where cuarentena.resuelta_en is null and not cuarentena.enviada_otra_vez
),

still_in_quarantine as (
    select
        entidad_id,
        tabla,
        archivo,
        count(*) as filas,
        max(case when lugar = 1 then fila end) as primera_fila,
        max(case when lugar = 1 then motivo end) as primer_motivo
    from waiting
    group by entidad_id, tabla, archivo
),

quarantined as (
    select
        {{ measured(
            'C01', "'ARCHIVO'", 'archivo', 'filas',
            counted('filas', 'fila de ', 'filas de ')
            ~ " || tabla || ' en cuarentena; la primera, en la línea ' || "
            ~ plain_number('primera_fila', 0) ~ " || ' del archivo: ' || "
            ~ without_addresses('primer_motivo'),
            plan='null', key='tabla'
        ) }}
    from still_in_quarantine
),

unbalanced_load as (
    select
        {{ measured(
            'I05', "'ARCHIVO'", 'archivo',
            'abs(leidas - cargadas - en_cuarentena - repetidas)',
            "'Se leyeron ' || " ~ plain_number('leidas', 0) ~ " || ' filas, se cargaron ' || "
            ~ plain_number('cargadas', 0) ~ " || ', ' || " ~ plain_number('en_cuarentena', 0)
            ~ " || ' quedaron en cuarentena y ' || " ~ plain_number('repetidas', 0)
            ~ " || ' son repetidas'",
            entity='null', plan='null', key="tabla || ' ' || carga_id"
        ) }}
    from cargas
),

all_rules as (
    select * from quarantined
    union all
    select * from unbalanced_load
)

select * from all_rules
