"""A corte whose registration is not due has no colour and no execution: nothing is late yet."""

from collections.abc import Iterator
from datetime import date

import pytest
import small_plan
from boards import DESK, PHONE, Board, percent, seen, words
from test_every_page import serious
from warehouses import Warehouse

PLAN = ("muni", "poi-2024")
TWO_DUE, NONE_DUE = "2024-04-15", "2024-02-15"
LAST_DAY_OF_JANUARY = "2024-02-29"


def falling_plan() -> dict[str, list[dict]]:
    """The small plan, but that A2's accumulated target falls: 4, 36, 12."""
    tables = small_plan.tables()
    for row in tables["metas_programadas"]:
        if (row["actividad_id"], row["mes"]) == ("A2", 2):
            row["meta_fisica"] = 36
    return tables


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory) -> Warehouse:
    root = tmp_path_factory.mktemp("due")
    folder = small_plan.write_folder(root / "plan", falling_plan())
    made = Warehouse(root / "warehouse")
    made.refresh("--data", folder, "--as-of", TWO_DUE)
    return made


@pytest.fixture(scope="module")
def early(tmp_path_factory) -> Warehouse:
    """The last day on which January may be registered."""
    root = tmp_path_factory.mktemp("early")
    folder = small_plan.write_folder(root / "plan", small_plan.tables())
    made = Warehouse(root / "warehouse")
    made.refresh("--data", folder, "--as-of", LAST_DAY_OF_JANUARY)
    return made


@pytest.fixture
def page(browser, warehouse) -> Iterator:
    with browser.open(Board(warehouse.root / "dashboard").plan(*PLAN)) as opened:
        yield opened


def option(page, section: str) -> dict:
    """What a section's chart was given to draw."""
    return page.evaluate(
        """
        section => {
            const S = Semaforo;
            const drawing = S.grafico;
            let given = null;
            S.grafico = (place, { opciones }) => { given = JSON.parse(JSON.stringify(opciones)); };
            S.secciones[section](document.createElement('div'), S.p);
            S.grafico = drawing;
            return given;
        }
        """,
        section,
    )


def values(option: dict, name: str) -> list:
    (series,) = [series for series in option["series"] if series["name"] == name]
    return [point["value"] if isinstance(point, dict) else point for point in series["data"]]


def test_execution_ends_where_the_due_months_do(page, warehouse) -> None:
    rows = warehouse.query("""
        select programado_anual_pct, ejecutado_anual_pct, avance_financiero_pct
        from marts.fct_avance_entidad order by mes_corte
    """)
    curve = option(page, "curva")
    assert values(curve, "Programado") == pytest.approx([row[0] for row in rows])
    assert values(curve, "Ejecutado")[:2] == pytest.approx([row[1] for row in rows[:2]])
    assert values(curve, "Ejecutado")[2:] == [None]
    bars = option(page, "meses")
    assert values(bars, "Dinero")[:2] == pytest.approx([row[2] for row in rows[:2]])
    assert values(bars, "Dinero")[2:] == [None]
    assert values(bars, "Físico")[2] is None
    assert values(bars, "Físico parcial")[1] is not None
    page.locator("#meses summary").click()
    assert page.locator("#meses tbody tr").count() == 2


def test_the_map_shows_what_is_programmed_of_a_month_to_come(page) -> None:
    shown = page.evaluate("""
        () => Object.fromEntries([...document.querySelectorAll('#calor tbody tr')].map(tr =>
            [tr.querySelector('.codigo').textContent, tr.querySelectorAll('td')[2]])
            .map(([code, td]) => [code, [td.textContent, td.getAttribute('aria-label')]]))
    """)
    waits = "por vencer, con programación"
    assert shown == {name: ["P", waits] for name in ("A1", "A2", "A3", "A5")} | {
        "A4": ["", "por vencer, sin programación"]
    }
    assert waits in seen(page, "#calor .leyenda")
    assert page.locator("#calor tbody td[style]").count() > 0


def test_a_corte_that_is_not_due_is_shown_without_colours(page, warehouse) -> None:
    page.select_option("#corte select", "3")
    page.wait_for_selector("html[data-listo]", state="attached")
    ((money,),) = warehouse.query(
        "select avance_financiero_pct from marts.fct_avance_entidad where mes_corte = 3"
    )
    assert seen(page, "#claves .clave-cifra >> nth=2") == f"por vencer {percent(money)}"
    assert page.locator("#claves .luz, #semaforo .luz, #arbol .luz, #unidades .luz").count() == 0
    assert "El registro de marzo de 2024 está por vencer" in seen(page, "#semaforo")
    page.select_option("#corte select", "2")
    page.wait_for_selector("html[data-listo]", state="attached")
    assert page.locator("#claves .luz").count() > 0


def test_the_axis_reaches_what_is_programmed(page, warehouse) -> None:
    ((highest,),) = warehouse.query(
        "select max(programado_anual_pct) from marts.fct_avance_entidad"
    )
    assert highest > 100
    assert option(page, "curva")["yAxis"]["max"] >= highest
    assert "lo programado no tiene tope" in words(page.locator("#curva").inner_text())


def test_the_curve_says_up_to_which_month_the_programming_reaches(page, browser, shipped_board):
    reaches = "La programación cargada llega hasta"
    assert f"{reaches} marzo de 2024" in words(page.locator("#curva").inner_text())
    with browser.open(shipped_board.plan("301264", "poi-2023")) as victoria:
        assert f"{reaches} junio de 2023" in words(victoria.locator("#curva").inner_text())
    with browser.open(shipped_board.plan("zed-ilo", "poi-2023")) as whole_year:
        assert reaches not in words(whole_year.locator("#curva").inner_text())


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_before_the_first_month_is_due_nothing_has_a_colour(browser, early, screen) -> None:
    board = Board(early.root / "dashboard")
    with browser.open(board.plan(*PLAN), screen) as page:
        for section in ("claves", "semaforo", "curva", "meses", "peores", "calor"):
            text = words(page.locator(f"#{section}").inner_text())
            assert "Ningún mes exigible todavía." in text, section
        assert page.locator("#claves .luz, #arbol .luz, #calor td[style]").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") == screen["width"]
        assert serious(page) == []
    with browser.open(board.page("index"), screen) as page:
        row = words(page.locator("#planes tbody tr").inner_text())
        assert "por vencer" in row
        assert "Ningún mes exigible todavía" in row
        assert page.locator("#planes .luz").count() == 0


def test_a_month_is_due_on_the_day_after_its_last(browser, early) -> None:
    ((before, current),) = early.query("select fecha_reporte, corte_vigente from marts.dim_plan")
    assert (before, current) == (date(2024, 2, 29), 1)
    early.refresh("--as-of", "2024-03-01")
    with browser.open(Board(early.root / "dashboard").plan(*PLAN)) as page:
        assert page.locator("#claves .luz").count() > 0
        assert "Ningún mes exigible" not in words(page.locator("main").inner_text())
