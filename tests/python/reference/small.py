"""Small plans written as lines of text, for cases worked by hand.

One entity `E`, one plan `P` of 2024 by default; every value goes through the CSV reader.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from .drafting import Draft
from .inputs import Row, read_folder
from .marts import compute

METHOD = {
    "metodologia_id": "m",
    "nombre": "Método",
    "tope_pct": "100",
    "regla_no_acumulado": "promedio_mensual",
    "sin_programacion": "excluir",
    "sin_seguimiento": "bloquear",
    "ponderacion": "simple",
    "promedio_entidad": "actividades",
    "decimales_actividad": "2",
    "plazo_registro_meses": "1",
}
PLAN = {
    "entidad_id": "E",
    "plan_id": "P",
    "tipo": "POI",
    "nombre": "Plan",
    "anio": "2024",
    "periodicidad": "mensual",
    "metodologia_id": "m",
    "con_seguimiento": "true",
}
# rojo < 75, amarillo 75..95 with both limits, verde > 95: the bands of the La Victoria report.
BANDS = "rojo - false 75 false | amarillo 75 true 95 true | verde 95 false - false"

_COLUMNS = {
    "semaforo_bandas": "color desde incluye_desde hasta incluye_hasta",
    "centros_costo": "centro_costo_id centro_padre_id",
    "objetivos": "oei_id ponderacion",
    "acciones": "aei_id oei_id ponderacion",
    "actividades": "actividad_id aei_id centro_costo_id tipo_agregacion ponderacion",
    "metas_programadas": "actividad_id mes version fecha_version meta_fisica meta_financiera",
    "metas_ejecutadas": "actividad_id mes fecha_registro ejecucion_fisica ejecucion_financiera",
    "resultados_reportados": "nivel elemento_id mes_corte programado_fisico ejecutado_fisico"
    " avance_fisico_pct programado_financiero ejecutado_financiero n_actividades",
    "indicadores": "indicador_id elemento_id sentido linea_base",
    "indicador_resultados": "indicador_id mes_corte programado obtenido",
    "presupuesto": "anio mes_corte tipo rubro pia pim ejecucion",
}
_DEFAULTS = {
    "centros_costo": "C -",
    "objetivos": "O1 -",
    "acciones": "A1 O1 -",
}
_WITHOUT_PLAN = ("centros_costo", "presupuesto")


def _rows(table: str, text: str) -> list[dict[str, str | None]]:
    columns = _COLUMNS[table].split()
    return [
        dict(zip(columns, (None if w == "-" else w for w in line.split()), strict=False))
        for line in text.replace("\n", "|").split("|")
        if line.strip()
    ]


def small_marts(
    folder: Path,
    as_of: str = "2024-12-31",
    method: dict[str, str] | None = None,
    plan: dict[str, str] | None = None,
    **tables: str,
) -> dict[str, list[Row]]:
    """Marts of one small plan; `tables` maps table → lines, `-` for null (columns: `_COLUMNS`)."""
    draft = Draft(0, date.fromisoformat(as_of))
    draft.add("metodologias", **(METHOD | (method or {})))
    draft.add("planes", **(PLAN | (plan or {})))
    for scope in ("fisico", "financiero", "indicador"):
        for row in _rows("semaforo_bandas", tables.get("semaforo_bandas", BANDS)):
            draft.add("semaforo_bandas", metodologia_id="m", ambito=scope, **row)
    for table, text in (_DEFAULTS | tables).items():
        if table == "semaforo_bandas":
            continue
        key = {"entidad_id": "E"} if table in _WITHOUT_PLAN else {"entidad_id": "E", "plan_id": "P"}
        for row in _rows(table, text):
            draft.add(table, **key, **row)
    draft.write(folder)
    return compute(read_folder(folder), draft.as_of)


def pick(rows: list[Row], *columns: str, **where: object) -> list:
    """Values of `columns` in the rows that match `where`; bare values for a single column."""
    found = [row for row in rows if all(row[c] == value for c, value in where.items())]
    if len(columns) == 1:
        return [row[columns[0]] for row in found]
    return [tuple(row[c] for c in columns) for row in found]
