"""Rows of the contract for any number of entities, made inside DuckDB from a seed.

Belongs here: what the generated plans look like. Does not: how many there are (sizes) or what is
measured with them. The same seed gives the same rows under the same version of DuckDB, whose
hash() deals out everything that varies.

Shares, by what follow-up reports of municipalities show: 7 of 10 activities add up over the year,
1 shows its last month, 2 are no accumulation; 1 in 50 has no programme, 1 in 10 begins late in
the year; 1 in 12 lacks registrations; 1 month in 10 is registered after its deadline and 1 in 25
is corrected once; a quarter of the plans is reprogrammed, a third of those twice.
"""

from datetime import date
from pathlib import Path

import duckdb

from benchmarks.sizes import LAST_YEAR, MONTH_BEFORE, Size
from orchestration.contract import contract
from orchestration.raw_tables import create_raw_tables
from orchestration.settings import SHIPPED_SEEDS

SEED = 20260201

_LOAD_COLUMNS = ("carga_id", "archivo", "fila", "cargado_en")

# u(): a number in [0, 1) of a key and a purpose, the only chance in here.
_MACROS = """
    create or replace temp macro u(purpose, id) as
        (hash(id, purpose, getvariable('seed')) % 1000000) / 1000000.0;
    create or replace temp macro month_end(y, m) as
        cast(make_date(y + m // 12, m % 12 + 1, 1) - 1 as date);
"""

# Sizes of entities fall off exponentially around their mean: a few ministries, many villages.
_ENTITIES = """
    create or replace temp table ent as
    with ranked as (
        select e, (row_number() over (order by hash(e, 'size', getvariable('seed')), e) - 0.5)
            / getvariable('entities') as share
        from range(getvariable('entities')) as t(e)
    ),
    sized as (
        select *, greatest(8, cast(round(
            getvariable('mean') * (0.1 - 0.9 * ln(1 - share))) as integer)) as n_ao
        from ranked
    )
    select
        e, n_ao, printf('%06d', 100001 + 7 * e) as entidad_id,
        greatest(3, least(150, n_ao // 10)) as n_cc,
        greatest(2, least(80, n_ao // 12)) as n_aei,
        greatest(1, least(20, n_ao // 48)) as n_oei,
        case when e % 33 = 7 then 'zed-ilo' when e % 25 = 3 then 'spo-poa' else 'ceplan' end
            as metodo,
        case when e % 33 = 7 then 'trimestral' else 'mensual' end as periodicidad
    from sized order by e;

    create or replace temp table pln as
    select
        ent.*, anio, 'poi-' || anio as plan_id, e * 100 + anio - 2000 as p,
        (u('reprog', e * 100 + anio - 2000) < 0.25) as reprograma,
        (u('reprog', e * 100 + anio - 2000) < 0.08) as reprograma_otra_vez
    from range(getvariable('first_year'), getvariable('last_year') + 1) as y(anio), ent
    order by anio, e;

    create or replace temp table act as
    select
        pln.e, pln.anio, pln.entidad_id, pln.plan_id, pln.periodicidad, pln.p,
        pln.reprograma, pln.reprograma_otra_vez, pln.metodo,
        (pln.p * 100000 + a)::bigint as id,
        'AOI' || pln.entidad_id || printf('%05d', a + 1) as actividad_id,
        'AEI.' || printf('%02d.%02d', (a % n_aei) % n_oei + 1, (a % n_aei) // n_oei + 1) as aei_id,
        'CC-' || printf('%03d', least(n_cc - 1,
            floor(n_cc * pow(u('centre', e * 100000 + a), 1.5))::integer) + 1) as centro_costo_id,
        case when u('kind', e * 100000 + a) < 0.7 then 'acumulado_anual'
            when u('kind', e * 100000 + a) < 0.8 then 'acumulado_mensual'
            else 'no_acumulado' end as tipo,
        case when u('begin', pln.p * 100000 + a) < 0.02 then 13
            when u('begin', pln.p * 100000 + a) < 0.12
                then 4 + floor(u('first', pln.p * 100000 + a) * 6)::integer
            else 1 end as inicio,
        (1 + floor(pow(u('level', e * 100000 + a), 4) * 400))::integer as nivel,
        (200 + floor(pow(u('money', e * 100000 + a), 5) * 200000))::integer as dinero,
        0.55 + 0.6 * u('pace', pln.p * 100000 + a) as ritmo,
        u('missing', pln.p * 100000 + a) < 0.08 as incompleta,
        a
    from pln, range(n_ao) as t(a)
    order by pln.anio, pln.e, a;

    create or replace temp macro target(id, m, inicio, nivel) as
        case when m < inicio then 0
            when u('idle', id * 16 + m) < 0.15 then 0
            else cast(round(nivel * (0.6 + 0.8 * u('target', id * 16 + m))) as integer) end;
    create or replace temp macro due(periodicidad, m) as (periodicidad = 'mensual' or m % 3 = 0);
"""

_SMALL_TABLES = {
    "entidades": """
        select entidad_id, 'Entidad ' || entidad_id as nombre, 'PE' as pais,
            case when e % 20 = 0 then 'nacional' when e % 20 < 4 then 'regional' else 'local' end
                as nivel_gobierno,
            'PEN' as moneda
        from ent""",
    "planes": """
        select entidad_id, plan_id, case metodo when 'spo-poa' then 'POA' else 'POI' end as tipo,
            'Plan Operativo Institucional ' || anio as nombre, anio, periodicidad,
            metodo as metodologia_id, true as con_seguimiento,
            make_date(anio - 1, 12, 20) as fecha_aprobacion, null as documento
        from pln""",
    "centros_costo": """
        select entidad_id, 'CC-' || printf('%03d', c + 1) as centro_costo_id,
            'Unidad ' || (c + 1) as nombre,
            case when c > 0 then 'CC-' || printf('%03d', (c - 1) // 6 + 1) end as centro_padre_id,
            null as correo
        from ent, range(n_cc) as t(c)""",
    "objetivos": """
        select entidad_id, plan_id, 'OEI.' || printf('%02d', o + 1) as oei_id,
            'Objetivo ' || (o + 1) as nombre, null as ponderacion
        from pln, range(n_oei) as t(o)""",
    "acciones": """
        select entidad_id, plan_id,
            'AEI.' || printf('%02d.%02d', i % n_oei + 1, i // n_oei + 1) as aei_id,
            'OEI.' || printf('%02d', i % n_oei + 1) as oei_id,
            'Acción ' || (i + 1) as nombre,
            case metodo when 'spo-poa' then round(100.0 * n_oei / n_aei, 4) end as ponderacion
        from pln, range(n_aei) as t(i)""",
    "actividades": """
        select entidad_id, plan_id, actividad_id, aei_id, centro_costo_id,
            'Actividad operativa número ' || (a + 1) as nombre,
            (['muy_alta', 'alta', 'media', 'baja'])[1 + a % 4] as prioridad,
            (['PERSONA ATENDIDA', 'INFORME', 'KILOMETRO', 'DOCUMENTO', 'CAPACITACION'])[1 + a % 5]
                as unidad_medida,
            tipo as tipo_agregacion,
            case metodo when 'spo-poa' then 1 + a % 10 end as ponderacion,
            case when inicio <= 12 then inicio end as mes_inicio,
            case when inicio <= 12 then 12 end as mes_fin
        from act""",
    "resultados_reportados": """
        select entidad_id, plan_id, 6 as mes_corte, 'AO' as nivel, actividad_id as elemento_id,
            null as n_actividades, 6 * nivel as programado_fisico, 5 * nivel as ejecutado_fisico,
            83.33 as avance_fisico_pct, 6 * dinero as programado_financiero,
            4 * dinero as ejecutado_financiero
        from act where e % 50 = 11 and inicio = 1""",
    "indicadores": """
        select entidad_id, plan_id, 'IND.' || elemento as indicador_id, elemento as elemento_id,
            'Indicador de ' || elemento as nombre, 'Porcentaje' as unidad_medida,
            case when u('sense', hash(elemento, e)) < 0.1 then 'descendente'
                else 'ascendente' end as sentido,
            null as linea_base
        from (
            select e, entidad_id, plan_id, unnest(
                list_transform(range(n_oei), lambda o: 'OEI.' || printf('%02d', o + 1))
                || list_transform(range(n_aei), lambda i:
                    'AEI.' || printf('%02d.%02d', i % n_oei + 1, i // n_oei + 1))) as elemento
            from pln
        )""",
    "indicador_resultados": """
        select entidad_id, plan_id, indicador_id, mes_corte, 50 as programado,
            round(70 * u('result', hash(entidad_id, plan_id, indicador_id, mes_corte)), 2)
                as obtenido
        from raw.indicadores, (values (6), (12)) as t(mes_corte)
        where plan_id <> 'poi-' || getvariable('last_year') or mes_corte = 6""",
    "presupuesto": """
        select entidad_id, anio, mes_corte, tipo, 'Rubro ' || rubro as rubro,
            100000 * n_ao as pia, 110000 * n_ao as pim,
            round(9000.0 * n_ao * mes_corte * (0.6 + 0.4 * u('budget', p * 100 + rubro)), 2)
                as ejecucion
        from pln, range(1, 13) as m(mes_corte), range(1, 5) as r(rubro),
            (values ('gasto'), ('ingreso')) as k(tipo)
        where (tipo = 'gasto' or rubro < 3)""",
}

_PROGRAMMED = """
    select entidad_id, plan_id, actividad_id, m as mes, v as version,
        case v when 0 then make_date(anio - 1, 12, 20) when 1 then make_date(anio, 6, 28)
            else make_date(anio, 9, 25) end as fecha_version,
        (case v when 0 then target(id, m, inicio, nivel)
            else target(id * 4 + v, m, inicio, nivel) end) / (case a % 5 when 2 then 8 else 1 end)
            as meta_fisica,
        case when u('nomoney', id) >= 0.05
            then round(dinero * (0.5 + u('spend', id * 16 + m + v * 7)), 2) end as meta_financiera
    from act, range(1, 13) as months(m), range(0, 3) as versions(v)
    where anio = $year and due(periodicidad, m) and inicio < 13
        and (v = 0 or m >= case v when 1 then 7 else 10 end
            and case v when 1 then reprograma else reprograma_otra_vez end
            and u('restated', id * 4 + v) < 0.5)
"""

# Executed against the approved target; the second registration of a month corrects the first.
_EXECUTED = """
    with months as (
        select *,
            month_end($year, $month) + case
                when u('late', id * 16 + $month) < 0.10
                    then 35 + floor(u('days', id * 16 + $month) * 60)::integer
                else 3 + floor(u('days', id * 16 + $month) * 25)::integer end as registrado,
            target(id, $month, inicio, nivel) / (case a % 5 when 2 then 8 else 1 end) as meta,
            least(1.4, ritmo * (0.8 + 0.4 * u('noise', id * 16 + $month))) as parte
        from act
        where anio = $year and due(periodicidad, $month)
            and not (incompleta and u('lost', id * 16 + $month) < 0.3)
    )
    select entidad_id, plan_id, actividad_id, $month as mes,
        registrado + (n * 20)::integer as fecha_registro,
        case when a % 5 = 2 then round(meta * parte, 2)
            else floor(meta * parte * (1 + n * 0.1) + 0.5) end as ejecucion_fisica,
        case when u('nomoney', id) >= 0.05
            then round(dinero * parte * (0.8 + 0.1 * n), 2) end as ejecucion_financiera
    from months, range(2) as corrections(n)
    where (n = 0 or u('corrected', id * 16 + $month) < 0.04)
"""


def generate(connection: duckdb.DuckDBPyConnection, size: Size, seed: int = SEED) -> None:
    """Fill the raw tables with what was loaded up to MONTH_BEFORE, the shipped catalogs apart.

    Programmes arrive a file a year and registrations a file a month, as they do in life, so that
    the rows of an entity lie scattered over the tables.
    """
    create_raw_tables(connection, contract())
    _load_catalogs(connection)
    prepare(connection, size, seed)
    for table, select in _SMALL_TABLES.items():
        _load(connection, table, select, "generado", date(size.first_year - 1, 12, 31))
    for year in range(size.first_year, LAST_YEAR + 1):
        known = f"fecha_version <= date '{MONTH_BEFORE}'"
        sql = f"select * from ({_PROGRAMMED.replace('$year', str(year))}) where {known}"
        _load(connection, "metas_programadas", sql, f"{year}", date(year, 1, 1))
        for month in range(1, 13):
            known = f"fecha_registro <= date '{MONTH_BEFORE}'"
            sql = f"select * from ({_executed(year, month)}) where {known}"
            _load(
                connection,
                "metas_ejecutadas",
                sql,
                f"{year}-{month:02d}",
                date(year + month // 12, month % 12 + 1, 28),
            )


def _load_catalogs(connection: duckdb.DuckDBPyConnection) -> None:
    """Load semaforo's own catalogs, as any warehouse has them."""
    for table in contract().values():
        if table.catalog:
            source = SHIPPED_SEEDS / f"{table.name}.csv"
            select = f"select * from read_csv('{source}', all_varchar = true)"
            _load(connection, table.name, select, "catálogo", date(1970, 1, 1))


def prepare(connection: duckdb.DuckDBPyConnection, size: Size, seed: int = SEED) -> None:
    """Make the temporary tables that the rows are drawn from: entities, plans, activities."""
    for name, value in {
        "seed": seed,
        "entities": size.entities,
        "mean": size.mean_activities,
        "first_year": size.first_year,
        "last_year": LAST_YEAR,
    }.items():
        connection.execute(f"set variable {name} = {value}")
    connection.execute(_MACROS)
    connection.execute(_ENTITIES)


def next_month(connection: duckdb.DuckDBPyConnection) -> None:
    """Load the registrations dated after MONTH_BEFORE; needs the tables of prepare()."""
    selects = " union all ".join(
        f"select * from ({_executed(LAST_YEAR, month)})" for month in range(8, 13)
    )
    sql = f"select * from ({selects}) where fecha_registro > date '{MONTH_BEFORE}'"
    _load(connection, "metas_ejecutadas", sql, "siguiente", date(2026, 1, 31))


def late_correction(connection: duckdb.DuckDBPyConnection, day: date) -> None:
    """Load one entity's correction of a month of the first year, dated `day`."""
    _load(
        connection,
        "metas_ejecutadas",
        f"""
        select entidad_id, plan_id, actividad_id, mes, date '{day}' as fecha_registro,
            max_by(ejecucion_fisica, fecha_registro) + 1 as ejecucion_fisica,
            max_by(ejecucion_financiera, fecha_registro) as ejecucion_financiera
        from raw.metas_ejecutadas
        where entidad_id = (select min(entidad_id) from raw.entidades where pais = 'PE')
            and plan_id = (select min(plan_id) from raw.planes) and mes = 10
        group by all
        """,
        "correccion",
        day,
    )


def write_csv(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the generated tables as the contract's CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in (*_SMALL_TABLES, "metas_programadas", "metas_ejecutadas"):
        connection.execute(
            f"copy (select * exclude ({', '.join(_LOAD_COLUMNS)}) from raw.{table}) "
            f"to '{folder / table}.csv' (header)"
        )


def _executed(year: int, month: int) -> str:
    return _EXECUTED.replace("$year", str(year)).replace("$month", str(month))


def _load(
    connection: duckdb.DuckDBPyConnection, table: str, select: str, name: str, day: date
) -> None:
    """Append a select to a raw table as one load, with its line in raw.carga."""
    load = f"sha256('{table} {name}')"
    (rows,) = connection.execute(f"""
        insert into raw.{table} by name
        select *, {load} as carga_id, '{table}.csv' as archivo,
            row_number() over () + 1 as fila, timestamp '{day}' as cargado_en
        from ({select})
    """).fetchone()
    connection.execute(f"""
        insert into raw.carga by name
        select {load} as carga_id, '{table}' as tabla, '{table}.csv' as archivo,
            false as catalogo, timestamp '{day}' as cargado_en, timestamp '{day}' as registrado_en,
            'utf-8' as codificacion, ',' as separador, 0 as bytes, {rows} as leidas,
            {rows} as cargadas, 0 as en_cuarentena, 0 as repetidas
    """)
