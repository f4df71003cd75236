"""What the rules find in the shipped plans as of 2024-02-15.

`hallazgos.csv` is the reviewed list: every line was read against the documents' tables, and the
list is the one that the plain-Python reading of the rules gives from the CSVs.
"""

import csv
from datetime import date
from pathlib import Path

import pytest
import rules_in_python
from reference.inputs import read_folder

from orchestration.settings import SHIPPED_SEEDS

GOLDEN = Path(__file__).parent / "hallazgos.csv"
COLUMNS = ["regla_id", "severidad", "entidad_id", "plan_id", "nivel", "elemento_id", "mes"]


@pytest.fixture(scope="module")
def golden() -> list[tuple]:
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        return sorted(tuple(row[column] for column in COLUMNS) for row in csv.DictReader(file))


def as_text(rows) -> list[tuple]:
    return sorted(tuple("" if value is None else str(value) for value in row) for row in rows)


def test_the_reading_in_python_gives_the_list(golden):
    found = rules_in_python.findings(read_folder(SHIPPED_SEEDS), date(2024, 2, 15))
    assert as_text(found) == golden


def test_the_warehouse_finds_the_list(golden, shipped_warehouse):
    found = shipped_warehouse.query(
        f"select {', '.join(COLUMNS)} from marts.fct_alerta where resuelta_en is null"
    )
    assert as_text(found) == golden
