{#- How far off the projection would have been, beside two naive ones (docs/foresight.md). -#}
with projected_cuts as (
    select * from {{ ref('int_proyeccion_corte') }}
    where es_contraste
),

projections as (
    {{ projections_of_all_levels('projected_cuts') }}
),

cuts as (
    select
        entidad_id,
        plan_id,
        mes_corte
    from projected_cuts
    union
    select
        entidad_id,
        plan_id,
        ultimo_corte as mes_corte
    from projected_cuts
),

advances as (
    {{ advances_of_all_levels([
        'avance_fisico_pct', 'semaforo_fisico', 'ejecutado_anual_pct'
    ], 'cuts', 'int_avance_proyeccion') }}
),

-- Linear pace: as much each month as so far. Last advance: it stays as it is.
compared as (
    select
        projections.entidad_id,
        projections.plan_id,
        projections.nivel,
        projections.mes_corte,
        projections.anio,
        projections.avance_proyectado_pct - at_the_end.avance_fisico_pct as error_proyeccion,
        least(
            at_the_cut.ejecutado_anual_pct * projections.ultimo_corte / projections.mes_corte, 100
        ) - at_the_end.avance_fisico_pct as error_ritmo_lineal,
        at_the_cut.avance_fisico_pct - at_the_end.avance_fisico_pct as error_ultimo_avance,
        -- A thousandth of a point: the limits are binary numbers.
        at_the_end.avance_fisico_pct
        between projections.proyectado_min_pct - 0.001 and projections.proyectado_max_pct + 0.001
            as en_intervalo,
        projections.proyectado_max_pct - projections.proyectado_min_pct as ancho,
        projections.probabilidad_rojo,
        case when at_the_end.semaforo_fisico = 'rojo' then 1 else 0 end as termina_en_rojo
    from projections
    inner join advances as at_the_end
        on
            projections.entidad_id = at_the_end.entidad_id
            and projections.plan_id = at_the_end.plan_id
            and projections.nivel = at_the_end.nivel
            and projections.elemento_id = at_the_end.elemento_id
            and projections.ultimo_corte = at_the_end.mes_corte
    inner join advances as at_the_cut
        on
            projections.entidad_id = at_the_cut.entidad_id
            and projections.plan_id = at_the_cut.plan_id
            and projections.nivel = at_the_cut.nivel
            and projections.elemento_id = at_the_cut.elemento_id
            and projections.mes_corte = at_the_cut.mes_corte
    where at_the_end.avance_fisico_pct is not null
),

-- The three are compared on the elements that had an advance at the corte; the others have a
-- projection and nothing to hold it against.
with_errors as (
    select
        *,
        case when error_ultimo_avance is not null then abs(error_proyeccion) end
            as error_comparado,
        case when error_ultimo_avance is not null then abs(error_ritmo_lineal) end
            as error_ritmo_comparado,
        case when error_ultimo_avance is null then abs(error_proyeccion) end as error_sin_avance,
        abs(error_ultimo_avance) as error_ultimo_comparado,
        power(probabilidad_rojo - termina_en_rojo, 2) as error_al_cuadrado
    from compared
),

errors as (
    select
        entidad_id,
        plan_id,
        nivel,
        mes_corte,
        max(anio) as anio,
        count(error_ultimo_avance) as n_elementos,
        {{ exact_mean('error_comparado') }} as error_proyeccion_pct,
        {{ exact_mean('error_ritmo_comparado') }} as error_ritmo_lineal_pct,
        {{ exact_mean('error_ultimo_comparado') }} as error_ultimo_avance_pct,
        count(*) - count(error_ultimo_avance) as n_sin_avance,
        {{ exact_mean('error_sin_avance') }} as error_sin_avance_pct,
        {{ exact_mean('error_proyeccion') }} as sesgo_pct,
        100 * avg(case when en_intervalo then 1 else 0 end) as cobertura_pct,
        {{ exact_mean('ancho') }} as ancho_intervalo_pct,
        sum(termina_en_rojo) as n_rojo,
        sum({{ addend('probabilidad_rojo') }}) as n_rojo_esperado,
        {{ exact_mean('error_al_cuadrado') }} as error_probabilidad
    from with_errors
    group by entidad_id, plan_id, nivel, mes_corte
),

contract_columns as (
    select
        entidad_id,
        plan_id,
        nivel,
        cast(mes_corte as integer) as mes_corte,
        cast(anio as integer) as anio,
        cast(n_elementos as integer) as n_elementos,
        {{ as_double('error_proyeccion_pct') }} as error_proyeccion_pct,
        {{ as_double('error_ritmo_lineal_pct') }} as error_ritmo_lineal_pct,
        {{ as_double('error_ultimo_avance_pct') }} as error_ultimo_avance_pct,
        cast(n_sin_avance as integer) as n_sin_avance,
        {{ as_double('error_sin_avance_pct') }} as error_sin_avance_pct,
        {{ as_double('sesgo_pct') }} as sesgo_pct,
        {{ as_double('cobertura_pct') }} as cobertura_pct,
        {{ as_double('ancho_intervalo_pct') }} as ancho_intervalo_pct,
        cast(n_rojo as integer) as n_rojo,
        {{ as_double('n_rojo_esperado') }} as n_rojo_esperado,
        {{ as_double('error_probabilidad') }} as error_probabilidad
    from errors
)

select * from contract_columns
