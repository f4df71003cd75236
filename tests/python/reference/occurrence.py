"""What happened to the rows of a folder, as countable facts, and which of them must occur.

A property that never met a state proves nothing about it: the facts of all random folders
together must hold every one of `EXPECTED`.
"""

from __future__ import annotations

from collections import Counter

from .inputs import Row, Tables

Marts = dict[str, list[Row]]

LEVELS = ("accion", "objetivo", "entidad", "centro_costo")
STATES = ("completo", "S.I.", "S.P.", "sin_seguimiento")
COLOURS = ("rojo", "naranja", "amarillo", "verde", None)


def _methods(tables: Tables) -> dict[tuple[str, str], Row]:
    methods = {row["metodologia_id"]: row for row in tables["metodologias"]}
    return {
        (row["entidad_id"], row["plan_id"]): methods[row["metodologia_id"]]
        for row in tables["planes"]
    }


def _activities(tables: Tables, marts: Marts) -> Counter:
    facts: Counter = Counter()
    methods = _methods(tables)
    kinds = {
        (row["entidad_id"], row["plan_id"], row["actividad_id"]): row["tipo_agregacion"]
        for row in tables["actividades"]
    }
    for row in marts["fct_avance_actividad"]:
        plan = (row["entidad_id"], row["plan_id"])
        method = methods[plan]
        facts["AO", row["estado"], row["origen"]] += 1
        facts["AO", "semaforo_fisico", row["semaforo_fisico"]] += 1
        facts["AO", "semaforo_financiero", row["semaforo_financiero"]] += 1
        facts["S.P.", method["sin_programacion"], row["estado"] == "S.P."] += 1
        facts["S.I.", method["sin_seguimiento"], row["estado"] == "S.I."] += 1
        facts[kinds[*plan, row["actividad_id"]], method["regla_no_acumulado"]] += 1
        for limit in (75, 95, 100):
            facts["limite", limit, row["avance_fisico_pct"] == limit] += 1
        facts["decimales", method["decimales_actividad"]] += 1
        facts["plazo", method["plazo_registro_meses"], row["estado"] == "S.I."] += 1
        if (row["avance_sin_tope_pct"] or 0) > 100:
            facts["tope", method["tope_pct"] is None] += 1
    return facts


def _levels(tables: Tables, marts: Marts) -> Counter:
    facts: Counter = Counter()
    methods = _methods(tables)
    for level in LEVELS:
        for row in marts[f"fct_avance_{level}"]:
            method = methods[row["entidad_id"], row["plan_id"]]
            facts[level, row["estado"], row["origen"]] += 1
            facts[level, "semaforo_fisico", row["semaforo_fisico"]] += 1
            facts[level, method["ponderacion"], method["promedio_entidad"]] += 1
            if row["estado"] == "completo" and row["avance_fisico_pct"] is None:
                facts[level, "pesos que suman cero"] += 1
            if row["estado"] == "S.I." and row["avance_parcial_pct"] is not None:
                facts[level, "avance parcial"] += 1
            for limit in (75, 95):
                facts[level, "limite", limit, row["avance_fisico_pct"] == limit] += 1
    return facts


def _depths(tables: Tables) -> Counter:
    parents = {
        (row["entidad_id"], row["centro_costo_id"]): row["centro_padre_id"]
        for row in tables["centros_costo"]
    }
    facts: Counter = Counter()
    for (entity, _), parent in parents.items():
        depth, above = 1, parent
        while above is not None:
            depth, above = depth + 1, parents[entity, above]
        facts["arbol", depth] += 1
    return facts


def _others(tables: Tables, marts: Marts) -> Counter:
    facts: Counter = Counter()
    for row in marts["fct_meta_mensual"]:
        facts["mes", "version", row["version"]] += 1
        facts["mes", "a tiempo", row["registrado_a_tiempo"]] += 1
    for row in marts["fct_indicador"]:
        unknown = row["obtenido"] is not None and row["avance_pct"] is None
        facts["indicador", row["logrado"], row["semaforo"]] += 1
        facts["indicador", "division por cero", unknown] += 1
    for row in tables["indicadores"]:
        facts["indicador", row["sentido"], "base", row["linea_base"] is not None] += 1
    for row in marts["fct_presupuesto"]:
        facts["presupuesto", row["rubro"] == "TOTAL", row["avance_pim_pct"] is None] += 1
    for row in marts["rpt_semaforizacion"]:
        facts["semaforizacion", row["nivel"], row["cantidad"] > 0] += 1
    for row in marts["rpt_cronograma_poa"]:
        facts["cronograma", row["nivel"], row["programado_mes_pct"] > 0] += 1
    for plan in tables["planes"]:
        facts["plan", plan["periodicidad"], plan["con_seguimiento"]] += 1
    return facts


def occurred(tables: Tables, marts: Marts) -> Counter:
    """Facts of a folder and of the rows that the reference makes of it."""
    parts = (_activities(tables, marts), _levels(tables, marts), _depths(tables))
    return sum(parts, _others(tables, marts))


EXPECTED = [
    *(("AO", state, origin) for state in STATES for origin in ("mensual", "reportado")),
    *(("AO", column, colour) for column in ("semaforo_fisico", "semaforo_financiero")
      for colour in COLOURS),
    *(("S.P.", rule, True) for rule in ("excluir", "cien")),
    ("S.I.", "bloquear", True),
    ("S.I.", "cero", False),
    *((kind, rule) for kind in ("acumulado_anual", "acumulado_mensual", "no_acumulado")
      for rule in ("promedio_mensual", "acumulado")),
    *(("limite", limit, True) for limit in (75, 95, 100)),
    *(("decimales", places) for places in range(5)),
    *(("plazo", months, True) for months in range(4)),
    *(("arbol", depth) for depth in range(1, 6)),
    ("tope", True),
    ("tope", False),
    *((level, state, "mensual") for level in LEVELS for state in STATES),
    *((level, state, "reportado") for level in LEVELS if level != "entidad" for state in STATES),
    *((level, "semaforo_fisico", colour) for level in LEVELS for colour in COLOURS),
    *((level, weights, unit) for level in LEVELS for weights in ("simple", "ponderada")
      for unit in ("actividades", "acciones", "objetivos")),
    *((level, fact) for level in LEVELS for fact in ("pesos que suman cero", "avance parcial")),
    *((level, "limite", limit, True) for level in LEVELS for limit in (75, 95)),
    *(("mes", "version", version) for version in (0, 1, 2, None)),
    *(("mes", "a tiempo", answer) for answer in (True, False, None)),
    *(("indicador", achieved, colour) for achieved in (True, False)
      for colour in ("rojo", "amarillo", "verde")),
    ("indicador", None, None),
    *(("indicador", sense, "base", based) for sense in ("ascendente", "descendente")
      for based in (True, False)),
    ("indicador", "division por cero", True),
    *(("presupuesto", total, empty) for total in (True, False) for empty in (True, False)),
    *(("semaforizacion", level, some) for level in ("AO", "AEI", "OEI", "IND_AEI", "IND_OEI")
      for some in (True, False)),
    *(("cronograma", level, some) for level in ("AEI", "CC") for some in (True, False)),
    *(("plan", pace, tracked) for pace in ("mensual", "trimestral") for tracked in (True, False)),
]  # fmt: skip
