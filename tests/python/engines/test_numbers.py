"""Numbers in the sentence of a finding read alike whichever engine writes it."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb
import pytest
from jinja2 import Environment

from orchestration.engines.spark_session import SparkProcess

MACROS = Path(__file__).parents[3] / "macros"

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


class _Adapter:
    """Finds an engine's variant of a macro as dbt does."""

    def __init__(self, engine: str, macros: dict[str, Callable]):
        self._engine, self._macros = engine, macros

    def dispatch(self, name: str) -> Callable:
        variants = (f"{engine}__{name}" for engine in (self._engine, "default"))
        return next(self._macros[name] for name in variants if name in self._macros)


def macro(engine: str, name: str, *arguments: object) -> str:
    """A macro as an engine gets it."""
    text = "".join(
        (MACROS / f"{name}.sql").read_text(encoding="utf-8")
        for name in ("decimals", "engine", "quality")
    )
    macros: dict[str, Callable] = {}
    environment = Environment()  # noqa: S701 - SQL, no page
    environment.globals |= {"adapter": _Adapter(engine, macros), "return": lambda found: found}
    module = environment.from_string(text).module
    macros |= {name: macro for name, macro in vars(module).items() if callable(macro)}
    return macros[name](*arguments)


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
