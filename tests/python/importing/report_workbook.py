"""A small monthly report as a workbook, in the official layout and in its spellings.

Three AO in two AEI of one OEI, January to March: A1 done in part, A2 without programming, A3
accumulated monthly. Its totals add up by hand: 50, S.P. and 75 give AEI means of 50 and 75.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

from orchestration.importing.follow_up import ImportOptions, ImportResult, import_follow_up

DETAIL_HEADINGS = [
    "OBJETIVO ESTRATEGICO / ACCION ESTRATÉGICA / ACTIVIDAD OPERATIVA",
    "CENTRO DE COSTO",
    "NIVEL DE PRIORIDAD",
    "UNIDAD MEDIDA",
    "TIPO DE AGREGACIÓN",
    "PROG./ EJE.",
]
Cells = list[object]


def header() -> list[Cells]:
    months = ["Ene", "Feb", "Mar"]
    first = [*DETAIL_HEADINGS, "FISICO", *[None] * 4, "FINANCIERO", *[None] * 3]
    below = [None] * 6 + [*months, "AVANCE ACUMULADO.", "AVANCE % ACUMULADO", *months]
    return [first, [*below, "AVANCE ACUMULADO"]]


def activity(name, details, programmed, advance, money, executed, spent) -> list[Cells]:
    return [
        [name, *details, "PROGRAMADO", *programmed, advance, *money],
        [*[None] * 5, "EJECUTADO", *executed, None, *spent],
    ]


def activities() -> dict[str, list[Cells]]:
    return {
        "A1": activity(
            "AOI001 - PATRULLAR EL DISTRITO",
            ["GERENCIA DE SEGURIDAD", "Muy Alta", "INFORME", "Acumulado Anual"],
            [1, 1, 2, 4], 50, [1000, 0, 500.5, 1500.5], [1, 0, 1, 2], [900, 0, 100.25, 1000.25],
        ),
        "A2": activity(
            "AOI002 - ELABORAR EL PLAN - 2024",
            ["GERENCIA DE SEGURIDAD", "Alta", "PLAN", "Acumulado Anual"],
            [0, 0, 0, 0], "S.P.", [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0],
        ),
        "A3": activity(
            "AOI003 - ATENDER EXPEDIENTES",
            ["SUBGERENCIA DE RENTAS", "Media", "EXPEDIENTE", "Acumulado Mensual"],
            [4, 8, 12000, 12000], 75, [10, 10, 10, 30], [4, 8, 9000, 9000], [10, 10, 10, 30],
        ),
    }  # fmt: skip


def subtotal(code: str, physical, money) -> Cells:
    words = [f"EJECUCIÓN FÍSICA POR {code}:", *[None] * 9, physical]
    return [*words, f"EJECUCIÓN FINANCIERA POR {code}:", None, None, money]


def totals() -> list[Cells]:
    figures = {
        "PROMEDIO DE EJECUCIÓN FÍSICA (%)": 62.5,
        "MEDIANA DEl AV% DEL POI": 62.5,
        "TOTAL DE PROGRAMACIÓN FINANCIERA": 1530.5,
        "TOTAL DE EJECUCIÓN FINANCIERA": 1030.25,
        "AO CON INFORMACIÓN COMPLETA": 3,
        "AO CON INFORMACIÓN INCOMPLETA": 0,
    }
    return [[words, *[None] * 13, figure] for words, figure in figures.items()]


def report() -> list[Cells]:
    """Rows of the whole report."""
    ao = activities()
    return [
        ["REPORTE DE SEGUIMIENTO DEL PLAN OPERATIVO INSTITUCIONAL 2024"],
        ["PRIMER TRIMESTRE"],
        [],
        *header(),
        ["OEI.01 REDUCIR LA INSEGURIDAD"],
        ["AEI.01.01 PATRULLAJE POR SECTOR"],
        *ao["A1"],
        *ao["A2"],
        subtotal("AEI.01.01", 50, 1000.25),
        ["AEI.01.02 ATENCIÓN OPORTUNA"],
        *ao["A3"],
        subtotal("AEI.01.02", 75, 30),
        *totals(),
        [],
        ["(i) Forman parte del reporte solo las AO activas."],
        ["Año: 2024", "< 75%", "75% - 95%", "> 95%"],
        ["Acciones Estratégicas", 1, 1, 0],
    ]


def write(path: Path, rows: list[Cells], *, merge: bool = False) -> Path:
    """Write rows as the only sheet; with `merge`, the details of an AO as merged cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Reporte"
    for row in rows:
        sheet.append(row or [None])
    if merge:
        for number, row in enumerate(rows, start=1):
            if len(row) > 5 and row[5] == "PROGRAMADO":
                for column in (1, 2, 3, 4, 5, 11):
                    sheet.merge_cells(
                        start_row=number, end_row=number + 1,
                        start_column=column, end_column=column,
                    )  # fmt: skip
    book.save(path)
    return path


def cells_changed(rows: list[Cells], change: Callable[[object], object]) -> list[Cells]:
    """The rows with every cell passed through `change`."""
    return [[change(cell) for cell in row] for row in rows]


@dataclass
class Imported:
    """What an import gave: its result, and the rows of each CSV that it wrote."""

    result: ImportResult
    tables: dict[str, list[dict]] = field(default_factory=dict)

    @property
    def findings(self) -> list[str]:
        return [finding.what for finding in self.result.findings]


def run(files: list[Path], out: Path, **options) -> Imported:
    """Import with the options of a plan of 2024."""
    given = {"entity": "150115", "plan": "poi-2024", "year": 2024, "out": out} | options
    result = import_follow_up(files, ImportOptions(**given))
    return Imported(result, read_tables(out))


def read_tables(folder: Path) -> dict[str, list[dict]]:
    """Rows of every CSV of a folder."""
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.stem] = list(csv.DictReader(file))
    return tables
