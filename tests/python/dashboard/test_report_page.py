"""A report as a page, on a desk and on a phone: `semaforo report --format html`."""

from pathlib import Path

import pytest
from boards import DESK, PHONE
from test_every_page import serious

# Text of a cell that reaches into the next one.
OVERFLOWING = """
    () => [...document.querySelectorAll('th, td')]
        .filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.textContent)
"""

# axe-core takes minutes for ten thousand cells; of rows of one form it finds the same in each.
ALIKE = 5
FEWER_ALIKE = """
    most => {
        const seen = {};
        for (const row of document.querySelectorAll('tbody tr')) {
            const parts = [row, ...row.querySelectorAll('*')];
            const form = parts.map(each => each.className + each.style.cssText).join('|');
            seen[form] = (seen[form] ?? 0) + 1;
            if (seen[form] > most) row.remove();
        }
        return seen;
    }
"""


@pytest.fixture(scope="module")
def pages(shipped, tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    wanted = {
        "evaluacion": ("evaluacion", "301498", "pei-2022"),
        "trimestral": ("seguimiento", "zed-ilo", "poi-2023"),
        "mensual": ("seguimiento", "301264", "poi-2023"),
    }
    for name, (report, entity, plan) in wanted.items():
        done = shipped.run(
            "report", report, "--entidad", entity, "--plan", plan,
            "--out", folder / f"{name}.html",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    return {name: folder / f"{name}.html" for name in wanted}


@pytest.mark.parametrize("report", ["evaluacion", "trimestral", "mensual"])
@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_a_report_is_readable(browser, pages, report, screen) -> None:
    with browser.open(pages[report], screen) as page:
        # A wide table moves within itself, the page stays where it is.
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
        assert page.evaluate(OVERFLOWING) == []
        assert page.evaluate(FEWER_ALIKE, ALIKE)
        assert serious(page) == []


@pytest.mark.parametrize("report", ["trimestral", "mensual"])
@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_headings_and_activities_stay_in_sight(browser, pages, report, screen) -> None:
    with browser.open(pages[report], screen) as page:
        box = page.locator(".wide").first
        box.scroll_into_view_if_needed()
        place = box.evaluate("""
            box => {
                box.scrollTo(150, 900);
                const edge = box.getBoundingClientRect();
                const at = selector => box.querySelector(selector).getBoundingClientRect();
                return {
                    moved: [box.scrollLeft, box.scrollTop],
                    height: edge.height,
                    head: at('thead').top - edge.top,
                    activity: at('td.first').left - edge.left,
                    width: at('td.first').width,
                    heading: at('tr.objective span').left - edge.left,
                };
            }
        """)
        assert place["moved"] == [150, 900]
        assert place["height"] <= screen["height"]
        assert place["head"] == place["activity"] == 0
        assert 0 <= place["heading"] < 10
        assert place["width"] < screen["width"] / 2


def test_on_paper_the_whole_table_stands(browser, pages) -> None:
    with browser.open(pages["mensual"]) as page:
        page.emulate_media(media="print")
        held = page.locator(".wide").first.evaluate(
            "box => [box.scrollHeight - box.clientHeight, getComputedStyle(box).overflow]"
        )
        assert held == [0, "visible"]
