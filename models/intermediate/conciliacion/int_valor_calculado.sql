{%- set money = ['programado_financiero', 'ejecutado_financiero', 'avance_financiero_pct'] -%}
{%- set counts = counts_of_activities() -%}
{%- set progress = [
    'avance_fisico_pct', 'avance_parcial_pct', 'programado_anual_pct', 'ejecutado_anual_pct'
] -%}
{%- set centre_sums = [
    'suma_programada', 'suma_ejecutada',
    ('logro_sumas_pct', percentage('figures.suma_ejecutada', 'figures.suma_programada'))
] -%}

with published as (
    select * from {{ ref('stg_valores_publicados') }}
),

activities as (
    {{ published_beside(['AO'], 'int_avance_actividad', 'figures.actividad_id', [
        'programado_fisico', 'ejecutado_fisico', 'avance_fisico_pct', 'avance_sin_tope_pct',
        'programado_anual_pct', 'ejecutado_anual_pct'
    ] + money) }}
),

actions as (
    {{ published_beside(
        ['AEI'], 'int_avance_accion', 'figures.aei_id', progress + money + counts
    ) }}
),

objectives as (
    {{ published_beside(
        ['OEI'], 'int_avance_objetivo', 'figures.oei_id', progress + money + counts
    ) }}
),

entities as (
    {{ published_beside(
        ['ENTIDAD'], 'int_avance_entidad', 'figures.entidad_id',
        progress + money + counts + ['mediana_actividades_pct']
    ) }}
),

entity_totals as (
    {{ published_beside(
        ['ENTIDAD'], 'int_entidad_totales', 'figures.entidad_id', centre_sums + [
            'resultado_promedio_pct', 'n_indicadores', 'n_logrados', 'n_indicadores_oei',
            'n_logrados_oei', 'n_no_logrados_oei', 'n_objetivos', 'n_acciones', 'n_oei_cumplen',
            'n_oei_no_cumplen'
        ]
    ) }}
),

entity_months as (
    {{ published_beside(
        ['ENTIDAD'], 'int_entidad_mes', 'figures.entidad_id',
        ['suma_programada_mes', 'suma_ejecutada_mes'], cut='mes'
    ) }}
),

objective_totals as (
    {{ published_beside(
        ['OEI'], 'int_objetivo_totales', 'figures.oei_id',
        ['n_acciones', 'participacion_financiera_pct']
    ) }}
),

centre_totals as (
    {{ published_beside(
        ['CC'], 'int_centro_costo_totales', 'figures.centro_costo_id', ['n_actividades'] + money
    ) }}
),

centres as (
    {{ published_beside(
        ['CC', 'CC_TOTAL'], 'int_avance_centro_costo', 'figures.centro_costo_id',
        progress + money + counts + centre_sums,
        "figures.alcance = case published.nivel when 'CC' then 'propio' else 'total' end"
    ) }}
),

centre_months as (
    {{ published_beside(
        ['CC', 'CC_TOTAL'], 'int_centro_costo_mes', 'figures.centro_costo_id',
        ['suma_programada_mes', 'suma_ejecutada_mes'],
        "figures.alcance = case published.nivel when 'CC' then 'propio' else 'total' end",
        cut='mes'
    ) }}
),

results as (
    {{ published_beside(
        ['OEI'], 'int_resultado_objetivo', 'figures.oei_id',
        [
            'resultado_pct', 'n_indicadores', 'n_logrados',
            ('n_no_logrados', 'figures.n_indicadores - figures.n_logrados')
        ]
    ) }}
),

indicators as (
    {{ published_beside(
        ['IND'], 'int_indicador', 'figures.indicador_id', ['programado', 'obtenido', 'avance_pct']
    ) }}
),

colours as (
    {{ published_beside(
        [
            'SEMAFORO_AO', 'SEMAFORO_AEI', 'SEMAFORO_OEI', 'SEMAFORO_IND_AEI', 'SEMAFORO_IND_OEI',
            'SEMAFORO_RESULTADO_OEI'
        ],
        'int_semaforo_publicable', 'figures.color', ['cantidad'],
        "published.nivel = 'SEMAFORO_' || figures.nivel"
    ) }}
),

schedules as (
    {{ published_beside(
        ['AEI', 'CC'], 'int_cronograma_poa', 'figures.elemento_id', ['programado_mes_pct'],
        'published.nivel = figures.nivel', cut='mes'
    ) }}
),

schedule_totals as (
    {{ published_beside(
        ['AEI', 'CC'], 'int_cronograma_anual', 'figures.elemento_id', ['programado_anio_pct'],
        'published.nivel = figures.nivel'
    ) }}
),

budget as (
    select
        published.documento,
        published.entidad_id,
        published.plan_id,
        published.mes_corte,
        published.nivel,
        published.elemento_id,
        published.medida,
        {{ measure_value(['pia', 'pim', 'ejecucion', 'avance_pim_pct', 'modificacion']) }}
            as valor_calculado
    from published
    inner join {{ ref('stg_planes') }} as planes
        on
            published.entidad_id = planes.entidad_id
            and coalesce(published.plan_id, planes.plan_id) = planes.plan_id
    inner join {{ ref('int_presupuesto') }} as figures
        on
            published.entidad_id = figures.entidad_id
            and planes.anio = figures.anio
            and published.mes_corte = figures.mes_corte
            and published.elemento_id = figures.tipo || '/' || figures.rubro
    where published.nivel = 'PRESUPUESTO'
),

every_block as (
    {%- for block in [
        'activities', 'actions', 'objectives', 'objective_totals', 'entities', 'entity_totals',
        'entity_months', 'centres', 'centre_totals', 'centre_months', 'results', 'indicators',
        'colours', 'schedules', 'schedule_totals', 'budget'
    ] %}
    select * from {{ block }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- Two blocks of a level know different measures: the one that knows it gives the figure. Only a
-- budget line published without its plan may be met by figures of several years: none is guessed.
one_per_value as (
    select
        documento,
        entidad_id,
        plan_id,
        mes_corte,
        nivel,
        elemento_id,
        medida,
        case when count(distinct valor_calculado) = 1 then max(valor_calculado) end
            as valor_calculado,
        cast(count(distinct valor_calculado) as integer) as cifras_distintas
    from every_block
    where valor_calculado is not null
    group by documento, entidad_id, plan_id, mes_corte, nivel, elemento_id, medida
)

select * from one_per_value
