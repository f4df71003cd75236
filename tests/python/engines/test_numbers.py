"""Numbers in the sentence of a finding read alike whichever engine writes it."""

from decimal import ROUND_HALF_UP, Decimal

import duckdb
import pytest
from dbt_macros import macros_of

from orchestration.engines.spark_session import SparkProcess

NUMBERS = [
    Decimal(text)
    for text in (
        "0", "0.5", "-0.5", "0.0049", "0.005", "-0.004", "7", "999.99", "999.994", "999.995",
        "-999.995", "1000", "1000.5", "-1000.05", "9000", "100000", "1234567.25", "1234567.2049",
        "-1234567.2", "99999999999999.9999", "12345678901234567890.5", "-98765432109876543210",
    )
]  # fmt: skip

# National budgets in pesos or guaraníes have fifteen digits before the point.
AMOUNTS = [
    Decimal(text)
    for text in (
        "0", "-0.50", "999.99", "-1000.05", "1234567.20", "9999999999999.99", "10000000000000.01",
        "500000000000000.10", "-500000000000000.10", "9999999999999999.99",
    )
]  # fmt: skip


def macro(engine: str, name: str, *arguments: object) -> str:
    """A macro as an engine gets it."""
    return macros_of(engine, "decimals", "engine", "quality")[name](*arguments)


def written(number: Decimal | None, places: int) -> str:
    """The same, worked out here."""
    if number is None:
        return "sin dato"
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{abs(rounded):,f}".rstrip("0").rstrip(".")
    return f"-{text}" if rounded < 0 else text


def question(engine: str, places: int) -> str:
    rows = [f"({at}, cast({number} as decimal(28, 4)))" for at, number in enumerate(NUMBERS)]
    rows.append(f"({len(NUMBERS)}, cast(null as decimal(28, 4)))")
    number = macro(engine, "plain_number", "numero", places)
    return (
        f"select {number} from (values {', '.join(rows)}) as numeros (lugar, numero) order by lugar"
    )


@pytest.mark.parametrize("places", [1, 2, 4])
def test_numbers_have_thousands_and_no_zeros_behind(server, places):
    expected = [written(number, places) for number in (*NUMBERS, None)]
    found = duckdb.sql(question("duckdb", places)).fetchall()
    assert [text for (text,) in found] == expected
    found = server.run(question("postgres", places))
    assert [text for (text,) in found] == expected


def amounts(engine: str) -> str:
    rows = [f"({at}, cast({amount} as decimal(18, 2)))" for at, amount in enumerate(AMOUNTS)]
    return (
        f"select {macro(engine, 'plain_money', 'monto')} from (values {', '.join(rows)}) "
        "as montos (lugar, monto) order by lugar"
    )


def test_amounts_of_any_size_have_their_cents(server):
    expected = [f"{amount:,.2f}" for amount in AMOUNTS]
    assert [text for (text,) in duckdb.sql(amounts("duckdb")).fetchall()] == expected
    assert [text for (text,) in server.run(amounts("postgres"))] == expected


def test_numbers_of_spark(monkeypatch, tmp_path):
    monkeypatch.delenv("SPARK_MASTER", raising=False)
    monkeypatch.chdir(tmp_path)
    process = SparkProcess()
    process.start(tmp_path / "spark", log=tmp_path / "spark.log")
    try:
        for places in (1, 2, 4):
            rows = process.session.sql(question("spark", places)).collect()
            expected = [written(number, places) for number in (*NUMBERS, None)]
            assert [row[0] for row in rows] == expected
        rows = process.session.sql(amounts("spark")).collect()
        assert [row[0] for row in rows] == [f"{amount:,.2f}" for amount in AMOUNTS]
    finally:
        process.stop()


def test_a_count_is_written_as_it_is():
    assert duckdb.sql(f"select {macro('duckdb', 'plain_number', '2024', 0)}").fetchall() == [
        ("2024",)
    ]
