"""States, hostile text, refusals and speed of the reports."""

import re
import subprocess
from itertools import combinations
from pathlib import Path

import duckdb
import openpyxl
import pytest
from report_files import page, pdf, rows, sheets, write

from orchestration.reports import seguimiento
from orchestration.reports.marts import Marts
from orchestration.reports.writing import render

KEY = ("muni", "poi-2024")
HOSTILE = '=HYPERLINK("http://malo.example","clic")'
MARKUP = "<script>alert(1)</script> & <img src=http://malo.example/x.png>"


def activity_rows(path):
    (cells,) = sheets(path).values()
    return {str(row[0]).split(" - ")[0]: row for row in cells if " - " in str(row[0])}


def test_states_stand_in_place_of_an_advance(small_warehouse, tmp_path):
    path = write(small_warehouse, "seguimiento", *KEY, "xlsx", tmp_path)
    found = activity_rows(path)
    advance = 6 + 3 + 1
    assert found["A1"][advance] == 83.33
    assert found["A4"][advance] == "S.P."
    assert found["A5"][advance] == "S.I."
    # Under the mean of months a «No Acumulado» has no accumulated figure: the notes say «-».
    assert found["A3"][advance - 1] == "-"
    (cells,) = sheets(path).values()
    subtotal = next(row for row in cells if str(row[0]) == "EJECUCIÓN FÍSICA POR AEI.3:")
    assert subtotal[advance] == "S.I."


def test_notes_state_the_rules_of_the_plans_own_method(small_warehouse, closed_warehouse, tmp_path):
    def notes(warehouse, *key):
        text = page(write(warehouse, "seguimiento", *key, "html", tmp_path)).text
        return " ".join(" ".join(text).split())

    small = notes(small_warehouse, *KEY)
    assert "solo se señala con «-»" in small
    assert "La AO no tiene avance, y su AEI tampoco mientras tanto" in small
    assert "con tope de 100 %, redondeado a 2 decimales" in small
    zed = notes(closed_warehouse, "zed-ilo", "poi-2023")
    assert "se suman los meses como en «Acumulado Anual»" in zed
    assert "cuenta como 0" in zed
    mpi = notes(closed_warehouse, "301498", "pei-2022")
    assert "sin tope" in mpi
    assert "del avance de los OEI" in mpi
    mdpyep = notes(closed_warehouse, "mdpyep", "poa-2017")
    assert "solo se conoce la programación" in mdpyep


def test_a_method_without_bands_is_said(bandless, tmp_path):
    without = "La metodología del plan no tiene bandas de semáforo: sus avances no llevan color."
    for report in ("seguimiento", "evaluacion"):
        text = " ".join(page(write(bandless, report, *KEY, "html", tmp_path)).text)
        assert without in text
        assert "Sin seguimiento no hay semáforo" not in text


@pytest.fixture
def hostile(published):
    """The small plan with text that a spreadsheet or a browser might obey."""
    with duckdb.connect(str(published.published)) as connection:
        connection.execute("update marts.dim_actividad set nombre = ?", [MARKUP])
        connection.execute("update marts.dim_accion set nombre = ?", [HOSTILE])
        connection.execute("update marts.dim_centro_costo set nombre = ?", [HOSTILE])
        connection.execute("update marts.dim_actividad set unidad_medida = '+1+cmd|x!A1'")
        connection.execute("update marts.dim_objetivo set nombre = '{=1+1}'")
    return published


@pytest.mark.parametrize("report", ["seguimiento", "evaluacion"])
def test_no_text_becomes_a_formula_or_a_link(hostile, tmp_path, report):
    path = write(hostile, report, *KEY, "xlsx", tmp_path)
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert HOSTILE in "".join(str(cell.value) for cell in cells)
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert not [cell.coordinate for cell in cells if cell.hyperlink]


@pytest.mark.parametrize("report", ["seguimiento", "evaluacion"])
def test_markup_in_a_name_is_text_on_the_page(hostile, tmp_path, report):
    parsed = page(write(hostile, report, *KEY, "html", tmp_path))
    assert not {"script", "img", "a", "link"} & parsed.elements.keys()
    assert not [value for name, value in parsed.attributes if name in {"src", "href"}]
    if report == "seguimiento":
        assert MARKUP in "".join(parsed.text)
        assert "<script>" in pdf(write(hostile, report, *KEY, "pdf", tmp_path)).pages[0]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["seguimiento", "--entidad", "muni", "--plan", "x"], "hay: muni poi-2024"),
        (
            ["seguimiento", "--entidad", "muni", "--plan", "poi-2024", "--corte", "7"],
            "no tiene corte 7; tiene: 1, 2, 3",
        ),
        (
            [
                "seguimiento", "--entidad", "muni", "--plan", "poi-2024",
                "--out", "/no/hay/tal/carpeta.xlsx",
            ],
            "no se puede escribir /no/hay/tal/carpeta.xlsx: no existe",
        ),
    ],
)  # fmt: skip
def test_refusals_are_one_line(small_warehouse, options, message):
    done = small_warehouse.run("report", *options)
    assert done.returncode == 1
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ["--format", "xlsx", "--out", "informe.pdf"],
            "--out: informe.pdf termina en .pdf y el formato es xlsx; use --format pdf o cambie "
            "el nombre",
        ),
        (["--format", "doc"], "--format: «doc» no existe; use xlsx, pdf, html"),
        (["--out", "a.docx"], "--out: a.docx termina en .docx; use .xlsx, .pdf, .html"),
        (
            ["--format", "pdf", "--out", "a.docx"],
            "--out: a.docx termina en .docx; use .xlsx, .pdf, .html",
        ),
        (["--corte", "foo"], "--corte: «foo» no es un mes; escriba, por ejemplo, 6 o junio"),
        (["--corte", "13"], "--corte: «13» no es un mes; escriba, por ejemplo, 6 o junio"),
    ],
)
def test_options_that_mean_nothing_are_one_line(small_warehouse, options, message):
    done = small_warehouse.run(
        "report", "seguimiento", "--entidad", "muni", "--plan", "poi-2024", *options
    )
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"semaforo: {message}\n")


@pytest.mark.parametrize("month", ["2", "02", "febrero", "Feb"])
def test_a_corte_is_a_number_or_a_name(small_warehouse, tmp_path, monkeypatch, month):
    monkeypatch.chdir(tmp_path)
    done = small_warehouse.run(
        "report", "seguimiento", "--entidad", "muni", "--plan", "poi-2024",
        "--corte", month, "--format", "html",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout == "Escrito: seguimiento_muni_poi-2024_02.html\n"


def test_a_plan_without_programming_has_no_report(published):
    with duckdb.connect(str(published.published)) as connection:
        connection.execute("delete from marts.fct_avance_entidad")
    done = published.run("report", "seguimiento", "--entidad", "muni", "--plan", "poi-2024")
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        "semaforo: el plan poi-2024 de muni no tiene metas programadas al 15/05/2024, así que no "
        "hay nada que informar; cargue su metas_programadas.csv, o calcule a otra fecha\n",
    )


def test_without_a_publication_the_report_says_how_to_get_one(warehouse):
    done = warehouse.run("report", "seguimiento", "--entidad", "a", "--plan", "b")
    assert done.returncode == 1
    assert "publique con «semaforo refresh»" in done.stderr


def findings(path):
    cells = sheets(path)["Hallazgos abiertos"]
    start = next(number for number, row in enumerate(cells) if row[0] == "Hallazgos abiertos")
    return cells[start + 3 :]


def test_open_findings_are_listed_worst_first_where_there_are_any(published, tmp_path):
    with duckdb.connect(str(published.published)) as connection:
        connection.execute("drop table marts.fct_alerta")
        connection.execute(
            """
            create table marts.fct_alerta as
            select * from (values
                ('1', 'C02', 'media', 'muni', 'poi-2024', 'CC.1', 'AO', 'A5', 2, 'Falta', 1.5,
                    null),
                ('2', 'C01', 'critica', 'muni', 'poi-2024', 'CC.1', 'AO', 'A1', 1, '=1+1', 2, null),
                ('3', 'C01', 'critica', 'muni', 'poi-2024', 'CC.1', 'AO', 'A2', 1, 'Ya no', 2,
                    date '2024-05-01'),
                ('4', 'C01', 'critica', 'otra', 'poi-2024', 'CC.1', 'AO', 'A3', 1, 'Ajena', 2, null)
            ) as alertas (alerta_id, regla_id, severidad, entidad_id, plan_id, centro_costo_id,
                nivel, elemento_id, mes, detalle, valor, resuelta_en)
            """
        )
    assert findings(write(published, "evaluacion", *KEY, "xlsx", tmp_path)) == [
        ["critica", "C01", "AO", "A1", 1, "=1+1", 2],
        ["media", "C02", "AO", "A5", 2, "Falta", 1.5],
    ]


@pytest.mark.parametrize("report", ["seguimiento", "evaluacion"])
def test_weights_that_sum_to_nothing_are_said(weightless, tmp_path, report):
    parsed = page(write(weightless, report, *KEY, "html", tmp_path))
    cells = [cell for row in parsed.rows for cell in row]
    assert cells.count("sin avance") >= 4
    assert "completo" not in cells
    assert "«sin avance»: los pesos de las partes con cifra suman 0" in " ".join(parsed.text)


def test_on_paper_a_long_figure_stands_on_no_other(published, tmp_path):
    with duckdb.connect(str(published.published)) as connection:
        connection.execute(
            "update marts.fct_meta_mensual set programado_financiero = 99999999999.99, "
            "ejecutado_financiero = 88888888888.88, programado_fisico = 7777777777777.25"
        )
    path = write(published, "seguimiento", *KEY, "pdf", tmp_path)
    boxes = subprocess.run(
        ["pdftotext", "-bbox", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    found = [
        (*map(float, match.groups()[:4]), match.group(5))
        for match in re.finditer(
            r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>', boxes
        )
    ]
    figures = [word for word in found if re.search("7{3}|8{3}|9{3}", word[4])]
    assert {word[4] for word in figures} >= {"99,999,999,", "999.99", "88,888,888,", "888.88"}
    for one, other in combinations(figures, 2):
        aside = one[2] <= other[0] + 0.1 or other[2] <= one[0] + 0.1
        # Lines stand closer than their letters' boxes are high.
        below = abs(one[1] - other[1]) > 4
        assert aside or below, (one, other)


AGREES = "Toda cifra publicada que se puede calcular coincide."


def test_where_nothing_was_published_nothing_is_said_to_agree(published, tmp_path):
    def text() -> str:
        return " ".join(page(write(published, "evaluacion", *KEY, "html", tmp_path)).text)

    none = "No hay cifras publicadas que comparar con las calculadas."
    assert none in text()
    assert AGREES not in text()
    with duckdb.connect(str(published.published)) as connection:
        connection.execute(
            """
            insert into marts.rpt_conciliacion by name
            select 'Informe' as documento, 'muni' as entidad_id, 'poi-2024' as plan_id,
                3 as mes_corte, 'AO' as nivel, 'A2' as elemento_id,
                'avance_fisico_pct' as medida, 75 as valor_publicado, 75 as valor_calculado,
                0 as diferencia, 'coincide' as resultado, 0 as decimales
            """
        )
    assert AGREES in text()
    assert none not in text()


def test_an_earlier_corte_prints_its_own_months(small_warehouse, tmp_path):
    target = tmp_path / "corte.xlsx"
    done = small_warehouse.run(
        "report", "seguimiento", "--entidad", "muni", "--plan", "poi-2024",
        "--corte", "2", "--out", target,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (expected,) = rows(
        small_warehouse,
        "select * from marts.fct_avance_actividad where actividad_id = 'A1' and mes_corte = 2",
    )
    found = activity_rows(target)["A1"]
    assert found[6:8] == [10, 10]
    assert found[8:10] == [float(expected["programado_fisico"]), expected["avance_fisico_pct"]]


@pytest.mark.parametrize(("month", "period"), [("1", "ENERO"), ("2", "ENERO A FEBRERO")])
def test_the_period_of_one_month_is_that_month(small_warehouse, tmp_path, month, period):
    target = tmp_path / "corte.xlsx"
    done = small_warehouse.run(
        "report", "seguimiento", "--entidad", "muni", "--plan", "poi-2024",
        "--corte", month, "--out", target,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (cells,) = sheets(target).values()
    assert cells[1][0] == period


def test_a_name_without_extension_gets_that_of_the_format(small_warehouse, tmp_path):
    done = small_warehouse.run(
        "report", "seguimiento", "--entidad", "muni", "--plan", "poi-2024",
        "--format", "html", "--out", tmp_path / "informe",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [path.name for path in tmp_path.glob("informe*")] == ["informe.html"]


def test_the_extension_of_the_file_says_the_format(small_warehouse, tmp_path):
    done = small_warehouse.run(
        "report", "seguimiento", "--entidad", "muni", "--plan", "poi-2024",
        "--out", tmp_path / "informe.html",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "informe.html").read_bytes().lower().startswith(b"<!doctype html")


@pytest.mark.parametrize("device", ["/dev/null", "/dev/stdout"])
def test_a_device_is_written_as_it_is_named(small_warehouse, device):
    done = small_warehouse.run(
        "report", "seguimiento", "--entidad", "muni", "--plan", "poi-2024",
        "--format", "html", "--out", device,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert f"Escrito: {device}\n" in done.stdout
    assert not Path(f"{device}.html").exists()


def test_on_paper_money_has_a_table_of_its_own_where_the_months_do_not_fit(
    small_warehouse, tmp_path, monkeypatch
):
    def tables():
        with Marts(small_warehouse.published) as marts:
            document = seguimiento.follow_up_report(marts, marts.cut(*KEY, None))
        assert len(document.tables) == 2
        path = tmp_path / "report.html"
        path.write_bytes(render(document, "html"))
        return page(path)

    together = tables()
    monkeypatch.setattr(seguimiento, "MONTHS_BESIDE_MONEY", 2)
    apart = tables()
    assert together.elements["table"] == 2
    assert apart.elements["table"] == 3

    def figures(parsed, code):
        found = [row for row in parsed.rows if row[0].startswith(f"{code} - ")]
        return [cell for row in found for cell in row[6:]], found

    for code in ("A1", "A3"):
        whole, _ = figures(together, code)
        parts, rows_ = figures(apart, code)
        assert parts == whole
        assert len(rows_) == 2
    totals = [row for row in apart.rows if row[0].startswith("TOTAL DE")]
    assert totals == [row for row in together.rows if row[0].startswith("TOTAL DE")]


def test_a_long_name_has_room_in_its_merged_cell(published, tmp_path):
    long_name = "Operativos de fiscalización, control y recuperación de espacios públicos " * 4
    with duckdb.connect(str(published.published)) as connection:
        connection.execute("update marts.dim_actividad set nombre = ?", [long_name])
    path = write(published, "seguimiento", *KEY, "xlsx", tmp_path)
    (sheet,) = openpyxl.load_workbook(path).worksheets
    blocks = [
        block
        for block in sheet.merged_cells.ranges
        if str(sheet.cell(block.min_row, block.min_col).value).endswith(long_name)
    ]
    assert len(blocks) == 5
    for block in blocks:
        # Of 8 points on a line of 11, in a column as wide as so many digits of 11.
        letters = sheet.column_dimensions["A"].width * 11 / 8
        lines = len(long_name) / letters
        heights = [
            sheet.row_dimensions[row].height for row in range(block.min_row, block.max_row + 1)
        ]
        assert sum(heights) >= 10 * lines
    # What fits is left to the spreadsheet.
    short = openpyxl.load_workbook(write(published, "evaluacion", *KEY, "xlsx", tmp_path))
    assert {row.height for row in short["Resumen"].row_dimensions.values()} <= {None}


def test_a_long_name_has_room_in_its_own_row(published, tmp_path):
    """LibreOffice leaves a book that names Excel as its writer the heights that it has."""
    long_name = "ACCIONES DE FISCALIZACIÓN Y CONTROL DE ESPACIOS PÚBLICOS " * 4
    with duckdb.connect(str(published.published)) as connection:
        connection.execute("update marts.dim_accion set nombre = ?", [long_name])
    path = write(published, "evaluacion", *KEY, "xlsx", tmp_path)
    sheet = openpyxl.load_workbook(path)["Implementación por OEI y AEI"]
    named = [cell.row for cell in sheet["A"] if str(cell.value).endswith(long_name)]
    assert named
    lines = len(long_name) / (sheet.column_dimensions["A"].width * 11 / 8)
    for row in named:
        assert sheet.row_dimensions[row].height >= 10 * lines
