"""Pages under test: where they are, and a browser that notes whatever goes wrong in them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import playwright.sync_api as playwright
from playwright.sync_api import Page
from warehouses import half_up

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 812}


@dataclass(frozen=True)
class Board:
    """A dashboard's folder."""

    folder: Path

    def page(self, name: str) -> Path:
        return self.folder / f"{name}.html"

    def plan(self, entity: str, plan: str) -> Path:
        return self.folder / "planes" / entity / plan / "index.html"

    def unit(self, entity: str, plan: str, centre: str) -> Path:
        return self.folder / "planes" / entity / plan / "unidades" / f"{centre}.html"


@dataclass
class Noted:
    """What a page did that no page may do."""

    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


class Browser:
    """A browser that notes whatever goes wrong in a page."""

    def __init__(self, chromium: playwright.Browser):
        self._chromium = chromium

    @contextmanager
    def open(self, path: Path, viewport: dict = DESK, fragment: str = "") -> Iterator[Page]:
        """Open a page by its file, as by double click; the test fails on what the page notes."""
        page = self._chromium.new_page(viewport=viewport)
        noted = Noted()
        page.on("pageerror", lambda error: noted.errors.append(str(error)))
        page.on(
            "console",
            lambda message: (
                noted.errors.append(message.text) if message.type in {"error", "warning"} else None
            ),
        )
        page.on("request", lambda request: noted.requests.append(request.url))
        page.on("requestfailed", lambda request: noted.errors.append(f"failed: {request.url}"))
        try:
            page.goto(path.as_uri() + fragment)
            drawn(page)
            yield page
        finally:
            page.close()
        assert noted.errors == []
        outside = [url for url in noted.requests if not url.startswith(("file://", "data:"))]
        assert outside == []


def drawn(page: Page) -> None:
    """Wait until every section stands and every chart is drawn."""
    if page.locator("[data-seccion]").count():
        page.wait_for_selector("html[data-listo]", state="attached")
        page.wait_for_function(
            "() => [...document.querySelectorAll('.grafico')].every(g => g.querySelector('svg'))"
        )


def percent(value: float | None) -> str:
    """A percentage as the pages write it."""
    return "—" if value is None else f"{half_up(value):,} %"


def money(value: float) -> str:
    return f"{value:,.2f}"


def seen(page: Page, selector: str) -> str:
    """Text of an element as a reader sees it: without what only a screen reader hears."""
    return words(page.locator(selector).first.inner_text())


def words(text: str) -> str:
    """The words of a text, whatever stands between them."""
    return " ".join(text.replace(", ¿por qué?", "").split())
