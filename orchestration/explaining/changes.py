"""What is different of a figure from a publication before.

Belongs here: both figures side by side, the elements below whose figures or place in the plan
moved, the method, and the rows that came in between. Does not: words or layout.
"""

from dataclasses import dataclass, field
from datetime import date

import duckdb

from orchestration.due import waits
from orchestration.explaining.naming import Asked
from orchestration.explaining.publications import Published
from orchestration.explaining.reading import Build, Row

_TABLES = {
    "AO": ("fct_avance_actividad", "actividad_id"),
    "AEI": ("fct_avance_accion", "aei_id"),
    "OEI": ("fct_avance_objetivo", "oei_id"),
    "CC": ("fct_avance_centro_costo", "centro_costo_id"),
    "ENTIDAD": ("fct_avance_entidad", "entidad_id"),
    "IND": ("fct_indicador", "indicador_id"),
}

_PLAN = "entidad_id = $entidad_id and plan_id = $plan_id"
_AT_CUT = f"{_PLAN} and mes_corte = $mes_corte"

# Activities below the element in the plan as it was and as it is: one may have moved.
_BELOW = {
    "AO": "actividad_id = $elemento_id",
    "AEI": "aei_id = $elemento_id",
    "OEI": "oei_id = $elemento_id",
    "ENTIDAD": "true",
    "CC": "centro_costo_id in (select centro_costo_id from arbol_{when})",
}

# Actions and objectives whose own figures or weights the element's mean is taken over.
_ELEMENTS_BELOW = {
    "OEI": (("AEI", "oei_id = $elemento_id"),),
    "ENTIDAD": (("AEI", "true"), ("OEI", "true")),
}

ACTIVITY_COLUMNS = (
    "avance_fisico_pct", "estado", "origen", "semaforo_fisico", "programado_fisico",
    "ejecutado_fisico", "programado_financiero", "ejecutado_financiero", "oei_id", "aei_id",
    "centro_costo_id", "ponderacion", "tipo_agregacion",
)  # fmt: skip
ELEMENT_COLUMNS = ("avance_fisico_pct", "estado", "origen", "semaforo_fisico", "ponderacion")
METHOD_COLUMNS = (
    "metodologia_id", "tope_pct", "regla_no_acumulado", "sin_programacion", "sin_seguimiento",
    "ponderacion", "promedio_entidad", "decimales_actividad", "plazo_registro_meses",
    "con_seguimiento",
)  # fmt: skip


# What of the method an indicator's advance follows.
_INDICATOR_METHOD_COLUMNS = ("metodologia_id", "tope_pct", "con_seguimiento")


@dataclass
class Changes:
    """What is different from a publication before.

    Attributes:
        number: number of that publication.
        as_of: date as of which it was computed.
        before: its row of the element; None = it had none.
        now: the row of the element in what is built.
        method: names in METHOD_COLUMNS that the plan's method has other values of, both in pairs.
        bands: bands of the element's light that are not the same, before and now.
        centres: centres of the element whose parent is another.
        elements: actions and objectives below with another weight or reported figure.
        activities: activities below whose figures or places are not the same, before and now.
        rows: versions, registrations and reports that came in between (int_explicacion_registro);
            of an indicator, its definitions and results (int_explicacion_indicador_fila).
        due: months without registration whose deadline passed in between (int_explicacion_mes).
        waited: whether the corte had no colour then, its registration not being due.
        waits: whether it has none yet.
    """

    number: int
    as_of: date
    before: Row | None
    now: Row | None
    method: dict[str, tuple[object, object]] = field(default_factory=dict)
    bands: list[Row] = field(default_factory=list)
    centres: list[Row] = field(default_factory=list)
    elements: list[Row] = field(default_factory=list)
    activities: list[Row] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    due: list[Row] = field(default_factory=list)
    waited: bool = False
    waits: bool = False


def compare(build: Build, before: Published, asked: Asked) -> Changes | None:
    """Hold what is built against a publication; None where its database can't be read as ours."""
    try:
        return _compare(build, before, asked)
    except duckdb.Error:
        return None


def _compare(build: Build, before: Published, asked: Asked) -> Changes:
    database = str(before.database).replace("'", "''")
    build.run(f"attach '{database}' as anterior (read_only)")
    level = asked.level
    values = asked.key | {
        "antes": before.as_of,
        "ahora": asked.plan["fecha_reporte"],
        "publicado": before.at,
        "metodologia_id": asked.plan["metodologia_id"],
        "ambito": "indicador" if level == "IND" else "fisico",
        "sin_seguimiento": asked.plan["sin_seguimiento"],
    }
    if level == "CC":
        for when, schema in (("antes", "anterior.marts"), ("ahora", "marts")):
            build.run(_tree(schema, when, asked), **values)
    table, column = _TABLES[level]
    where = f"{_AT_CUT} and {column} = $elemento_id"
    if level == "CC":
        where += " and alcance = $alcance"
    found = Changes(
        number=before.number,
        as_of=before.as_of,
        before=build.first(f"select * from anterior.marts.{table} where {where}", **values),
        now=build.first(f"select * from marts.{table} where {where}", **values),
    )
    plan_before = build.first(f"select * from anterior.marts.dim_plan where {_PLAN}", **values)
    found.method = _method(plan_before, asked)
    found.bands = build.rows(_BANDS, **values)
    if level == "IND":
        found.rows = build.rows(_INDICATOR_ROWS, **values)
        return found
    found.waits = waits(asked.plan, asked.corte)
    found.waited = plan_before is not None and waits(plan_before, asked.corte)
    if level == "CC":
        found.centres = build.rows(_CENTRES, **values)
    weighs = "ponderada" in (asked.plan["ponderacion"], *found.method.get("ponderacion", ()))
    for below, condition in _ELEMENTS_BELOW.get(level, ()):
        found.elements += _elements(build, below, condition, values, weighs=weighs)
    found.activities = _activities(build, level, values, weighs=weighs)
    found.rows = build.rows(_arrived(level), **values)
    found.due = build.rows(_fell_due(level), **values)
    return found


def _method(before: Row | None, asked: Asked) -> dict[str, tuple[object, object]]:
    if before is None:
        return {}
    names = _INDICATOR_METHOD_COLUMNS if asked.level == "IND" else METHOD_COLUMNS
    pairs = {name: (before[name], asked.plan[name]) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


_BANDS = """
    with antes as (
        select * from anterior.marts.dim_semaforo
        where metodologia_id = $metodologia_id and ambito = $ambito
    ),
    ahora as (
        select * from marts.dim_semaforo
        where metodologia_id = $metodologia_id and ambito = $ambito
    )
    select color, antes.etiqueta as etiqueta_antes, ahora.etiqueta as etiqueta_ahora,
        antes.desde as desde_antes, ahora.desde as desde_ahora,
        antes.hasta as hasta_antes, ahora.hasta as hasta_ahora
    from antes full join ahora using (color)
    where (antes.desde, antes.incluye_desde, antes.hasta, antes.incluye_hasta, antes.etiqueta)
        is distinct from
        (ahora.desde, ahora.incluye_desde, ahora.hasta, ahora.incluye_hasta, ahora.etiqueta)
    order by coalesce(ahora.orden, antes.orden)
"""

_INDICATOR_ROWS = f"""
    select * from intermediate.int_explicacion_indicador_fila
    where {_PLAN} and indicador_id = $elemento_id
        and (mes_corte is null or mes_corte = $mes_corte) and cargado_en > $publicado
    order by tipo, cargado_en, fila
"""

_CENTRES = """
    select centro_costo_id, antes.centro_padre_id as centro_padre_id_antes,
        ahora.centro_padre_id as centro_padre_id_ahora,
        antes.centro_costo_id is null as nueva, ahora.centro_costo_id is null as retirada
    from (select * from anterior.marts.dim_centro_costo where entidad_id = $entidad_id) as antes
    full join (select * from marts.dim_centro_costo where entidad_id = $entidad_id) as ahora
        using (centro_costo_id)
    where antes.centro_padre_id is distinct from ahora.centro_padre_id
        and centro_costo_id in (from arbol_antes union all from arbol_ahora)
    order by centro_costo_id
"""


def _tree(schema: str, when: str, asked: Asked) -> str:
    """The centre, and with `total` those below it, as a table of one column."""
    below = (
        f"""
        union
        select centro.centro_costo_id
        from {schema}.dim_centro_costo as centro
        join arbol on centro.centro_padre_id = arbol.centro_costo_id
        where centro.entidad_id = $entidad_id
        """
        if asked.scope == "total"
        else ""
    )
    return f"""
        create temp table arbol_{when} as
        with recursive arbol as (
            select cast($elemento_id as varchar) as centro_costo_id {below}
        )
        select centro_costo_id from arbol
    """


def _elements(build: Build, level: str, condition: str, values: Row, *, weighs: bool) -> list[Row]:
    """Elements of a level with another weight, or a reported figure that is another."""
    table, column = _TABLES[level]
    dimension = {"AEI": "dim_accion", "OEI": "dim_objetivo"}[level]

    def at(schema: str) -> str:
        return f"""
            select fct.*, dim.ponderacion
            from {schema}.{table} as fct
            left join {schema}.{dimension} as dim using (entidad_id, plan_id, {column})
            where fct.entidad_id = $entidad_id and fct.plan_id = $plan_id
                and fct.mes_corte = $mes_corte and {condition.replace("oei_id", "fct.oei_id")}
        """

    rows = build.rows(_pairs(at("anterior.marts"), at("marts"), column, ELEMENT_COLUMNS), **values)
    found = []
    for row in rows:
        reported = "reportado" in (row["origen_antes"], row["origen_ahora"])
        names = ELEMENT_COLUMNS[:-1] if reported else ()
        weight = ("ponderacion",) if weighs else ()
        if row["nueva"] or row["retirada"] or _differs(row, (*names, *weight)):
            found.append({"nivel": level} | row)
    return found


def _activities(build: Build, level: str, values: Row, *, weighs: bool) -> list[Row]:
    """Activities whose figures, place, weight or kind are not the same."""

    def at(schema: str, when: str) -> str:
        return f"""
            select fct.*, dim.ponderacion, dim.tipo_agregacion
            from (
                select * from {schema}.fct_avance_actividad
                where {_AT_CUT} and {_BELOW[level].format(when=when)}
            ) as fct
            left join {schema}.dim_actividad as dim using (entidad_id, plan_id, actividad_id)
        """

    query = _pairs(at("anterior.marts", "antes"), at("marts", "ahora"), "actividad_id",
                   ACTIVITY_COLUMNS)  # fmt: skip
    names = [name for name in ACTIVITY_COLUMNS if weighs or name != "ponderacion"]
    return [
        row
        for row in build.rows(query, **values)
        if row["nueva"] or row["retirada"] or _differs(row, names)
    ]


def _pairs(before: str, now: str, key: str, columns: tuple[str, ...]) -> str:
    """Rows that differ in some column, each column before and now."""
    pairs = ", ".join(
        f"antes.{name} as {name}_antes, ahora.{name} as {name}_ahora" for name in columns
    )
    differ = " or ".join(f"antes.{name} is distinct from ahora.{name}" for name in columns)
    return f"""
        with antes as ({before}), ahora as ({now})
        select
            coalesce(ahora.{key}, antes.{key}) as {key},
            antes.{key} is null as nueva, ahora.{key} is null as retirada, {pairs}
        from antes full join ahora on antes.{key} = ahora.{key}
        where antes.{key} is null or ahora.{key} is null or {differ}
        order by 1
    """


def _differs(row: Row, names: list[str] | tuple[str, ...]) -> bool:
    return any(row[f"{name}_antes"] != row[f"{name}_ahora"] for name in names)


def _arrived(level: str) -> str:
    """Rows of the element and of all below it; a report holds for its own corte alone."""
    elements = {
        "AO": "false",
        "AEI": "(nivel = 'AEI' and elemento_id = $elemento_id)",
        "OEI": f"""
            (nivel = 'OEI' and elemento_id = $elemento_id)
            or (nivel = 'AEI' and elemento_id in (
                select aei_id from marts.dim_accion where {_PLAN} and oei_id = $elemento_id
            ))
        """,
        "ENTIDAD": "nivel <> 'AO'",
        "CC": "(nivel = 'CC' and elemento_id in (select centro_costo_id from arbol_ahora))",
    }[level]
    return f"""
        select * from intermediate.int_explicacion_registro
        where {_PLAN} and (mes = $mes_corte or (tipo <> 'reporte' and mes < $mes_corte))
            and (fecha > $antes or cargado_en > $publicado)
            and (
                {elements}
                or (nivel = 'AO' and elemento_id in (
                    select actividad_id from marts.fct_avance_actividad
                    where {_AT_CUT} and {_BELOW[level].format(when="ahora")}
                ))
            )
        order by nivel, elemento_id, mes, tipo, version, fecha, cargado_en
    """


def _fell_due(level: str) -> str:
    """Missing months that were not due before: a shorter term of registration moves limits back."""
    return f"""
        select * from intermediate.int_explicacion_mes
        where {_PLAN} and mes <= $mes_corte
            and falta and fecha_limite < $ahora
            and (
                fecha_limite >= $antes
                or mes > (
                    select coalesce(corte_exigible, 0) from anterior.marts.dim_plan where {_PLAN}
                )
            )
            and actividad_id in (
                select actividad_id from marts.fct_avance_actividad
                where {_AT_CUT} and {_BELOW[level].format(when="ahora")}
                    and (estado = 'S.I.' or (origen = 'mensual' and $sin_seguimiento = 'cero'))
            )
        order by actividad_id, mes
    """
