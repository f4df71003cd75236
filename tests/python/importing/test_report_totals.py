"""What a report prints twice must agree; where it does not, the place is named."""

from datetime import date

import pytest
from report_workbook import cells_changed, report, run, write

from orchestration.errors import SemaforoError

A1, A2, A3 = 8, 10, 14
"""Rows of PROGRAMADO of each AO, from 1."""

WRONG = {
    "physical-accumulated": (
        (A1, 10), 5, "AOI001: PROGRAMADO físico acumulado imprime 5 y sus meses dan 4",
    ),
    "monthly-accumulated": (
        (A3 + 1, 10), 9012, "AOI003: EJECUTADO físico acumulado imprime 9,012 y sus meses dan",
    ),
    "money-accumulated": (
        (A1 + 1, 15), 1000, "AOI001: EJECUTADO financiero acumulado imprime 1,000 y sus meses dan",
    ),
    "advance": ((A1, 11), 51, "AOI001: AVANCE % imprime 51 y se calcula 50"),
    "sp-with-programme": ((A1, 11), "S.P.", "AOI001: imprime S.P. con programación 4"),
    "figure-without-programme": ((A2, 11), 0, "AOI002: imprime 0 % sin programación"),
    "action-mean": ((12, 11), 55, "EJECUCIÓN FÍSICA POR AEI.01.01 imprime 55 y se calcula 50"),
    "action-money": (
        (16, 15), 31, "EJECUCIÓN FINANCIERA POR AEI.01.02 imprime 31 y se calcula 30",
    ),
    "entity-mean": ((17, 15), 62.4, "PROMEDIO DE EJECUCIÓN FÍSICA (de las AO) imprime 62.4"),
    "median": ((18, 15), 100, "MEDIANA imprime 100 y se calcula 62.5"),
    "programmed-money": ((19, 15), 1530.4, "TOTAL DE PROGRAMACIÓN FINANCIERA imprime 1,530.4"),
    "executed-money": ((20, 15), 1, "TOTAL DE EJECUCIÓN FINANCIERA imprime 1 y se calcula"),
    "complete": ((21, 15), 2, "AO CON INFORMACIÓN COMPLETA imprime 2 y se calcula 3"),
    "incomplete": ((22, 15), 1, "AO CON INFORMACIÓN INCOMPLETA imprime 1 y se calcula 0"),
    "not-a-number": ((A1, 7), "x1", "no es un número: «x1»"),
    "a-date": ((A1, 7), date(2024, 2, 1), "no es un número"),
    "negative": ((A1, 7), -1, "PROGRAMADO físico del mes 1 es negativo"),
    "five-decimals": ((A1, 7), 1.00004, "1.00004 se redondea a 4 decimales"),
    "aggregation": ((A1, 5), "Otro", "tipo de agregación «Otro» desconocido"),
    "priority": ((A1, 3), "Altísima", "prioridad «Altísima» desconocida"),
    "no-code": ((A1, 1), "PATRULLAR", "AO sin código: «PATRULLAR»; no se lee"),
    "row-not-known": ((A1 + 1, 6), "AVANCE", "fila con cifras que no se reconoce; no se lee"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_does_not_add_up_is_said_with_its_place(tmp_path, case):
    (row, column), value, message = WRONG[case]
    rows = [list(cells) for cells in report()]
    assert rows[row - 1][column - 1] != value
    rows[row - 1][column - 1] = value
    found = run([write(tmp_path / "r.xlsx", rows)], tmp_path / "out")
    said = [finding for finding in found.result.findings if message in finding.what]
    assert len(said) == 1, found.findings
    place = said[0].place
    assert (place.file, place.sheet, place.row) == ("r.xlsx", "Reporte", row)
    # Whatever is wrong, the CSVs are written.
    assert found.tables["planes"]


def test_a_mean_is_held_against_as_many_decimals_as_it_prints(tmp_path):
    rows = [list(cells) for cells in report()]
    rows[16][14] = 63
    found = run([write(tmp_path / "r.xlsx", rows)], tmp_path / "out")
    assert found.findings == []


def test_months_not_shown_go_to_reported_results(tmp_path):
    """As La Victoria's report: accumulated figures and advance, the executed months illegible."""
    rows = [list(cells) for cells in report()]
    rows[A1][6:9] = ["-----", None, None]
    rows[A2][6:9] = [None] * 3
    found = run([write(tmp_path / "r.xlsx", rows)], tmp_path / "out")
    assert found.findings == []
    common = {"entidad_id": "150115", "plan_id": "poi-2024", "mes_corte": "3", "nivel": "AO",
              "n_actividades": ""}  # fmt: skip
    assert found.tables["resultados_reportados"] == [
        common | {"elemento_id": "AOI001", "programado_fisico": "4", "ejecutado_fisico": "2",
                  "avance_fisico_pct": "50", "programado_financiero": "1500.5",
                  "ejecutado_financiero": "1000.25"},
        common | {"elemento_id": "AOI002", "programado_fisico": "0", "ejecutado_fisico": "0",
                  "avance_fisico_pct": "", "programado_financiero": "0",
                  "ejecutado_financiero": "0"},
    ]  # fmt: skip
    money_only = [row for row in found.tables["metas_ejecutadas"] if not row["ejecucion_fisica"]]
    assert {row["actividad_id"] for row in money_only} == {"AOI001", "AOI002"}


def test_reported_results_given_twice_are_written_once(tmp_path):
    rows = [list(cells) for cells in report()]
    rows[A1][6:9] = ["-----", None, None]
    first = write(tmp_path / "a.xlsx", rows)
    alone = run([first], tmp_path / "one", document="x")
    assert len(alone.tables["resultados_reportados"]) == 1
    for name, second in (("same", first), ("copy", write(tmp_path / "b.xlsx", rows))):
        found = run([first, second], tmp_path / name, document="x")
        assert found.tables == alone.tables


def test_reported_results_that_contradict_each_other_are_refused_with_both_places(tmp_path):
    rows = [list(cells) for cells in report()]
    rows[A1][6:9] = ["-----", None, None]
    other = [list(cells) for cells in rows]
    other[A1][9] = 3
    files = [write(tmp_path / "a.xlsx", rows), write(tmp_path / "b.xlsx", other)]
    with pytest.raises(SemaforoError) as refusal:
        run(files, tmp_path / "out")
    assert str(refusal.value) == (
        "los archivos se contradicen: AOI001, ejecutado_fisico acumulado al corte 3: 2 (a.xlsx, "
        "hoja «Reporte», fila 8) y 3 (b.xlsx, hoja «Reporte», fila 8); importe solo el que vale, "
        "o cada uno en su carpeta y cargue ese al final"
    )
    assert not (tmp_path / "out").exists()


def test_an_incomplete_activity_is_registered_as_far_as_it_goes(tmp_path):
    rows = [list(cells) for cells in report()]
    rows[A1][8] = None
    rows[A1][9] = 1
    rows[A1 - 1][10] = "S.I."
    rows[11][10] = "S.I."
    found = run([write(tmp_path / "r.xlsx", rows)], tmp_path / "out")
    assert "resultados_reportados" not in found.tables
    registered = [
        row["ejecucion_fisica"]
        for row in found.tables["metas_ejecutadas"]
        if row["actividad_id"] == "AOI001"
    ]
    assert registered == ["1", "0", ""]
    assert [text for text in found.findings if "AEI.01.01" in text] == []


def test_an_action_with_a_figure_over_an_incomplete_activity_is_said(tmp_path):
    rows = [list(cells) for cells in report()]
    rows[A1 - 1][10] = "S.I."
    found = run([write(tmp_path / "r.xlsx", rows)], tmp_path / "out")
    assert "EJECUCIÓN FÍSICA POR AEI.01.01 imprime 50 con una AO en S.I." in found.findings


def test_without_execution_counts_as_zero_in_the_mean_of_zed(tmp_path):
    """ZED ILO's annex prints S. E., and its mean of 27 AO counts it as 0."""
    rows = [list(cells) for cells in report()]
    rows[A1 - 1][10] = "S. E."
    rows[A1][6:10] = [None] * 4
    rows[11][10], rows[16][14], rows[17][14] = 0, 37.5, 37.5
    found = run([write(tmp_path / "r.xlsx", rows)], tmp_path / "out", method="zed-ilo")
    assert found.findings == []
    assert "resultados_reportados" not in found.tables


def test_a_text_whose_point_may_separate_thousands_is_said(tmp_path):
    texts = {12000: "12.000", 9000: "9.000"}
    rows = cells_changed(report(), lambda cell: texts.get(cell, cell))
    findings = run([write(tmp_path / "r.xlsx", rows)], tmp_path / "out").findings
    assert len(findings) == 4
    assert findings[0] == (
        "«12.000» se lee como 12; si el punto separa los miles, escriba 12000 y vuelva a importar"
    )


def test_a_point_that_is_decimal_elsewhere_in_the_file_is_no_doubt(tmp_path):
    texts = {12000: "12.000", 9000: "9.000", 500.5: "500.50"}
    rows = cells_changed(report(), lambda cell: texts.get(cell, cell))
    assert run([write(tmp_path / "r.xlsx", rows)], tmp_path / "out").findings == []


def test_what_is_no_number_reaches_the_load_as_it_is_printed(tmp_path):
    rows = report()
    rows[A3 - 1][7] = "(8)"
    rows[A1][6], rows[A1][11] = "#N/A", None
    rows[A1][12] = "pendiente"
    found = run([write(tmp_path / "r.xlsx", rows)], tmp_path / "out")
    assert [one for one in found.findings if "no es un número" in one] == [
        "no es un número: «#N/A»",
        "no es un número: «pendiente»",
        "no es un número: «(8)»",
    ]
    targets = {
        (row["actividad_id"], row["mes"]): row["meta_fisica"]
        for row in found.tables["metas_programadas"]
    }
    assert targets["AOI003", "2"] == "(8)"
    done = {
        row["mes"]: (row["ejecucion_fisica"], row["ejecucion_financiera"])
        for row in found.tables["metas_ejecutadas"]
        if row["actividad_id"] == "AOI001"
    }
    assert done == {"1": ("#N/A", ""), "2": ("0", "pendiente"), "3": ("1", "100.25")}
