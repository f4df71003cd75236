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


@pytest.fixture(scope="module")
def pages(shipped, tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    wanted = {"evaluacion": ("301498", "pei-2022"), "seguimiento": ("zed-ilo", "poi-2023")}
    for report, (entity, plan) in wanted.items():
        done = shipped.run(
            "report", report, "--entidad", entity, "--plan", plan,
            "--out", folder / f"{report}.html",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    return {report: folder / f"{report}.html" for report in wanted}


@pytest.mark.parametrize("report", ["evaluacion", "seguimiento"])
@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_a_report_is_readable(browser, pages, report, screen) -> None:
    with browser.open(pages[report], screen) as page:
        # A wide table moves within itself, the page stays where it is.
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
        assert page.evaluate(OVERFLOWING) == []
        assert serious(page) == []
