"""A corte whose registration is not due yet is shown without a colour, wherever it is shown."""

import re
from pathlib import Path

import openpyxl
import pytest
import small_plan
from test_status import of_year
from warehouses import Warehouse

from orchestration.due import NONE_DUE, waiting, waits

TWO_DUE = "2024-04-15"
MARCH = "El registro de marzo de 2024 está por vencer: sus cifras todavía no llevan color."

# A plan, a corte of it that is not due, and what is said of it.
NOT_DUE = [("poi-2025", "enero", NONE_DUE), ("poi-2024", "marzo", MARCH)]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory) -> Warehouse:
    """Two months of a plan of three are due, and none of the plan of next year."""
    root = tmp_path_factory.mktemp("due")
    tables = small_plan.tables()
    ahead = of_year(tables, "poi-2025", anio=2025) | {"metas_ejecutadas": []}
    tables["metas_ejecutadas"] = [*small_plan.executed_rows(), *small_plan.late_registrations()]
    tables["metas_ejecutadas"][-2]["fecha_registro"] = "2024-03-09"
    tables = {name: [*rows, *ahead.get(name, [])] for name, rows in tables.items()}
    made = Warehouse(root / "warehouse")
    folder = small_plan.write_folder(root / "plan", tables)
    made.refresh("--data", folder, "--as-of", TWO_DUE)
    return made


def report(warehouse: Warehouse, kind: str, plan: str, corte: str, target: Path) -> Path:
    done = warehouse.run(
        "report", kind, "--entidad", "muni", "--plan", plan, "--corte", corte, "--out", target
    )
    assert done.returncode == 0, done.stderr
    return target


def shades(path: Path) -> set[str]:
    """Colours of the bands that fill some cell, but for the cells that name or project."""
    bands = {row["hex"].removeprefix("#").upper() for row in small_plan.tables()["semaforo_bandas"]}
    return {
        cell.fill.fgColor.rgb[2:]
        for sheet in openpyxl.load_workbook(path).worksheets
        if sheet.title != "Proyección a fin de año"
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.fill.fgColor.rgb, str) and cell.fill.fgColor.rgb[2:] in bands
    }


@pytest.mark.parametrize("kind", ["seguimiento", "evaluacion"])
@pytest.mark.parametrize(("plan", "corte", "said"), NOT_DUE)
def test_a_report_has_no_colours_and_says_why(warehouse, tmp_path, kind, plan, corte, said):
    path = report(warehouse, kind, plan, corte, tmp_path / "r.xlsx")
    assert shades(path) == set()
    (first, *_) = openpyxl.load_workbook(path).worksheets
    assert said in [row[0] for row in first.iter_rows(values_only=True)]


@pytest.mark.parametrize("kind", ["seguimiento", "evaluacion"])
def test_a_corte_that_is_due_has_its_colours(warehouse, tmp_path, kind):
    path = report(warehouse, kind, "poi-2024", "febrero", tmp_path / "r.xlsx")
    assert len(shades(path)) > 1


@pytest.mark.parametrize(("plan", "corte", "said"), NOT_DUE)
def test_no_action_is_critical_before_it_is_due(warehouse, tmp_path, plan, corte, said):
    path = report(warehouse, "evaluacion", plan, corte, tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(path)
    for title in ("AEI críticas", "Semaforización"):
        assert [row[0].value for row in book[title].iter_rows()][-1] == said
    summary = {row[0]: row[1] for row in book["Resumen"].iter_rows(values_only=True)}
    assert summary["Meta del año ejecutada hasta el corte (%)"] == "por vencer"


def test_what_is_projected_keeps_its_colour(warehouse, tmp_path):
    path = report(warehouse, "evaluacion", "poi-2025", "enero", tmp_path / "r.html")
    table = path.read_text(encoding="utf-8").split("Proyección a fin de año</h2>")[1]
    assert re.search(r'class="right light" style="background:#', table.split("</table>")[0])


@pytest.mark.parametrize(("plan", "corte", "said"), NOT_DUE)
def test_an_explanation_names_no_colour(warehouse, plan, corte, said):
    done = warehouse.run("explain", "muni", plan, "muni", corte, "--todo")
    assert done.returncode == 0, done.stderr
    text = " ".join(done.stdout.split())
    assert said in text
    assert re.search(r"Avance físico: [\d.]+ % · por vencer", text)
    assert not re.search(r"· (rojo|amarillo|verde)|\((rojo|amarillo|verde)\)", text)


def test_the_colour_that_a_figure_gets_with_its_deadline_is_a_change(warehouse, tmp_path):
    """A3 had its 100 % before March was due; on 1 May it is due, and nothing else came."""
    later = warehouse.copy_to(tmp_path / "warehouse")
    later.refresh("--as-of", "2024-05-01")
    said = " ".join(later.run("explain", "muni", "poi-2024", "A3", "marzo").stdout.split())
    assert "calculada al 15/04/2024, daba 100 %; ahora da 100 % (verde)." in said


def test_status_counts_no_colours_of_what_is_not_due(warehouse):
    shown = warehouse.run("status").stdout
    before, after = shown.split("poi-2025")
    assert "●" not in after
    assert re.search(r"S\.I\. 0, S\.P\. 1", after)
    assert "● R" in before


def test_only_what_is_to_be_registered_waits():
    plan = {"con_seguimiento": True, "corte_exigible": 2, "anio": 2024}
    assert [waits(plan, month) for month in (1, 2, 3)] == [False, False, True]
    assert not waits(plan | {"con_seguimiento": False}, 3)
    assert waits(plan | {"corte_exigible": None}, 1)
    assert waiting(plan, 2, "Febrero") == ""
    assert waiting(plan, 3, "Marzo") == MARCH
