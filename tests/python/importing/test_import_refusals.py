"""Files and options that can't be imported: one clear line, and nothing is written."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from report_workbook import cells_changed, report, run, write

from orchestration.errors import SemaforoError
from orchestration.importing import workbook
from orchestration.importing.follow_up import years_named

SEMAFORO = Path(sys.executable).parent / "semaforo"


def refused(tmp_path, files, **options) -> str:
    with pytest.raises(SemaforoError) as refusal:
        run(files, tmp_path / "out", **options)
    assert not (tmp_path / "out").exists()
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


BAD_BYTES = {
    "a-csv": (b"entidad_id,plan_id\n1,2\n", "no es un libro XLSX"),
    "empty": (b"", "no es un libro XLSX"),
    "pdf": (b"%PDF-1.7\n", "no es un libro XLSX"),
    "old-xls": (workbook._OLE + b"\0" * 600, "es un XLS antiguo"),
    "encrypted": (
        workbook._OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "está protegido con contraseña",
    ),
}


@pytest.mark.parametrize("case", BAD_BYTES)
def test_what_is_no_workbook(tmp_path, case):
    content, message = BAD_BYTES[case]
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    said = refused(tmp_path, [path])
    assert message in said
    assert "; " in said  # and what to do


def test_a_file_that_is_not_there(tmp_path):
    assert "no se puede leer" in refused(tmp_path, [tmp_path / "no.xlsx"])


def test_a_folder(tmp_path):
    assert "no se puede leer" in refused(tmp_path, [tmp_path])


def test_a_zip_of_something_else(tmp_path):
    path = zipped(tmp_path / "x.xlsx", {"hola.txt": b"hola"})
    assert "no es un libro XLSX" in refused(tmp_path, [path])


def test_a_truncated_workbook(tmp_path):
    path = write(tmp_path / "x.xlsx", report())
    path.write_bytes(path.read_bytes()[:-200])
    assert "no es un libro XLSX, o está dañado" in refused(tmp_path, [path])


def test_a_workbook_with_broken_parts(tmp_path):
    parts = parts_of(write(tmp_path / "x.xlsx", report()))
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet><sheetData><row"
    assert "está dañado" in refused(tmp_path, [zipped(tmp_path / "y.xlsx", parts)])


def test_entities_that_expand_without_end(tmp_path):
    parts = parts_of(write(tmp_path / "x.xlsx", report()))
    entities = ['<!ENTITY a0 "ja">']
    entities += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]
    sheet = parts["xl/worksheets/sheet1.xml"]
    text = b"OEI.01 REDUCIR LA INSEGURIDAD"
    assert text in sheet
    doctype = f"<!DOCTYPE worksheet [{''.join(entities)}]>".encode()
    parts["xl/worksheets/sheet1.xml"] = doctype + sheet.replace(text, b"&a11;")
    assert "está dañado" in refused(tmp_path, [zipped(tmp_path / "y.xlsx", parts)])


def test_a_zip_bomb_is_not_opened(tmp_path):
    parts = parts_of(write(tmp_path / "x.xlsx", report()))
    parts["xl/media/huge.bin"] = bytes(workbook.MAX_UNCOMPRESSED + 1)
    path = zipped(tmp_path / "bomb.xlsx", parts)
    assert path.stat().st_size < 1_000_000
    message = refused(tmp_path, [path])
    assert "ocuparía 256 MiB al abrirlo" in message


def test_a_sheet_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MAX_ROWS", 20)
    path = write(tmp_path / "x.xlsx", report())
    assert "más de 20 filas" in refused(tmp_path, [path])


def test_a_formula_whose_result_was_not_saved(tmp_path):
    path = write(tmp_path / "x.xlsx", report())
    book = openpyxl.load_workbook(path)
    book.active["J8"] = "=SUM(G8:I8)"
    book.active["J9"] = "=SUM(G9:I9)"
    book.save(path)
    message = refused(tmp_path, [path])
    assert "x.xlsx, hoja «Reporte», celda J8 y 1 más: fórmula sin resultado guardado" in message


def test_a_formula_whose_result_was_saved_is_read(tmp_path):
    path = write(tmp_path / "x.xlsx", report())
    parts = parts_of(path)
    sheet = parts["xl/worksheets/sheet1.xml"]
    whole = sheet.replace(
        b'<c r="J8" t="n"><v>4</v></c>', b'<c r="J8"><f>SUM(G8:I8)</f><v>4</v></c>'
    )
    assert whole != sheet
    parts["xl/worksheets/sheet1.xml"] = whole
    found = run([zipped(tmp_path / "y.xlsx", parts)], tmp_path / "out")
    assert found.findings == []


WRONG_LAYOUT = {
    "nothing": ([["hola"]], "ninguna hoja tiene la fila de encabezados"),
    "no-activities": (report()[:7], "no hay ninguna AO"),
    "no-months": (
        [["ACTIVIDAD OPERATIVA", "PROG./ EJE.", "ACUMULADO"], *report()[5:]],
        "fila 1: los encabezados no nombran ningún mes ni trimestre",
    ),
    "action-before-objective": (
        [*report()[:5], *report()[6:]], "fila 6: AEI.01.01 aparece antes que ningún OEI",
    ),
    "activity-before-action": (
        [*report()[:6], *report()[7:]], "fila 7: la AO AOI001 aparece antes que ninguna AEI",
    ),
    "activity-twice": (
        [*report()[:9], *report()[7:]], "la AO AOI001 ya está en la fila 8; deje una",
    ),
    "another-year": (
        [["REPORTE DE SEGUIMIENTO DEL PLAN OPERATIVO INSTITUCIONAL 2019"], *report()[1:]],
        "es del año 2019",
    ),
    "another-year-behind-a-dash": (
        [["REPORTE DE SEGUIMIENTO DEL POI-2022 (R.A. N° 15-2024-MPI)"], *report()[1:]],
        "es del año 2022 («REPORTE DE SEGUIMIENTO DEL POI-2022 (R.A. N° 15-2024-MPI)»), no de 2024",
    ),
    "another-year-in-a-row-of-its-own": (
        [["REPORTE DE SEGUIMIENTO"], ["AÑO:", 2022], *report()[2:-2]], "es del año 2022",
    ),
    "another-year-under-the-table": (
        [["REPORTE DE SEGUIMIENTO"], *report()[1:-2], ["Año: 2022", "< 75%"]], "es del año 2022",
    ),
    "month-twice": (
        cells_changed(report(), lambda cell: "Ene" if cell == "Feb" else cell),
        "fila 4: las columnas G y H llevan el mismo mes, «Ene»",
    ),
    "months-of-another-year": (
        cells_changed(report(), lambda cell: "Feb-22" if cell == "Feb" else cell),
        "es del año 2022 («Feb-22»), no de 2024",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG_LAYOUT)
def test_what_is_no_follow_up_report(tmp_path, case):
    rows, message = WRONG_LAYOUT[case]
    said = refused(tmp_path, [write(tmp_path / "x.xlsx", rows)])
    assert message in said
    assert "; " in said  # and what to do


def test_an_activity_on_two_sheets_is_refused_with_both(tmp_path):
    path = write(tmp_path / "x.xlsx", report())
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book.active).title = "Copia"
    book.save(path)
    assert "hoja «Copia», fila 8: la AO AOI001 ya está en la hoja «Reporte», fila 8; deje una" in (
        refused(tmp_path, [path])
    )


def test_a_second_sheet_of_another_year(tmp_path):
    path = write(tmp_path / "x.xlsx", report())
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet("Antes")
    for row in [["REPORTE DE SEGUIMIENTO DEL POI 2023"], *report()[1:5]]:
        sheet.append(row or [None])
    book.save(path)
    assert "es del año 2023" in refused(tmp_path, [path])


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("REPORTE DE SEGUIMIENTO DEL POI (2024)", {2024}),
        ("REPORTE DE SEGUIMIENTO DEL PEI 2022-2024", {2022, 2023, 2024}),
        ("REPORTE DE SEGUIMIENTO, R.A. N° 521-2022-MPI", set()),
        ("ENERO 2023", {2023}),
        ("ene/23", {2023}),
        ("Trim 1", set()),
        ("12019 ACTIVIDADES", set()),
    ],
)
def test_the_years_that_a_heading_names(text, years):
    assert years_named(text) == years


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"method": "no-hay"}, "--metodologia: «no-hay» no está en metodologias.csv; hay: ceplan"),
        ({"kind": "PDC"}, "--tipo: «PDC» no existe"),
        ({"version_date": "20/12/2023"}, "--fecha-version: «20/12/2023» no es una fecha"),
        ({"registration_date": "ayer"}, "--fecha-registro: «ayer» no es una fecha"),
        ({"version": -1}, "--version: -1 es negativa"),
        ({"version": 1}, "una reprogramación necesita su --fecha-version"),
        ({"government_level": "distrital"}, "use nacional, regional, local"),
        ({"country": "PERU"}, "--pais: «PERU» no tiene la forma dos letras mayúsculas como PE"),
        ({"currency": "soles"}, "--moneda: «soles» no tiene la forma"),
        ({"entity": ""}, "--entidad: está vacío"),
        ({"plan": "\u00a0"}, "--plan: está vacío"),
        ({"entity_name": " "}, "--nombre-entidad: está vacío"),
        ({"plan": "x" * 201}, "--plan: tiene 201 caracteres; caben 200"),
        ({"year": 24}, "--anio: 24 no es un año"),
    ],
)
def test_options_that_mean_nothing(tmp_path, options, message):
    path = write(tmp_path / "x.xlsx", report())
    assert message in refused(tmp_path, [path], **options)


def test_centres_without_their_columns(tmp_path):
    centres = tmp_path / "centros.csv"
    centres.write_text("codigo,nombre\n1,X\n", encoding="utf-8")
    path = write(tmp_path / "x.xlsx", report())
    assert "necesita las columnas centro_costo_id y nombre" in refused(
        tmp_path, [path], centres=centres
    )


CATALOG = "metodologia_id,regla_no_acumulado,sin_seguimiento,ponderacion,promedio_entidad"
WRONG_SIDE_FILES = {
    "no-centres": ("centres", None, "c.csv: no existe"),
    "centres-without-a-column": (
        "centres", "centro_costo_id;otro\r\n1;Gestión\r\n", "las columnas centro_costo_id y nombre",
    ),
    "centres-with-open-quotes": ("centres", 'centro_costo_id,nombre\n"1,a', "leer como CSV"),
    "catalog-without-a-column": (
        "catalogs", "metodologia_id\nceplan\n", "las columnas metodologia_id, regla_no_acumulado",
    ),
    "catalog-of-another-method": (
        "catalogs", f"{CATALOG}\nLa de gestión,a,b,c,d\n", "«ceplan» no está en metodologias.csv",
    ),
    "cap-that-is-no-number": (
        "catalogs", f"{CATALOG},tope_pct\nceplan,a,b,c,d,cien\n", "tope_pct «cien» no es un número",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG_SIDE_FILES)
def test_centres_and_methods_that_cannot_be_read(tmp_path, case):
    option, text, message = WRONG_SIDE_FILES[case]
    path = tmp_path / ("c.csv" if option == "centres" else "metodologias.csv")
    if text is not None:
        path.write_text(text, encoding="cp1252", newline="")
    given = {option: path if option == "centres" else tmp_path}
    assert message in refused(tmp_path, [write(tmp_path / "x.xlsx", report())], **given)


def test_a_folder_with_csvs_is_not_overwritten_unless_asked(tmp_path):
    path = write(tmp_path / "x.xlsx", report())
    out = tmp_path / "out"
    run([path], out)
    (out / "resultados_reportados.csv").write_text("de antes\n", encoding="utf-8")
    with pytest.raises(SemaforoError, match="ya tiene CSV"):
        run([path], out)
    again = run([path], out, replace=True)
    # What this import has no rows for does not stay behind.
    assert "resultados_reportados" not in again.tables


def test_the_command_line_prints_one_line_and_fails(tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(io.BytesIO(b"nada").getvalue())
    done = subprocess.run(
        [SEMAFORO, "import", "reporte-seguimiento", path, "--entidad", "1", "--plan", "p",
         "--anio", "2024", "--out", tmp_path / "out"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert (
        done.stderr == "semaforo: x.xlsx no es un libro XLSX, o está dañado; expórtelo de nuevo\n"
    )


def test_the_command_line_lists_what_does_not_add_up_and_succeeds(tmp_path):
    rows = [list(cells) for cells in report()]
    rows[7][10] = 51
    path = write(tmp_path / "x.xlsx", rows)
    done = subprocess.run(
        [SEMAFORO, "import", "reporte-seguimiento", path, "--entidad", "1", "--plan", "p",
         "--anio", "2024", "--out", tmp_path / "mi importado"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    # A command to copy: a name with a blank is one word of it.
    assert f"semaforo refresh --data '{tmp_path}/mi importado' --warehouse" in done.stdout
    (line,) = [line for line in done.stdout.splitlines() if "AOI001: AVANCE %" in line]
    assert [cell.strip() for cell in line.strip("│").split("│")] == [
        "x.xlsx", "Reporte", "8", "K", "AOI001: AVANCE % imprime 51 y se calcula 50",
    ]  # fmt: skip
    assert (tmp_path / "mi importado" / "planes.csv").exists()
    said = " ".join(done.stdout.split())
    assert "si es nueva, dé --nombre-entidad" in said
    assert said.endswith("--warehouse mi-almacen")


ENTITIES = {
    "labelled": (
        "UNIDAD EJECUTORA: 301264 MUNICIPALIDAD A",
        "Unidad Ejecutora: 301265 MUNICIPALIDAD B",
    ),
    "by-name": ("Pliego: MUNICIPALIDAD A", "Pliego: MUNICIPALIDAD B"),
    "of-our-own-report": ("Municipalidad (301264) · POI 2024", "Municipalidad (m-2) · POI 2024"),
}


def book_of(path, *headings):
    """A sheet for each heading, with activities of its own."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, heading in enumerate(headings):
        sheet = book.create_sheet(f"Hoja {number}")
        for row in [[heading], *with_codes_of(number)]:
            sheet.append(row or [None])
    book.save(path)
    return path


def with_codes_of(number):
    return cells_changed(
        report(),
        lambda cell: cell.replace("AOI", f"AOI{number}") if isinstance(cell, str) else cell,
    )


@pytest.mark.parametrize("case", ENTITIES)
def test_two_entities_in_one_book_or_in_two(tmp_path, case):
    one, other = ENTITIES[case]
    both = refused(tmp_path, [book_of(tmp_path / "x.xlsx", one, other)])
    assert both.startswith(f"x.xlsx, hoja «Hoja 1», fila 1: es de «{other}», y «{one}» está en")
    assert "una sola entidad" in both
    files = [book_of(tmp_path / "a.xlsx", one), book_of(tmp_path / "b.xlsx", other)]
    assert "b.xlsx, hoja «Hoja 0», fila 1" in refused(tmp_path, files)


def test_sheets_of_one_entity_are_joined(tmp_path):
    same = ("UE: 301264 MUNICIPALIDAD A", "UE 0301264: Municipalidad de A")
    assert (
        len(run([book_of(tmp_path / "x.xlsx", *same)], tmp_path / "out").tables["actividades"]) == 6
    )
