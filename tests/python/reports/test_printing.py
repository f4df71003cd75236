"""Figures are written as Peruvian reports print them."""

from decimal import Decimal

import pytest

from orchestration.reports.document import Cell, Light, Row, Table
from orchestration.reports.printing import COUNT, MONEY, PERCENT, QUANTITY


@pytest.mark.parametrize(
    ("number", "figure", "text"),
    [
        (MONEY, Decimal("1234.5"), "1,234.50"),
        (MONEY, Decimal("0"), "0.00"),
        (MONEY, Decimal("56121891.585"), "56,121,891.59"),
        (PERCENT, 100.0, "100"),
        (PERCENT, 83.5, "83.5"),
        (PERCENT, 2.675, "2.68"),
        (PERCENT, 56.2449999, "56.24"),
        (PERCENT, 56.24499999999999, "56.25"),
        (PERCENT, 22.22222222222222, "22.22"),
        (QUANTITY, Decimal("73479.7100"), "73,479.71"),
        (QUANTITY, Decimal("71000.0000"), "71,000"),
        (QUANTITY, Decimal("0.0001"), "0.0001"),
        (QUANTITY, Decimal("-0.5"), "-0.5"),
        (PERCENT, -0.004, "0"),
        (PERCENT, -0.005, "-0.01"),
        (MONEY, Decimal("-0.00"), "0.00"),
        (COUNT, 288, "288"),
    ],
)
def test_figures_are_rounded_half_up_and_grouped(number, figure, text):
    assert number.text(figure) == text


@pytest.mark.parametrize(
    ("number", "figure", "code"),
    [
        (MONEY, Decimal("1234.5"), "#,##0.00"),
        (PERCENT, 100.0, "#,##0"),
        (PERCENT, 83.5, "#,##0.0"),
        (QUANTITY, Decimal("12019.4100"), "#,##0.00"),
    ],
)
def test_a_spreadsheet_shows_as_many_decimals(number, figure, code):
    assert number.spreadsheet(figure) == code


@pytest.mark.parametrize(
    ("shade", "ink"), [("#ffffff", "#000000"), ("#000000", "#ffffff"), ("#cc3311", "#ffffff")]
)
def test_text_on_a_colour_can_be_read(shade, ink):
    assert Light("R", shade).ink == ink


def test_a_spanned_place_is_not_written_twice():
    table = Table("x", (1, 1, 1), [])
    rows = [
        Row({0: Cell("a", rows=2), 1: Cell("b", columns=2)}),
        Row({1: Cell("c"), 2: Cell("d")}),
        Row({}),
    ]
    placed = [[(at, cell.value) for at, cell in cells] for _, cells in table.grid(rows)]
    assert placed == [
        [(0, "a"), (1, "b")],
        [(1, "c"), (2, "d")],
        [(0, None), (1, None), (2, None)],
    ]
