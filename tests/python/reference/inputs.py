"""Reading a folder of contract CSVs into typed rows (contract, section 1).

Holds the columns and types of the input tables; no rule of section 2, and no validation: the
folders given to it are valid.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Tables = dict[str, list[Row]]


def _boolean(text: str) -> bool:
    return {"true": True, "false": False}[text]


_TYPES: dict[str, Callable[[str], Any]] = {
    "texto": str,
    "numero": Fraction,
    "entero": int,
    "fecha": date.fromisoformat,
    "logico": _boolean,
}

# Columns per table and type. Columns not named here are text.
COLUMNS: dict[str, dict[str, str]] = {
    "metodologias": {
        "texto": "metodologia_id nombre documento regla_no_acumulado sin_programacion"
        " sin_seguimiento ponderacion promedio_entidad",
        "numero": "tope_pct",
        "entero": "decimales_actividad plazo_registro_meses",
    },
    "semaforo_bandas": {
        "texto": "metodologia_id ambito color etiqueta hex",
        "numero": "desde hasta",
        "logico": "incluye_desde incluye_hasta",
    },
    "entidades": {"texto": "entidad_id nombre pais nivel_gobierno moneda"},
    "planes": {
        "texto": "entidad_id plan_id tipo nombre periodicidad metodologia_id documento",
        "entero": "anio",
        "logico": "con_seguimiento",
        "fecha": "fecha_aprobacion",
    },
    "centros_costo": {"texto": "entidad_id centro_costo_id nombre centro_padre_id correo"},
    "objetivos": {"texto": "entidad_id plan_id oei_id nombre", "numero": "ponderacion"},
    "acciones": {"texto": "entidad_id plan_id aei_id oei_id nombre", "numero": "ponderacion"},
    "actividades": {
        "texto": "entidad_id plan_id actividad_id aei_id centro_costo_id nombre prioridad"
        " unidad_medida tipo_agregacion",
        "numero": "ponderacion",
        "entero": "mes_inicio mes_fin",
    },
    "metas_programadas": {
        "texto": "entidad_id plan_id actividad_id",
        "entero": "mes version",
        "fecha": "fecha_version",
        "numero": "meta_fisica meta_financiera",
    },
    "metas_ejecutadas": {
        "texto": "entidad_id plan_id actividad_id",
        "entero": "mes",
        "fecha": "fecha_registro",
        "numero": "ejecucion_fisica ejecucion_financiera",
    },
    "resultados_reportados": {
        "texto": "entidad_id plan_id nivel elemento_id",
        "entero": "mes_corte n_actividades",
        "numero": "programado_fisico ejecutado_fisico avance_fisico_pct programado_financiero"
        " ejecutado_financiero",
    },
    "indicadores": {
        "texto": "entidad_id plan_id indicador_id elemento_id nombre unidad_medida sentido",
        "numero": "linea_base",
    },
    "indicador_resultados": {
        "texto": "entidad_id plan_id indicador_id",
        "entero": "mes_corte",
        "numero": "programado obtenido",
    },
    "presupuesto": {
        "texto": "entidad_id tipo rubro",
        "entero": "anio mes_corte",
        "numero": "pia pim ejecucion",
    },
    "valores_publicados": {
        "texto": "documento entidad_id plan_id nivel elemento_id medida nota",
        "entero": "mes_corte decimales",
        "numero": "valor",
    },
    "compromisos": {
        "texto": "entidad_id plan_id compromiso_id recomendacion elemento_id centro_costo_id estado"
        " evidencia documento",
        "fecha": "fecha_registro fecha_limite",
        "numero": "avance_pct",
    },
}


def column_types(table: str) -> dict[str, str]:
    """Column name → type word of `table`, in the contract's terms."""
    return {column: kind for kind, columns in COLUMNS[table].items() for column in columns.split()}


def _typed(table: str, raw: dict[str, str]) -> Row:
    kinds = column_types(table)
    row: Row = dict.fromkeys(kinds)
    for column, text in raw.items():
        value = text.strip()
        row[column] = _TYPES[kinds[column]](value) if value else None
    return row


def read_folder(folder: Path) -> Tables:
    """Every contract table of `folder`; a table without a file has no rows."""
    tables: Tables = {}
    for table in COLUMNS:
        path = folder / f"{table}.csv"
        tables[table] = []
        if path.exists():
            with path.open(encoding="utf-8-sig", newline="") as stream:
                tables[table] = [_typed(table, raw) for raw in csv.DictReader(stream)]
    return tables
