"""However a report is written, the same report gives the same contract rows."""

import re
from itertools import pairwise

import openpyxl
import pytest
from report_workbook import cells_changed, header, report, run, write

from orchestration.importing.layout import is_header, period_of
from orchestration.importing.reading import activity_code

NBSP = "\u00a0"


def as_text(cell):
    return f"{cell:,}" if isinstance(cell, int | float) else cell


def spaced(cell):
    if isinstance(cell, str):
        return f"{NBSP} " + cell.replace(" ", f"{NBSP} ") + "\n"
    return cell


def with_page_headers(rows):
    """A page ends after every row: also between PROGRAMADO and EJECUTADO."""
    title = rows[0]
    paged = rows[:5]
    for row in rows[5:]:
        paged += [row, [], title, ["PRIMER TRIMESTRE"], *header()]
    return paged


def renamed(rows, changes):
    def change(cell):
        return changes.get(cell, cell) if isinstance(cell, str) else cell

    return cells_changed(rows, change)


def shifted(rows):
    """The table does not begin in column A."""
    return [[None, None, *row] if len(row) > 1 else row for row in rows]


def with_the_unit_that_does_it(rows):
    """A column more, behind the unit of measure."""
    more = {"UNIDAD MEDIDA": "UNIDAD EJECUTORA", "INFORME": "UE 001", "PLAN": "UE 002"}
    return [
        [*row[:4], more.get(row[3]) or (row[3] and "UE 003"), *row[4:]] if len(row) > 5 else row
        for row in rows
    ]


def under_a_quarter(rows):
    """A row of headings groups the months by quarters."""
    groups = [*[None] * 6, "I TRIMESTRE", *[None] * 4, "I TRIMESTRE", *[None] * 3]
    return [*rows[:4], groups, *rows[4:]]


def with_subtotals_of_a_quarter(rows):
    """A column behind March, physical and money, sums the quarter."""

    def more(row):
        if row == rows[4]:
            return "I Trim", "I Trim"
        if len(row) > 5 and row[5] in {"PROGRAMADO", "EJECUTADO"}:
            return sum(row[6:9]), sum(row[11:14])
        return None, None

    return [
        [*row[:9], more(row)[0], *row[9:14], more(row)[1], *row[14:]] if len(row) > 9 else row
        for row in rows
    ]


def names_on_both_rows(rows):
    copied = [list(row) for row in rows]
    for before, row in pairwise(copied):
        if len(row) > 5 and row[5] == "EJECUTADO":
            row[:5] = before[:5]
    return copied


VARIANTS = {
    "numbers-as-text": lambda rows: cells_changed(rows, as_text),
    "no-break-spaces-and-line-breaks": lambda rows: cells_changed(rows, spaced),
    "blank-trailing-columns": lambda rows: [[*row, *[None] * 30, " "] for row in rows],
    "repeated-page-headers": with_page_headers,
    "shifted-columns": shifted,
    "names-on-both-rows": names_on_both_rows,
    "unit-that-does-the-activity": with_the_unit_that_does_it,
    "months-under-a-quarter": under_a_quarter,
    "quarter-behind-its-months": with_subtotals_of_a_quarter,
    "long-month-names": lambda rows: renamed(
        rows, {"Ene": "ENERO", "Feb": "Febrero.", "Mar": "mar-24"}
    ),
    "other-row-kinds": lambda rows: renamed(
        rows,
        {
            "PROG./ EJE.": "PROGR./ EJECUT.",
            "PROGRAMADO": "PROGR.",
            "EJECUTADO": "EJECUT.",
            "AVANCE % ACUMULADO": "% AVANCE ACUMULADO",
        },
    ),
    "codes-as-zed-writes-them": lambda rows: renamed(
        rows,
        {
            "OEI.01 REDUCIR LA INSEGURIDAD": "OEI 1.: REDUCIR LA INSEGURIDAD",
            "AEI.01.01 PATRULLAJE POR SECTOR": "AEI 1.1.: PATRULLAJE POR SECTOR",
            "AEI.01.02 ATENCIÓN OPORTUNA": "AEI 1.2: ATENCIÓN OPORTUNA",
            "EJECUCIÓN FÍSICA POR AEI.01.01:": "EJECUCIÓN FÍSICA AEI.01.01:",
        },
    ),
    "no-title": lambda rows: rows[3:],
    "currency-signs": lambda rows: cells_changed(
        rows, lambda cell: f"S/ {cell:,.2f}" if isinstance(cell, float) else cell
    ),
    "dashes-for-zero-money": lambda rows: [
        [
            "-" if cell == 0 and len(row) > 10 and row[5] in {"PROGRAMADO", "EJECUTADO"} and at > 10
            else cell
            for at, cell in enumerate(row)
        ]
        for row in rows
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plain")
    return run([write(folder / "report.xlsx", report())], folder / "out")


def test_the_plain_report_gives_the_rows_expected_of_it(plain):
    tables = plain.tables
    assert plain.findings == []
    assert {name: len(rows) for name, rows in tables.items()} == {
        "planes": 1,
        "centros_costo": 2,
        "objetivos": 1,
        "acciones": 2,
        "actividades": 3,
        "metas_programadas": 9,
        "metas_ejecutadas": 9,
    }
    assert tables["planes"][0] == {
        "entidad_id": "150115",
        "plan_id": "poi-2024",
        "tipo": "POI",
        "nombre": "Plan Operativo Institucional 2024",
        "anio": "2024",
        "periodicidad": "mensual",
        "metodologia_id": "ceplan",
        "con_seguimiento": "true",
        "fecha_aprobacion": "2023-12-20",
        "documento": "report.xlsx",
    }
    assert tables["actividades"][1] == {
        "entidad_id": "150115",
        "plan_id": "poi-2024",
        "actividad_id": "AOI002",
        "aei_id": "AEI.01.01",
        "centro_costo_id": "G-SEGURIDAD",
        "nombre": "ELABORAR EL PLAN - 2024",
        "prioridad": "alta",
        "unidad_medida": "PLAN",
        "tipo_agregacion": "acumulado_anual",
        "ponderacion": "",
        "mes_inicio": "",
        "mes_fin": "",
    }
    march = [row for row in tables["metas_ejecutadas"] if row["mes"] == "3"]
    assert [
        (row["actividad_id"], row["fecha_registro"], row["ejecucion_fisica"],
         row["ejecucion_financiera"])
        for row in march
    ] == [
        ("AOI001", "2024-04-30", "1", "100.25"),
        ("AOI002", "2024-04-30", "0", "0"),
        ("AOI003", "2024-04-30", "9000", "10"),
    ]  # fmt: skip
    assert {row["fecha_version"] for row in tables["metas_programadas"]} == {"2023-12-20"}


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_same_report_gives_the_same_rows(plain, tmp_path, variant):
    rows = VARIANTS[variant](report())
    assert rows != report()
    found = run([write(tmp_path / "report.xlsx", rows)], tmp_path / "out")
    expected = plain.tables
    if variant == "dashes-for-zero-money":
        # A dash is no figure: those months of money are not registered.
        expected = {
            table: [{column: re.sub("^0$", "", value) if "financiera" in column else value
                     for column, value in row.items()} for row in lines]
            for table, lines in expected.items()
        }  # fmt: skip
    assert found.findings == []
    assert found.tables == expected


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("AO001 - Nombre", "AO001"),
        ("AO1.2 - Nombre", "AO1.2"),
        ("AO-1 - Nombre", "AO-1"),
        ("AO.1 – Nombre", "AO.1"),
        ("1.2.3 - Nombre", "1.2.3"),
        ("AOI30126400001 - Nombre", "AOI30126400001"),
        ("AO001: Nombre", "AO001"),
        ("AO 1.1.2: Nombre", "AO.01.01.02"),
        ("AO 1.1.2 - Nombre", "AO.01.01.02"),
        ("AO.01.01.02: Nombre", "AO.01.01.02"),
    ],
)
def test_the_code_of_an_activity_stays_as_it_is_printed(printed, code):
    assert activity_code(printed) == (code, "Nombre")


def test_merged_cells_give_the_same_rows(plain, tmp_path):
    path = write(tmp_path / "report.xlsx", report(), merge=True)
    assert run([path], tmp_path / "out").tables == plain.tables


@pytest.mark.parametrize(
    ("number_format", "half"), [("0%", 0.5), ("0.00 %", 0.5), ('0.0"%"', 50), ("0.0\\%", 50)]
)
def test_percentages_are_what_the_sheet_shows(plain, tmp_path, number_format, half):
    path = write(tmp_path / "report.xlsx", report())
    book = openpyxl.load_workbook(path)
    for cell in (book.active["K8"], book.active["K12"]):
        assert cell.value == 50
        cell.value, cell.number_format = half, number_format
    book.save(path)
    found = run([path], tmp_path / "out")
    assert (found.tables, found.findings) == (plain.tables, [])


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Ene", (1, False)),
        ("SETIEMBRE", (9, False)),
        ("Sep.", (9, False)),
        ("Trim 1", (3, True)),
        ("TRIM. IV", (12, True)),
        ("II Trimestre", (6, True)),
        ("3er trimestre", (9, True)),
        ("T2", (6, True)),
        ("TRIM", None),
        ("MEDIDA", None),
        ("TOTAL", None),
    ],
)
def test_months_and_quarters_by_their_names(text, period):
    assert period_of(text) == period


@pytest.mark.parametrize("text", ["PROG./ EJE.", "PROGR./ EJECUT.", "Programado / Ejecutado"])
def test_the_headings_are_known_by_their_row_kind(text):
    assert is_header([None, text])


def test_the_unit_responsible_is_the_centre_where_no_column_is_called_so(tmp_path):
    expected = run([write(tmp_path / "a.xlsx", report())], tmp_path / "a").tables
    rows = renamed(report(), {"CENTRO DE COSTO": "UNIDAD ORGÁNICA RESPONSABLE"})
    found = run([write(tmp_path / "a.xlsx", rows)], tmp_path / "b").tables
    assert found == expected


def test_a_report_without_centres_says_where_to_write_them(tmp_path):
    rows = [[row[0], *row[2:]] if len(row) > 5 else row for row in report()]
    found = run([write(tmp_path / "a.xlsx", rows)], tmp_path / "out")
    assert "centros_costo" not in found.tables
    assert {row["centro_costo_id"] for row in found.tables["actividades"]} == {""}
    missing = [what for what in found.findings if "complete centro_costo_id" in what]
    assert len(missing) == 3
