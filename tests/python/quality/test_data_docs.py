"""The Data Docs of a refresh open by double click, without a network."""

import pytest
from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def page():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser.new_page()
        browser.close()


def test_pages_open_without_a_network(page, shipped_warehouse):
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    docs = shipped_warehouse.root / "data_docs"
    page.goto((docs / "index.html").as_uri())
    links = page.locator("a").evaluate_all("links => links.map(link => link.href)")
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


def test_page_of_a_suite_says_what_a_finding_means(page, shipped_warehouse):
    page.goto((shipped_warehouse.root / "data_docs" / "index.html").as_uri())
    page.get_by_role("link", name="seguimiento").click()
    text = page.locator("body").inner_text()
    assert "S05. Gasto sin avance físico" in text
    assert "AOI30126400136" in text
    page.screenshot(path=str(shipped_warehouse.root / "data_docs.png"))
