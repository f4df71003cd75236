-- Centres below each centre, itself included, and the centre of each activity, as published.
delete from semaforo_privado.centro_descendiente;
insert into semaforo_privado.centro_descendiente
with recursive below as (
    select
        entidad_id,
        centro_costo_id,
        centro_costo_id as descendiente_id
    from marts.dim_centro_costo
    union
    select
        below.entidad_id,
        below.centro_costo_id,
        child.centro_costo_id as descendiente_id
    from below
    inner join marts.dim_centro_costo as child
        on below.entidad_id = child.entidad_id and below.descendiente_id = child.centro_padre_id
)

select * from below;

delete from semaforo_privado.actividad_centro;
insert into semaforo_privado.actividad_centro
select
    entidad_id,
    plan_id,
    actividad_id,
    centro_costo_id
from marts.dim_actividad;
