"""A real browser on real pages."""

import pytest
from boards import Board, Browser
from warehouses import Warehouse


@pytest.fixture(scope="session")
def browser(chromium):
    return Browser(chromium)


@pytest.fixture(scope="session")
def shipped(shipped_warehouse) -> Warehouse:
    """The shipped plans as of 2024-02-15, with the dashboard that the refresh drew."""
    return shipped_warehouse


@pytest.fixture(scope="session")
def shipped_board(shipped) -> Board:
    return Board(shipped.root / "dashboard")


@pytest.fixture(scope="session")
def small_board(small_warehouse) -> Board:
    return Board(small_warehouse.root / "dashboard")


@pytest.fixture
def victoria(browser, shipped_board):
    """The page of the largest shipped plan with follow-up: 288 activities."""
    with browser.open(shipped_board.plan("301264", "poi-2023")) as page:
        yield page
