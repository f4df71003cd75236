"""Commitments on the page of a plan and of a unit."""

import pytest
import small_plan
from boards import Board, seen, words
from warehouses import Warehouse


def test_plan_page_lists_what_the_evaluation_asks_for(browser, shipped_board, shipped) -> None:
    with browser.open(shipped_board.plan("301498", "pei-2022")) as page:
        assert "26 compromisos: 26 abiertos, 5 vencidos." in seen(page, "#compromisos .resumen")
        rows = page.locator("#compromisos tbody tr")
        shown = [words(text) for text in rows.locator("th .codigo").all_inner_texts()]
        expected = shipped.query("""
            select compromiso_id from marts.fct_compromiso where entidad_id = '301498'
            order by not abierto, fecha_limite nulls last, compromiso_id
        """)
        assert shown == [code for (code,) in expected]
        rows.first.locator(".cifra").click()
        assert "31/12/2023" in seen(page, "#porque")
        assert "mpi-2022-evaluacion-pei" in seen(page, "#porque")


def test_unit_page_lists_its_own(browser, shipped_board) -> None:
    with browser.open(shipped_board.unit("301498", "pei-2022", "03.09.05")) as page:
        shown = page.locator("#compromisos tbody th .codigo").all_inner_texts()
        assert [words(text) for text in shown] == ["OEI.02-2", "OEI.02-4"]


def test_plan_without_commitments_has_no_such_section(victoria) -> None:
    assert victoria.locator("#compromisos").count() == 0


def commitment(name: str, day: str, state: str, due: str, **others: object) -> dict:
    return small_plan.KEYS | {
        "compromiso_id": name,
        "fecha_registro": day,
        "recomendacion": f"Recomendación {name}",
        "centro_costo_id": "CC.9",
        "fecha_limite": due,
        "estado": state,
        **others,
    }


@pytest.fixture(scope="module")
def own(tmp_path_factory) -> Board:
    """Commitments of a unit without activities: overdue by little and by long, done late."""
    root = tmp_path_factory.mktemp("commitments")
    tables = small_plan.tables()
    tables["centros_costo"].append(
        {"entidad_id": "muni", "centro_costo_id": "CC.9", "nombre": "Unidad sin actividades"}
    )
    tables["compromisos"] = [
        commitment("C1", "2024-01-10", "en_proceso", "2024-05-13", avance_pct=25),
        commitment("C2", "2023-01-10", "pendiente", "2023-03-31"),
        commitment("C2", "2023-04-10", "pendiente", "2023-12-31"),
        commitment("C3", "2024-01-10", "pendiente", "2024-02-29", elemento_id="A1"),
        commitment(
            "C3", "2024-03-01", "cumplido", "2024-02-29", elemento_id="A1", evidencia="Acta"
        ),
    ]
    warehouse = Warehouse(root / "warehouse")
    folder = small_plan.write_folder(root / "data", tables)
    warehouse.refresh("--data", folder, "--as-of", small_plan.AS_OF)
    return Board(warehouse.root / "dashboard")


def test_matrix_has_what_an_evaluation_asks_of_each(browser, own) -> None:
    """As of 2024-05-15: C1 two days late; C2, put off once, 136; C3 done the day after."""
    with browser.open(own.plan("muni", "poi-2024")) as page:
        rows = [words(text) for text in page.locator("#compromisos tbody tr").all_inner_texts()]
        assert [row.split()[0] for row in rows] == ["C2", "C1", "C3"]
        assert "31/12/2023 aplazada 1 vez" in rows[0]
        assert rows[0].endswith("Vencido hace 136 días")
        assert "En proceso 25.00 %" in rows[1]
        assert rows[1].endswith("Vencido hace 2 días")
        assert "A1 Actividad A1" in rows[2]
        assert rows[2].endswith("Cumplido Acta Cumplido fuera de plazo")
        page.locator("#compromisos tbody tr").nth(2).locator(".cifra").last.click()
        asked = seen(page, "#porque")
        assert (
            "Se registró como cumplido el 01/03/2024; su fecha límite era el 29/02/2024." in asked
        )
        assert "Vence el día siguiente" not in asked


def test_finding_shows_its_own_gravity(browser, own) -> None:
    """R08 is media, and alta beyond 90 days."""
    with browser.open(own.plan("muni", "poi-2024")) as page:
        alert = page.locator("#alertas details", has_text="Compromiso vencido")
        assert words(alert.locator("summary").inner_text()).startswith("Alta 1 Media 1")
        alert.locator("summary").click()
        alert.locator("tbody tr").first.wait_for()
        rows = [words(text) for text in alert.locator("tbody tr").all_inner_texts()]
        assert [row.split()[:2] for row in rows] == [["C2", "Alta"], ["C1", "Media"]]
    with browser.open(own.page("calidad")) as page:
        row = page.locator("#reglas tbody tr", has_text="Compromiso vencido")
        assert "Alta 1Media 1" in words(row.inner_text())


def test_unit_without_activities_has_a_page_of_its_commitments(browser, own) -> None:
    """The alerts that it is sent link there."""
    with browser.open(own.unit("muni", "poi-2024", "CC.9")) as page:
        assert page.locator("#claves").count() == 0
        assert page.locator("#compromisos tbody tr").count() == 3
        assert "Compromiso vencido" in seen(page, "#alertas")
    with browser.open(own.plan("muni", "poi-2024")) as page:
        link = page.locator("#compromisos tbody a", has_text="Unidad sin actividades").first
        assert link.get_attribute("href") == "unidades/CC.9.html"
