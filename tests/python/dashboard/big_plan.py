"""A plan of 300 activities and twelve months, whose names try to be markup."""

from pathlib import Path

import small_plan

N_ACTIVITIES = 300
AS_OF = "2025-03-15"
NASTY = "</script><script>window.burned = 1</script><img src=x onerror='window.burned=2'>&amp;"
LONG = "Mantenimiento periódico de la infraestructura vial del distrito, tramo y margen número "


def write(folder: Path) -> Path:
    """Write the CSVs of the plan."""
    tables = small_plan.tables()
    activities = [
        small_plan.KEYS
        | {
            "actividad_id": f"AOI{n:014d}",
            "aei_id": f"AEI.{n % 3 + 1}",
            "centro_costo_id": f"CC.{n % 2 + 1}",
            "nombre": NASTY if n == 0 else f"{LONG}{n}",
            "unidad_medida": "informe",
            "tipo_agregacion": "acumulado_anual",
        }
        for n in range(N_ACTIVITIES)
    ]
    months = [(row, month) for row in activities for month in range(1, 13)]
    tables["entidades"][0]["nombre"] = f"Municipalidad {NASTY}"
    tables["planes"][0]["nombre"] = f"Plan {NASTY}"
    for row in tables["centros_costo"]:
        row["nombre"] += NASTY
    for table in ("objetivos", "acciones"):
        for row in tables[table]:
            row["nombre"] += NASTY
    tables["actividades"] = activities
    tables["metas_programadas"] = [
        small_plan.KEYS
        | {
            "actividad_id": row["actividad_id"],
            "mes": month,
            "version": 0,
            "fecha_version": "2023-12-20",
            "meta_fisica": 10 + int(row["actividad_id"][-3:]) % 7,
            "meta_financiera": f"{1000 + month}.25",
        }
        for row, month in months
    ]
    tables["metas_ejecutadas"] = [
        small_plan.executed_row(
            row["actividad_id"],
            month,
            f"2024-{month + 1:02d}-10" if month < 12 else "2025-01-10",
            int(row["actividad_id"][-3:]) % 17,
            f"{900 + month}.75",
        )
        for row, month in months
    ]
    return small_plan.write_folder(folder, tables)
