"""A made-up plan, small enough to compute by hand, and how to write it as contract CSVs.

Method `regla-chica`: cap 100, mean of the months for `no_acumulado`, S.P. excluded, S.I. blocks,
simple means over activities, 2 decimals, one month to register. At corte 3 (as of 2024-05-15,
months 1 to 3 due):

| AO | type | programmed | executed | advance |
|---|---|---|---|---|
| A1 (AEI.1) | acumulado_anual | 10 10 10 | 10 10 5 | 100·25/30 = 83.33 |
| A2 (AEI.1) | acumulado_mensual | 4 8 12 | 4 8 9 | 100·9/12 = 75, still amarillo |
| A3 (AEI.2) | no_acumulado | 2 2 2 | 1 2 4 | (50 + 100 + 200)/3 = 116.67, capped 100 |
| A4 (AEI.2) | acumulado_anual | 0 0 0 | – | S.P. |
| A5 (AEI.3) | acumulado_anual | 5 5 5 | 5 – 5 | S.I. until month 2 is registered on 2024-06-01 |
"""

import csv
from pathlib import Path

AS_OF = "2024-05-15"
AFTER_LATE_REGISTRATION = "2024-06-15"

KEYS = {"entidad_id": "muni", "plan_id": "poi-2024"}

METHOD = {
    "metodologia_id": "regla-chica",
    "nombre": "Regla de prueba",
    "tope_pct": 100,
    "regla_no_acumulado": "promedio_mensual",
    "sin_programacion": "excluir",
    "sin_seguimiento": "bloquear",
    "ponderacion": "simple",
    "promedio_entidad": "actividades",
    "decimales_actividad": 2,
    "plazo_registro_meses": 1,
}


def _bands() -> list[dict]:
    limits = [
        ("rojo", None, "false", 75, "false", "Menos de 75", "#d62828"),
        ("amarillo", 75, "true", 95, "true", "De 75 a 95", "#f4b400"),
        ("verde", 95, "false", None, "false", "Más de 95", "#2a9d55"),
    ]
    return [
        {
            "metodologia_id": METHOD["metodologia_id"],
            "ambito": scope,
            "color": colour,
            "desde": low,
            "incluye_desde": with_low,
            "hasta": high,
            "incluye_hasta": with_high,
            "etiqueta": label,
            "hex": shade,
        }
        for scope in ("fisico", "financiero", "indicador")
        for colour, low, with_low, high, with_high, label, shade in limits
    ]


def _activity(name: str, action: str, centre: str, kind: str) -> dict:
    return KEYS | {
        "actividad_id": name,
        "aei_id": action,
        "centro_costo_id": centre,
        "nombre": f"Actividad {name}",
        "unidad_medida": "informe",
        "tipo_agregacion": kind,
    }


ACTIVITIES = [
    _activity("A1", "AEI.1", "CC.1", "acumulado_anual"),
    _activity("A2", "AEI.1", "CC.2", "acumulado_mensual"),
    _activity("A3", "AEI.2", "CC.2", "no_acumulado"),
    _activity("A4", "AEI.2", "CC.2", "acumulado_anual"),
    _activity("A5", "AEI.3", "CC.1", "acumulado_anual"),
]

PROGRAMMED = {
    "A1": (10, 10, 10),
    "A2": (4, 8, 12),
    "A3": (2, 2, 2),
    "A4": (0, 0, 0),
    "A5": (5, 5, 5),
}
PROGRAMMED_MONEY = {"A1": ("100.00", "100.00", "100.00"), "A3": ("10.00", "20.00", "30.00")}
EXECUTED = {"A1": (10, 10, 5), "A2": (4, 8, 9), "A3": (1, 2, 4), "A5": (5, None, 5)}
EXECUTED_MONEY = {"A1": ("100.00", "50.50", None), "A3": ("10.00", "20.00", "30.00")}
REGISTERED_ON = ("2024-02-10", "2024-03-10", "2024-04-10")


def programmed_rows() -> list[dict]:
    return [
        KEYS
        | {
            "actividad_id": name,
            "mes": month,
            "version": 0,
            "fecha_version": "2023-12-20",
            "meta_fisica": quantity,
            "meta_financiera": PROGRAMMED_MONEY.get(name, (None,) * 3)[month - 1],
        }
        for name, quantities in PROGRAMMED.items()
        for month, quantity in enumerate(quantities, start=1)
    ]


def executed_row(name: str, month: int, day: str, quantity, money=None) -> dict:
    return KEYS | {
        "actividad_id": name,
        "mes": month,
        "fecha_registro": day,
        "ejecucion_fisica": quantity,
        "ejecucion_financiera": money,
    }


def executed_rows() -> list[dict]:
    return [
        executed_row(
            name,
            month,
            REGISTERED_ON[month - 1],
            quantity,
            EXECUTED_MONEY.get(name, (None,) * 3)[month - 1],
        )
        for name, quantities in EXECUTED.items()
        for month, quantity in enumerate(quantities, start=1)
        if quantity is not None
    ]


def late_registrations() -> list[dict]:
    """Register A5's missing month on 2024-06-01, and correct A1's third month on 2024-06-02."""
    return [
        executed_row("A5", 2, "2024-06-01", 5),
        executed_row("A1", 3, "2024-06-02", 11, "100.00"),
    ]


def reprogramming() -> list[dict]:
    """Version 1, of 2024-06-05: A2's third month is 10 instead of 12."""
    return [
        KEYS
        | {
            "actividad_id": "A2",
            "mes": 3,
            "version": 1,
            "fecha_version": "2024-06-05",
            "meta_fisica": 10,
        }
    ]


def tables() -> dict[str, list[dict]]:
    """Give the whole plan, one list of rows per contract table."""
    objective = {"oei_id": "OEI.1", "nombre": "Objetivo uno"}
    return {
        "metodologias": [METHOD],
        "semaforo_bandas": _bands(),
        "entidades": [
            {
                "entidad_id": "muni",
                "nombre": "Municipalidad de Prueba",
                "pais": "PE",
                "nivel_gobierno": "local",
                "moneda": "PEN",
            }
        ],
        "planes": [
            KEYS
            | {
                "tipo": "POI",
                "nombre": "POI 2024",
                "anio": 2024,
                "periodicidad": "mensual",
                "metodologia_id": METHOD["metodologia_id"],
                "con_seguimiento": "true",
            }
        ],
        "centros_costo": [
            {
                "entidad_id": "muni",
                "centro_costo_id": "CC.1",
                "nombre": "Gerencia",
                "correo": "gerencia@muni.example",
            },
            {
                "entidad_id": "muni",
                "centro_costo_id": "CC.2",
                "nombre": "Oficina",
                "centro_padre_id": "CC.1",
                "correo": "oficina@muni.example",
            },
        ],
        "objetivos": [KEYS | objective, KEYS | objective | {"oei_id": "OEI.2"}],
        "acciones": [
            KEYS | {"aei_id": action, "oei_id": objective_id, "nombre": f"Acción {action}"}
            for action, objective_id in (("AEI.1", "OEI.1"), ("AEI.2", "OEI.1"), ("AEI.3", "OEI.2"))
        ],
        "actividades": ACTIVITIES,
        "metas_programadas": programmed_rows(),
        "metas_ejecutadas": executed_rows(),
    }


def write_folder(folder: Path, contents: dict[str, list[dict]]) -> Path:
    """Write one CSV per table into `folder`, and give the folder back."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in contents.items():
        columns = list(dict.fromkeys(name for row in rows for name in row))
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder
