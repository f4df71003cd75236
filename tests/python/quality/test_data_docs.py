"""The Data Docs of a refresh open by double click, without a network."""

import shutil
from importlib.resources import files

import pytest

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def page(chromium):
    opened = chromium.new_page()
    yield opened
    opened.close()


def test_pages_open_without_a_network(page, shipped_warehouse):
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    docs = shipped_warehouse.root / "data_docs"
    page.goto((docs / "index.html").as_uri())
    links = page.locator("tbody a").evaluate_all("links => links.map(link => link.href)")
    assert len(links) == 5
    for link in links:
        page.goto(link)
        assert page.locator("body").inner_text().strip()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert errors == []


def test_index_counts_what_the_refresh_found(page, shipped_warehouse):
    page.goto((shipped_warehouse.root / "data_docs" / "index.html").as_uri())
    assert page.locator("h1").inner_text() == "Calidad al 15-02-2024"
    cells = page.locator("tbody tr td:last-child").all_inner_texts()
    ((found,),) = shipped_warehouse.query("select count(*) from marts.fct_alerta")
    assert sum(map(int, cells)) == found


def test_index_says_what_it_is_and_leads_to_the_dashboard_that_is_there(
    page, shipped_warehouse, tmp_path
):
    index = shipped_warehouse.root / "data_docs" / "index.html"
    page.goto(index.as_uri())
    names = page.locator("tbody th a").all_inner_texts()
    assert names == ["Seguimiento", "Programación", "Resultados", "Carga", "Integridad"]
    assert "Qué encontró la última revisión de los datos" in page.locator("main").inner_text()
    page.get_by_role("link", name="Ir al tablero").click()
    assert page.url == (shipped_warehouse.root / "dashboard" / "index.html").as_uri()
    alone = tmp_path / "data_docs" / "index.html"
    alone.parent.mkdir()
    shutil.copyfile(index, alone)
    page.goto(alone.as_uri())
    assert not page.locator("#tablero").is_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_index_fits_the_screen(page, shipped_warehouse, width):
    page.set_viewport_size({"width": width, "height": 844})
    page.goto((shipped_warehouse.root / "data_docs" / "index.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.evaluate(AXE)
    found = page.evaluate("() => axe.run(document, {preload: false})")["violations"]
    assert [v["id"] for v in found if v["impact"] in {"serious", "critical"}] == []


def test_page_of_a_suite_says_what_a_finding_means(page, shipped_warehouse):
    page.goto((shipped_warehouse.root / "data_docs" / "index.html").as_uri())
    page.get_by_role("link", name="seguimiento").click()
    text = page.locator("body").inner_text()
    assert "S05. Gasto sin avance físico" in text
    assert "AOI30126400136" in text
    page.screenshot(path=str(shipped_warehouse.root / "data_docs.png"))
