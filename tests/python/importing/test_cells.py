"""One cell: a figure however it is written, a state, or nothing."""

import datetime
from decimal import Decimal

import pytest

from orchestration.importing.cells import clean, heading, may_be_thousands, number, state
from orchestration.importing.centres import centre_code


@pytest.mark.parametrize(
    ("cell", "figure"),
    [
        (5, "5"),
        (12019.41, "12019.41"),
        (0.00001, "0.00001"),
        ("5", "5"),
        ("1,234.50", "1234.50"),
        ("1,234,567", "1234567"),
        ("30,000.00", "30000.00"),
        ("4'930,000", "4930000"),
        ("4'930'000.5", "4930000.5"),
        ("1 234.5", "1234.5"),
        ("1.234,50", "1234.50"),
        ("1.234.567,5", "1234567.5"),
        ("22,5", "22.5"),
        ("1,234", "1234"),
        ("0,125", "0.125"),
        ("-0,500", "-0.500"),
        ("12.345", "12.345"),
        ("S/ 10.00", "10.00"),
        ("S/. 1,000.00", "1000.00"),
        ("22.22 %", "22.22"),
        ("\u00a05\u00a0", "5"),
        ("-3", "-3"),
    ],
)
def test_a_figure_is_read_as_it_is_written(cell, figure):
    assert number(cell) == Decimal(figure)


@pytest.mark.parametrize("cell", [None, "", " ", "-", "–", "-----", "\u00a0", "..."])
def test_nothing_is_no_figure(cell):
    assert number(cell) is None


@pytest.mark.parametrize(
    "cell",
    ["abc", "1,2,3", "#REF!", "1e5", "=1+1", "12 5", "1,23.4", True, float("nan"), float("inf"),
     datetime.datetime(2024, 1, 2, tzinfo=datetime.UTC), datetime.date(2024, 1, 2), "NaN",
     "²", "٣"],
)  # fmt: skip
def test_anything_else_is_refused(cell):
    with pytest.raises(ValueError, match="no es un número"):
        number(cell)


@pytest.mark.parametrize(
    ("cell", "letters"),
    [("S.P.", "S.P."), ("S. E.", "S.E."), ("s.i", "S.I."), ("SP", "S.P."), ("S/P", "S.P."),
     ("SPI", None), (0, None), (None, None)],
)  # fmt: skip
def test_states(cell, letters):
    assert state(cell) == letters


@pytest.mark.parametrize(
    ("cell", "doubtful"), [("1.500", True), ("S/ 1.500", True), ("0.500", False), (1.234, False)]
)
def test_only_a_text_may_mean_thousands_by_its_point(cell, doubtful):
    assert may_be_thousands(cell) == doubtful


def test_text_is_one_line_without_ornament():
    assert clean(" A\u00a0 B\n C\u200b ") == "A B C"
    assert heading("Acción  Estratégica") == "ACCION ESTRATEGICA"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SUBGERENCIA DE EDUCACIÓN, CULTURA Y DEPORTE", "SG-EDUCACION-CULTURA-DEPORTE"),
        ("Gerencia de Fiscalización y Control", "G-FISCALIZACION-CONTROL"),
        ("DPD", "DPD"),
        ("ÓRGANO DEL NIÑO", "ORGANO-NINO"),
    ],
)
def test_a_centre_has_the_same_code_however_it_is_accented(name, code):
    assert centre_code(name) == code


def test_that_there_is_no_advance_is_no_figure():
    assert number("sin avance") is None
