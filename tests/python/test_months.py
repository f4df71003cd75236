"""A month is named by its number, its name in either country's spelling, or the start of it."""

import pytest

from orchestration.months import means_month


@pytest.mark.parametrize(
    ("text", "month", "name"),
    [
        ("9", 9, "Setiembre"),
        ("09", 9, "Setiembre"),
        ("septiembre", 9, "Setiembre"),
        ("Setiembre", 9, "Setiembre"),
        (" SEP ", 9, "Setiembre"),
        ("set", 9, "Setiembre"),
        ("sept", 9, "Setiembre"),
        ("mar", 3, "Marzo"),
        ("10", 10, "Octubre"),
    ],
)
def test_a_text_that_means_the_month(text, month, name):
    assert means_month(text, month, name)


@pytest.mark.parametrize(
    ("text", "month", "name"),
    [
        ("ma", 3, "Marzo"),
        ("", 3, "Marzo"),
        ("may", 3, "Marzo"),
        ("marzos", 3, "Marzo"),
        ("1", 10, "Octubre"),
        ("0", 10, "Octubre"),
        ("arz", 3, "Marzo"),
    ],
)
def test_a_text_that_does_not(text, month, name):
    assert not means_month(text, month, name)
