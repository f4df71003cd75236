"""Every kind of page: no error, no request outside, readable by all, on a phone and on paper."""

import json
import subprocess
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from boards import DESK, PHONE, Board

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")

PAGES = {
    "índice": lambda board: board.page("index"),
    "calidad": lambda board: board.page("calidad"),
    "conciliación": lambda board: board.page("conciliacion"),
    "método": lambda board: board.page("metodo"),
    "POI mensual": lambda board: board.plan("301264", "poi-2023"),
    "PEI de acciones e indicadores": lambda board: board.plan("301498", "pei-2022"),
    "POA sin seguimiento": lambda board: board.plan("mdpyep", "poa-2017"),
    "POI trimestral": lambda board: board.plan("zed-ilo", "poi-2023"),
    "unidad": lambda board: board.unit("301264", "poi-2023", "G-GESTION-RECURSOS-HUMANOS"),
    "unidad sin seguimiento": lambda board: board.unit("mdpyep", "poa-2017", "SENAPI"),
}


@pytest.fixture(scope="module", params=PAGES)
def opened(request, browser, shipped_board: Board):
    """Each page in turn, opened once for all tests of this module."""
    with browser.open(PAGES[request.param](shipped_board)) as page:
        yield page


def serious(page, *parts: str) -> list[dict]:
    """Findings of axe-core that are serious or critical, on the whole page or on parts of it."""
    page.evaluate(AXE)
    found = page.evaluate(
        "parts => axe.run(parts.length ? parts : document, {preload: false})", list(parts)
    )
    return [
        {
            "rule": violation["id"],
            "impact": violation["impact"],
            "where": [node["html"][:160] for node in violation["nodes"][:3]],
        }
        for violation in found["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]


def test_axe_finds_nothing_serious(opened) -> None:
    found = serious(opened)
    assert found == [], json.dumps(found, indent=1, ensure_ascii=False)


def test_axe_finds_nothing_serious_in_a_dialog(victoria) -> None:
    victoria.click("#claves .cifra-grande >> nth=0")
    victoria.locator("#porque tbody .cifra").first.click()
    assert serious(victoria) == []


def test_axe_itself_finds_a_fault_that_is_there(browser, shipped_board) -> None:
    with browser.open(shipped_board.page("index")) as page:
        page.evaluate(
            "document.querySelector('#planes label').replaceWith(document.createElement('input'))"
        )
        assert "label" in {finding["rule"] for finding in serious(page)}


def test_a_phone_scrolls_down_and_never_sideways(opened) -> None:
    opened.set_viewport_size(PHONE)
    assert opened.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    opened.set_viewport_size(DESK)


def test_it_prints_on_a4_without_what_paper_cannot_do(opened, tmp_path) -> None:
    heading = opened.locator("h1").inner_text()
    opened.emulate_media(media="print")
    assert not opened.locator(".barra nav").is_visible()
    assert opened.locator(".filtros:visible").count() == 0
    assert opened.locator(".indice-pagina:visible").count() == 0
    opened.emulate_media(media="screen")
    opened.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True, print_background=True)
    facts = subprocess.run(
        ["pdfinfo", tmp_path / "page.pdf"], capture_output=True, text=True, check=True
    ).stdout
    assert "(A4)" in facts
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "page.pdf", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert heading.split()[0] in text


def test_it_names_its_language_title_and_day(opened) -> None:
    assert opened.evaluate("document.documentElement.lang") == "es"
    assert opened.locator("#al-dia").inner_text() == "Datos al 15/02/2024"
    assert opened.title().endswith(" · semáforo")
    assert opened.locator("h1").count() == 1


def test_every_link_leads_to_a_page_that_is_there(opened) -> None:
    targets = opened.evaluate("() => [...document.querySelectorAll('a[href]')].map(a => a.href)")
    missing = {target for target in targets if not Path(unquote(urlsplit(target).path)).is_file()}
    assert missing == set()
