with registrations as (
    select * from {{ ref('stg_compromisos') }}
),

planes as (
    select * from {{ ref('stg_planes') }}
),

actividades as (
    select * from {{ ref('int_actividad') }}
),

acciones as (
    select * from {{ ref('stg_acciones') }}
),

objetivos as (
    select * from {{ ref('stg_objetivos') }}
),

in_order as (
    select
        *,
        row_number() over (
            partition by entidad_id, plan_id, compromiso_id order by fecha_registro
        ) as desde_el_primero,
        row_number() over (
            partition by entidad_id, plan_id, compromiso_id order by fecha_registro desc
        ) as desde_el_ultimo
    from registrations
),

due_dates as (
    select
        *,
        lag(fecha_limite) over (
            partition by entidad_id, plan_id, compromiso_id order by fecha_registro
        ) as fecha_limite_anterior
    from registrations
    where fecha_limite is not null
),

-- A due date moved forward is a postponement, also where none stood in between; a first one is
-- none.
postponements as (
    select
        entidad_id,
        plan_id,
        compromiso_id,
        count(*) as aplazamientos
    from due_dates
    where fecha_limite > fecha_limite_anterior
    group by entidad_id, plan_id, compromiso_id
),

-- A commitment that was reopened closes anew, and so does one that was discarded and fulfilled
-- after all: its closing is the first registration after the last one that had it in another state.
history as (
    select
        entidad_id,
        plan_id,
        compromiso_id,
        min(fecha_registro) as fecha_compromiso,
        max(fecha_registro) filter (where estado in ('pendiente', 'en_proceso'))
            as ultima_vez_abierto,
        max(fecha_registro) filter (where estado != 'cumplido') as ultima_vez_sin_cumplir,
        max(fecha_registro) filter (where estado != 'descartado') as ultima_vez_sin_descartar,
        count(*) as registros
    from in_order
    group by entidad_id, plan_id, compromiso_id
),

first_due_date as (
    select
        entidad_id,
        plan_id,
        compromiso_id,
        min(fecha_registro) as fecha_registro
    from registrations
    where fecha_limite is not null
    group by entidad_id, plan_id, compromiso_id
),

closing as (
    select
        registrations.entidad_id,
        registrations.plan_id,
        registrations.compromiso_id,
        min(registrations.fecha_registro) as fecha_cierre
    from registrations
    inner join history
        on
            registrations.entidad_id = history.entidad_id
            and registrations.plan_id = history.plan_id
            and registrations.compromiso_id = history.compromiso_id
    where
        (
            registrations.estado = 'cumplido'
            and (
                history.ultima_vez_sin_cumplir is null
                or registrations.fecha_registro > history.ultima_vez_sin_cumplir
            )
        )
        or (
            registrations.estado = 'descartado'
            and (
                history.ultima_vez_sin_descartar is null
                or registrations.fecha_registro > history.ultima_vez_sin_descartar
            )
        )
    group by registrations.entidad_id, registrations.plan_id, registrations.compromiso_id
),

latest as (
    select
        in_order.entidad_id,
        in_order.plan_id,
        in_order.compromiso_id,
        planes.anio,
        case
            when objetivos.oei_id is not null then 'OEI'
            when acciones.aei_id is not null then 'AEI'
            when actividades.actividad_id is not null then 'AO'
        end as nivel,
        in_order.elemento_id,
        in_order.centro_costo_id,
        {{ without_addresses('in_order.recomendacion') }} as recomendacion,
        in_order.documento,
        history.fecha_compromiso,
        in_order.fecha_registro,
        history.registros,
        in_order.fecha_limite,
        with_first_due.fecha_limite as fecha_limite_inicial,
        coalesce(postponements.aplazamientos, 0) as aplazamientos,
        coalesce(last_open.fecha_limite, first_closed.fecha_limite) as plazo_por_cumplir,
        in_order.estado,
        in_order.estado in ('pendiente', 'en_proceso') as abierto,
        in_order.avance_pct,
        {{ without_addresses('in_order.evidencia') }} as evidencia,
        closing.fecha_cierre
    from in_order
    inner join planes
        on
            in_order.entidad_id = planes.entidad_id
            and in_order.plan_id = planes.plan_id
    inner join history
        on
            in_order.entidad_id = history.entidad_id
            and in_order.plan_id = history.plan_id
            and in_order.compromiso_id = history.compromiso_id
    left join postponements
        on
            in_order.entidad_id = postponements.entidad_id
            and in_order.plan_id = postponements.plan_id
            and in_order.compromiso_id = postponements.compromiso_id
    left join registrations as last_open
        on
            history.entidad_id = last_open.entidad_id
            and history.plan_id = last_open.plan_id
            and history.compromiso_id = last_open.compromiso_id
            and history.ultima_vez_abierto = last_open.fecha_registro
    left join first_due_date
        on
            in_order.entidad_id = first_due_date.entidad_id
            and in_order.plan_id = first_due_date.plan_id
            and in_order.compromiso_id = first_due_date.compromiso_id
    left join registrations as with_first_due
        on
            first_due_date.entidad_id = with_first_due.entidad_id
            and first_due_date.plan_id = with_first_due.plan_id
            and first_due_date.compromiso_id = with_first_due.compromiso_id
            and first_due_date.fecha_registro = with_first_due.fecha_registro
    left join closing
        on
            in_order.entidad_id = closing.entidad_id
            and in_order.plan_id = closing.plan_id
            and in_order.compromiso_id = closing.compromiso_id
    left join registrations as first_closed
        on
            closing.entidad_id = first_closed.entidad_id
            and closing.plan_id = first_closed.plan_id
            and closing.compromiso_id = first_closed.compromiso_id
            and closing.fecha_cierre = first_closed.fecha_registro
    left join objetivos
        on
            in_order.entidad_id = objetivos.entidad_id
            and in_order.plan_id = objetivos.plan_id
            and in_order.elemento_id = objetivos.oei_id
    left join acciones
        on
            in_order.entidad_id = acciones.entidad_id
            and in_order.plan_id = acciones.plan_id
            and in_order.elemento_id = acciones.aei_id
    left join actividades
        on
            in_order.entidad_id = actividades.entidad_id
            and in_order.plan_id = actividades.plan_id
            and in_order.elemento_id = actividades.actividad_id
    where in_order.desde_el_ultimo = 1
),

-- Overdue from the day after the due date, while it is open; the due date itself is in time. What
-- was fulfilled is held against the date that stood while it was open, not against one that its
-- closing names.
with_situation as (
    select
        *,
        case
            when abierto and fecha_limite is not null
                then greatest({{ days_between('fecha_limite', report_date()) }}, 0)
        end as dias_vencido,
        case
            when abierto and fecha_limite is not null
                then greatest({{ days_between(report_date(), 'fecha_limite') }}, 0)
        end as dias_restantes,
        case
            when estado = 'cumplido' and plazo_por_cumplir is not null
                then fecha_cierre <= plazo_por_cumplir
        end as cumplido_a_tiempo,
        case
            when not abierto then estado
            when fecha_limite is null then 'sin_plazo'
            when fecha_limite < {{ report_date() }} then 'vencido'
            else 'en_plazo'
        end as situacion
    from latest
)

select * from with_situation
