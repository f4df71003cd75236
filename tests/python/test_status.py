"""What the semáforo on a terminal says of plans that have no light, no corte or no detail."""

import io
import re
import time

import duckdb
import pytest
import small_plan
from rich.console import Console
from warehouses import Warehouse

from orchestration.progress import StageProgress
from orchestration.settings import WarehousePaths
from orchestration.status import print_status
from orchestration.terminal import light_style


def of_year(tables: dict, plan_id: str, **changes) -> dict:
    """The rows of the small plan under another plan_id."""
    return {
        name: [row | {"plan_id": plan_id} | (changes if name == "planes" else {}) for row in rows]
        for name, rows in tables.items()
        if name not in {"metodologias", "semaforo_bandas", "entidades", "centros_costo"}
    }


@pytest.fixture(scope="module")
def odd_warehouse(tmp_path_factory) -> Warehouse:
    """A plan of a method without bands, one without programming, one of which nothing is due.

    And one whose method weighs, without weights.
    """
    tables = small_plan.tables()
    ahead = of_year(tables, "poi-2025", anio=2025) | {"metas_ejecutadas": []}
    bare = {"planes": of_year(tables, "poi-2026", anio=2026)["planes"]}
    weighed = of_year(tables, "poi-2023", anio=2023, metodologia_id="pesos")
    tables["metodologias"].append(small_plan.METHOD | {"metodologia_id": "mia"})
    tables["metodologias"].append(
        small_plan.METHOD
        | {"metodologia_id": "pesos", "ponderacion": "ponderada", "sin_seguimiento": "cero"}
    )
    tables["planes"] = [row | {"metodologia_id": "mia"} for row in tables["planes"]]
    # Complete, so that there is an advance that has no light.
    tables["metas_ejecutadas"] = [
        *tables["metas_ejecutadas"],
        small_plan.executed_row("A5", 2, "2024-03-10", 5),
    ]
    root = tmp_path_factory.mktemp("odd")
    for more in (weighed | {"metas_ejecutadas": []}, ahead, bare):
        tables = {name: [*rows, *more.get(name, [])] for name, rows in tables.items()}
    folder = small_plan.write_folder(root / "plan", tables)
    warehouse = Warehouse(root / "warehouse")
    done = warehouse.refresh("--data", folder, "--as-of", small_plan.AS_OF)
    (root / "stdout").write_text(done.stdout, encoding="utf-8")
    return warehouse


def cells(text: str) -> list[list[str]]:
    return [re.split(r" {2,}", line.strip()) for line in text.splitlines()]


def test_a_plan_whose_method_has_no_bands_is_shown_without_a_light(odd_warehouse):
    """The mean of 83.33, 75, 100 and 100: A4 has no programming."""
    shown = cells((odd_warehouse.root.parent / "stdout").read_text(encoding="utf-8"))
    at = shown.index(["Municipalidad de Prueba", "89.58 %", "prog. 360.00", "5 AO"])
    assert shown[at + 1][-2:] == ["ejec. 210.50", "S.I. 0, S.P. 1"]
    assert ["La metodología mia no tiene bandas de semáforo: sus avances salen sin color"] in shown


def test_a_plan_without_weights_has_no_advance(odd_warehouse):
    """Nothing is missing of it, but complete is not what it is."""
    shown = cells(odd_warehouse.run("status").stdout)
    assert ["Municipalidad de Prueba", "sin avance"] in [row[:2] for row in shown]
    assert not [row for row in shown if "completo" in row]


@pytest.mark.parametrize("report", ["seguimiento", "evaluacion"])
def test_a_plan_without_weights_has_reports_that_say_so(odd_warehouse, tmp_path, report):
    out = tmp_path / "r.html"
    done = odd_warehouse.run(
        "report", report, "--entidad", "muni", "--plan", "poi-2023", "--out", out
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert ">sin avance<" in out.read_text(encoding="utf-8")
    assert ">completo<" not in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("report", ["seguimiento", "evaluacion"])
def test_a_plan_whose_method_has_no_bands_has_its_reports(odd_warehouse, tmp_path, report):
    done = odd_warehouse.run(
        "report", report, "--entidad", "muni", "--plan", "poi-2024", "--out", tmp_path / "r.html"
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_plan_whose_method_has_no_bands_is_explained(odd_warehouse):
    done = odd_warehouse.run("explain", "muni", "poi-2024", "muni", "3")
    assert (done.returncode, done.stderr) == (0, "")
    assert "89.58 %" in done.stdout


def test_a_plan_of_which_no_month_is_due_says_so(odd_warehouse):
    shown = cells(odd_warehouse.run("status").stdout)
    at = shown.index(["Municipalidad de Prueba", "0.00 %", "prog. 110.00", "5 AO"])
    assert shown[at + 1][:2] == ["poi-2025, enero 2025", "ningún mes exigible todavía"]


def test_only_a_plan_of_which_no_month_is_due_says_so(odd_warehouse, shipped_warehouse):
    for warehouse, times in ((odd_warehouse, 1), (shipped_warehouse, 0)):
        assert warehouse.run("status").stdout.count("ningún mes exigible") == times


def test_a_plan_without_programming_is_listed(odd_warehouse):
    shown = cells(odd_warehouse.run("status").stdout)
    at = shown.index(["Municipalidad de Prueba", "sin metas programadas", "—", "—"])
    assert shown[at + 1] == ["poi-2026, 2026"]


def test_activities_that_nobody_reports_one_by_one_are_not_counted_by_colour(shipped_warehouse):
    shown = cells(shipped_warehouse.run("status").stdout)
    at = next(number for number, row in enumerate(shown) if row[0].endswith("Provincial de Ilo"))
    assert shown[at][-1] == "281 AO"
    assert shown[at + 1][-1] == "sin detalle de actividades"
    assert shown[at + 2] == ["PEN, 145.50 %"]


def test_activities_without_follow_up_are_not_counted_by_colour(shipped_warehouse):
    shown = cells(shipped_warehouse.run("status").stdout)
    at = next(number for number, row in enumerate(shown) if row[0].startswith("Ministerio"))
    assert [row[-1] for row in shown[at : at + 3]] == ["397 AO", "ejec. —", "BOB, —"]


LIGHTS = {
    "standard": {"R": "31", "A": "33", "V": "32"},
    "truecolor": {"R": "38;2;204;51;17", "A": "38;2;221;170;51", "V": "38;2;0;153;136"},
    None: {},
}


@pytest.mark.parametrize("colours", LIGHTS)
def test_a_light_has_its_colour_on_every_terminal(shipped_warehouse, colours):
    written = io.StringIO()
    console = Console(file=written, width=120, force_terminal=True, color_system=colours)
    print_status(console, WarehousePaths(shipped_warehouse.root))
    found = re.findall(r"\x1b\[([\d;]+)m●\x1b\[0m ([RAV])", written.getvalue())
    assert {letter: code for code, letter in found} == LIGHTS[colours]


def test_orange_is_no_red_among_sixteen_colours():
    few = Console(color_system="standard", force_terminal=True)
    many = Console(color_system="256", force_terminal=True)
    assert light_style(few, "naranja", "#ee7733") == "yellow"
    assert light_style(many, "naranja", "#ee7733") == "#ee7733"


def test_weights_that_sum_to_nothing_are_said(weightless):
    shown = cells(weightless.run("status").stdout)
    assert [row[1] for row in shown if len(row) > 2][1:3] == ["sin avance", "los pesos suman 0"]


def test_no_figure_is_cut_where_an_advance_and_money_are_long(published):
    with duckdb.connect(str(published.published)) as connection:
        connection.execute("""
            update marts.fct_avance_entidad set avance_fisico_pct = 100000,
                mediana_actividades_pct = 100000, avance_financiero_pct = 100000,
                programado_financiero = 99999999999.99, ejecutado_financiero = 12345678901.23,
                n_actividades = 12345, n_si = 1234, n_sp = 2345, semaforo_fisico = 'verde'
        """)
    written = io.StringIO()
    console = Console(file=written, width=80, force_terminal=True, color_system=None)
    print_status(console, WarehousePaths(published.root))
    shown = written.getvalue()
    assert max(map(len, shown.splitlines())) <= 80
    assert "…" not in shown
    for figure in (
        "● V 100,000.00 % ",
        " 99,999,999,999.99 ",
        " 12,345,678,901.23 ",
        " 12,345 AO ",
        "S.I. 1,234,",
        "S.P. 2,345 ",
    ):
        assert figure in shown
    assert shown.count(" 100,000.00 % ") == 3


@pytest.mark.parametrize(
    ("limit", "shown", "last"),
    [
        (None, 4, None),
        (4, 4, None),
        (3, 3, "… y otro plan: «semaforo status» los muestra todos"),
        (1, 1, "… y otros 3 planes: «semaforo status» los muestra todos"),
    ],
)
def test_what_is_left_out_is_counted(odd_warehouse, limit, shown, last):
    written = io.StringIO()
    print_status(Console(file=written, width=120), WarehousePaths(odd_warehouse.root), limit)
    lines = written.getvalue().splitlines()
    assert sum(bool(re.search(r"poi-20\d\d, ", line)) for line in lines) == shown
    assert [line for line in lines if line.startswith("…")] == ([last] if last else [])


def test_a_name_gives_the_terminal_no_orders(published):
    with duckdb.connect(str(published.published)) as connection:
        name = "Muni\x1b]0;otro\x07 \u202eabc\nsegunda"
        connection.execute("update marts.dim_entidad set nombre = ?", [name])
    written = io.StringIO()
    console = Console(file=written, width=120, force_terminal=True, color_system=None)
    print_status(console, WarehousePaths(published.root))
    assert "  Muni·]0;otro· ·abc·segunda " in written.getvalue()
    assert not re.search("[\x1b\x07\u202e]", written.getvalue())


def test_a_plan_being_drawn_gives_the_terminal_no_orders():
    written = io.StringIO()
    progress = StageProgress(Console(file=written, force_terminal=True, color_system=None), 1)
    with progress.stage("Tablero"):
        progress.step("Muni\x1b]0;otro\x07", 1, 2)
        # Ten times a second it is drawn.
        time.sleep(0.5)
    assert "Muni·]0;otro·" in written.getvalue()
    assert "\x1b]" not in written.getvalue()
