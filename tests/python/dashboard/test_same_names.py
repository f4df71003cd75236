"""Where two things have one name, their codes tell them apart; elsewhere no code is shown."""

import io

import duckdb
import pytest
from boards import Board, words
from rich.console import Console
from warehouses import Warehouse

from orchestration.alerts.findings import Unit
from orchestration.alerts.listing import UnitLine, print_units
from orchestration.settings import WarehousePaths
from orchestration.status import print_status

NAME = "Municipalidad de Prueba"


@pytest.fixture
def namesakes(published) -> Warehouse:
    """The small plan, and the same of another entity of the same name."""
    with duckdb.connect(str(published.published)) as connection:
        for table in ("dim_entidad", "dim_plan", "fct_avance_entidad"):
            connection.execute(
                f"insert into marts.{table} by name "
                f"select * replace ('otra' as entidad_id) from marts.{table}"
            )
    return published


def status(warehouse: Warehouse) -> str:
    written = io.StringIO()
    print_status(Console(file=written, width=120), WarehousePaths(warehouse.root))
    return written.getvalue()


def test_status_tells_entities_of_one_name_apart(namesakes, small_warehouse):
    shown = status(namesakes)
    assert f"{NAME} (muni)" in shown
    assert f"{NAME} (otra)" in shown
    assert "(muni)" not in status(small_warehouse)


def test_the_first_page_tells_entities_of_one_name_apart(browser, namesakes, small_warehouse):
    done = namesakes.run("dashboard")
    assert done.returncode == 0, done.stderr
    shown = {}
    for warehouse in (namesakes, small_warehouse):
        with browser.open(Board(warehouse.root / "dashboard").page("index")) as page:
            links = page.locator("#planes a.entidad").all_inner_texts()
            shown[warehouse] = [words(link) for link in links]
    assert shown == {namesakes: [f"{NAME} muni", f"{NAME} otra"], small_warehouse: [NAME]}


def test_the_first_page_tells_plans_of_one_name_apart(browser, published):
    with duckdb.connect(str(published.published)) as connection:
        for table in ("dim_plan", "fct_avance_entidad"):
            connection.execute(
                f"insert into marts.{table} by name "
                f"select * replace ('poi-bis' as plan_id) from marts.{table}"
            )
    done = published.run("dashboard")
    assert done.returncode == 0, done.stderr
    with browser.open(Board(published.root / "dashboard").page("index")) as page:
        shown = [words(text) for text in page.locator("#planes tbody th").all_inner_texts()]
    assert [" ".join(text.split()[-7:]) for text in shown] == [
        f"POI 2024 {plan} · a marzo 2024" for plan in ("poi-2024", "poi-bis")
    ]


def listed(*units: Unit) -> str:
    written = io.StringIO()
    lines = [UnitLine(unit, 1, None, "nadie") for unit in units]
    print_units(Console(file=written, width=120), lines, "15/05/2024")
    return written.getvalue()


def test_who_is_told_of_alerts_is_not_cut_at_80_columns():
    written = io.StringIO()
    unit = Unit("muni", "CC.1", NAME, "Subgerencia de Administración Tributaria y Rentas")
    to = "g…@municipalidad-distrital.example (de Gerencia Municipal)"
    console = Console(file=written, width=80, force_terminal=True, color_system=None)
    print_units(console, [UnitLine(unit, 12345, None, to)], "15/05/2024")
    shown = written.getvalue()
    assert max(map(len, shown.splitlines())) <= 80
    assert "12,345 hallazgos" in shown
    assert " 12,345 " in shown
    column = "".join(line[58:].strip() for line in shown.splitlines()[4:-2])
    assert "municipalidad-distrital.example" in column


def test_alerts_tell_units_of_one_name_apart():
    here = Unit("muni", "CC.1", NAME, "Gerencia")
    there = Unit("otra", "CC.1", NAME, "Gerencia")
    shown = listed(here, there)
    assert f"{NAME} (muni)" in shown
    assert f"{NAME} (otra)" in shown
    assert "(CC.1)" not in shown
    shown = listed(here, Unit("muni", "CC.7", NAME, "Gerencia"))
    assert "(muni)" not in shown
    assert "Gerencia (CC.1)" in shown
    assert "Gerencia (CC.7)" in shown
    shown = listed(here, Unit("otra", "CC.1", "Otra", "Gerencia"), Unit("", "", "", ""))
    assert "(" not in shown
