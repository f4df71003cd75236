-- Who sees which rows. The owner role runs it inside the transaction that publishes.
-- The policies call functions of this schema, which no reader may name or use by itself.
revoke all on schema semaforo_privado from public;

create table if not exists semaforo_privado.acceso (
    usuario text not null,
    entidad_id text not null,
    centro_costo_id text not null,
    primary key (usuario, entidad_id, centro_costo_id)
);
comment on table semaforo_privado.acceso is
'Qué usuario de PostgreSQL ve qué centro de costo, con los que dependen de él.';

create table if not exists semaforo_privado.centro_descendiente (
    entidad_id text not null,
    centro_costo_id text not null,
    descendiente_id text not null,
    primary key (entidad_id, centro_costo_id, descendiente_id)
);

create table if not exists semaforo_privado.actividad_centro (
    entidad_id text not null,
    plan_id text not null,
    actividad_id text not null,
    centro_costo_id text not null,
    primary key (entidad_id, plan_id, actividad_id)
);

-- The user is a parameter: inside a definer's function current_user is the owner.
create or replace function semaforo_privado.ve_todo(usuario name) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select usuario = 'semaforo_dueno' or pg_has_role(usuario, 'semaforo_bi', 'member') $$;

create or replace function semaforo_privado.centros(usuario_actual name)
returns table (entidad_id text, centro_costo_id text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select below.entidad_id, below.descendiente_id
    from semaforo_privado.acceso as given
    inner join semaforo_privado.centro_descendiente as below
        on given.entidad_id = below.entidad_id and given.centro_costo_id = below.centro_costo_id
    where given.usuario = usuario_actual
$$;

create or replace function semaforo_privado.actividades(usuario_actual name)
returns table (entidad_id text, plan_id text, actividad_id text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select activity.entidad_id, activity.plan_id, activity.actividad_id
    from semaforo_privado.actividad_centro as activity
    inner join semaforo_privado.centros(usuario_actual) as seen
        on
            activity.entidad_id = seen.entidad_id
            and activity.centro_costo_id = seen.centro_costo_id
$$;
