"""Commitments on the page of a plan and of a unit."""

from boards import seen, words


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
