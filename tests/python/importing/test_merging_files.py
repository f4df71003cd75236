"""Several files of one plan: months join, contradictions are refused."""

from datetime import date

import pytest
from report_workbook import header, report, run, write
from rich.console import Console

from orchestration.errors import SemaforoError
from orchestration.importing.showing import print_import


def one_month(month, name):
    rows = []
    for row in report():
        cells = list(row)
        if len(cells) > 5 and cells[5] in {"PROGRAMADO", "EJECUTADO"}:
            rows.append([*cells[:6], cells[5 + month], cells[10 + month]])
        elif cells and str(cells[0]).startswith(("OEI", "AEI", "REPORTE")):
            rows.append(cells)
        elif cells and cells == header()[0]:
            rows.append([*cells[:6], "FISICO", "FINANCIERO"])
            rows.append([*[None] * 6, name, name])
    return rows


def test_months_in_separate_files_are_one_plan(tmp_path):
    whole = run([write(tmp_path / "all.xlsx", report())], tmp_path / "whole")
    files = [
        write(tmp_path / f"{name}.xlsx", one_month(month, name))
        for month, name in ((3, "Mar"), (1, "Ene"), (2, "Feb"))
    ]
    joined = run(files, tmp_path / "joined")
    assert joined.findings == []
    assert joined.result.cuts == {"Ene.xlsx": 1, "Feb.xlsx": 2, "Mar.xlsx": 3}
    for table in ("actividades", "acciones", "objetivos", "centros_costo"):
        assert joined.tables[table] == whole.tables[table]
    for table in ("metas_programadas", "metas_ejecutadas"):
        assert joined.tables[table] == whole.tables[table]


def test_the_same_file_twice_is_the_same_plan(tmp_path):
    first = write(tmp_path / "a.xlsx", report())
    second = write(tmp_path / "b.xlsx", report())
    alone = run([first], tmp_path / "one", document="x")
    assert run([first, second], tmp_path / "two", document="x").tables == alone.tables


def test_figures_that_contradict_each_other_are_refused_with_both_places(tmp_path):
    changed = [list(cells) for cells in report()]
    changed[7][6] = 3
    changed[8][13] = 7
    files = [write(tmp_path / "a.xlsx", report()), write(tmp_path / "b.xlsx", changed)]
    with pytest.raises(SemaforoError) as refusal:
        run(files, tmp_path / "out")
    assert str(refusal.value).startswith(
        "los archivos se contradicen: AOI001, PROGRAMADO físico del mes 1: 1 (a.xlsx, hoja "
        "«Reporte», fila 8) y 3 (b.xlsx, hoja «Reporte», fila 8) (y 1 más)"
    )
    assert not (tmp_path / "out").exists()


def test_a_changed_name_is_said_and_the_later_cut_holds(tmp_path):
    changed = one_month(2, "Feb")
    renamed = [
        [str(cell).replace("PATRULLAR EL", "CUIDAR EL") if cell else cell for cell in row[:1]]
        + row[1:]
        for row in changed
    ]
    files = [
        write(tmp_path / "feb.xlsx", renamed),
        write(tmp_path / "ene.xlsx", one_month(1, "Ene")),
    ]
    found = run(files, tmp_path / "out")
    assert found.tables["actividades"][0]["nombre"] == "CUIDAR EL DISTRITO"
    assert [text for text in found.findings if "el nombre cambia de «PATRULLAR" in text]


def test_monthly_and_quarterly_do_not_mix(tmp_path):
    quarterly = one_month(3, "Trim 1")
    files = [
        write(tmp_path / "m.xlsx", report()),
        write(tmp_path / "t.xlsx", quarterly),
    ]
    with pytest.raises(SemaforoError, match="uno es mensual y el otro trimestral"):
        run(files, tmp_path / "out", method="ceplan")


def test_a_quarterly_report_asks_for_its_method(tmp_path):
    path = write(tmp_path / "t.xlsx", one_month(3, "Trim 1"))
    with pytest.raises(SemaforoError, match="es trimestral: indique --metodologia"):
        run([path], tmp_path / "out")
    found = run([path], tmp_path / "out", method="zed-ilo")
    assert found.tables["planes"][0]["periodicidad"] == "trimestral"
    assert {row["mes"] for row in found.tables["metas_ejecutadas"]} == {"3"}


def test_codes_of_centres_and_dates_as_given(tmp_path):
    centres = tmp_path / "centros.csv"
    centres.write_text(
        "entidad_id,centro_costo_id,nombre\n"
        "otra,9,Gerencia de Seguridad\n150115,03.01,Gerencia de Seguridad\n",
        encoding="utf-8-sig",
    )
    found = run(
        [write(tmp_path / "a.xlsx", report())],
        tmp_path / "out",
        centres=centres,
        version=2,
        version_date="2024-03-01",
        registration_date="2024-05-02",
        entity_name="Municipalidad de Prueba",
        currency="PEN",
    )
    assert {row["centro_costo_id"] for row in found.tables["actividades"]} == {"03.01", "SG-RENTAS"}
    assert {row["version"] for row in found.tables["metas_programadas"]} == {"2"}
    assert {row["fecha_version"] for row in found.tables["metas_programadas"]} == {"2024-03-01"}
    assert found.tables["planes"][0]["fecha_aprobacion"] == ""
    console = Console(record=True, width=200)
    print_import(console, found.result, "out")
    assert "complete fecha_aprobacion en planes.csv" in console.export_text()
    assert {row["fecha_registro"] for row in found.tables["metas_ejecutadas"]} == {"2024-05-02"}
    assert found.tables["entidades"][0]["nombre"] == "Municipalidad de Prueba"


def test_a_month_imported_before_its_deadline_is_registered_that_day(tmp_path):
    path = write(tmp_path / "a.xlsx", report())
    tables = run([path], tmp_path / "out", today=date(2024, 4, 5)).tables
    dates = {row["mes"]: row["fecha_registro"] for row in tables["metas_ejecutadas"]}
    assert dates == {"1": "2024-02-29", "2": "2024-03-31", "3": "2024-04-05"}


def test_centres_as_a_spreadsheet_in_spanish_saves_them(tmp_path):
    centres = tmp_path / "centros.csv"
    text = "centro_costo_id;nombre\r\n03.01;Gerencia de Seguridad\r\n03.02;Gestión\r\n"
    centres.write_text(text, encoding="cp1252", newline="")
    path = write(tmp_path / "a.xlsx", report())
    tables = run([path], tmp_path / "out", centres=centres).tables
    assert {row["centro_costo_id"] for row in tables["actividades"]} == {"03.01", "SG-RENTAS"}
