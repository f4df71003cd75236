"""The marts of a refresh equal the plain-Python reading of the contract, on random plans.

Many plans a folder, as one refresh costs seconds; every row of every compared table both ways.
"""

import os
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from reference.compare import differences
from reference.inputs import Row, read_folder
from reference.marts import KEYS, compute
from reference.occurrence import EXPECTED, occurred
from reference.strategies import FolderSeed, folders
from warehouses import Warehouse

# Fewer folders than this may leave out a rare state; more find more (one is about ten seconds).
EXAMPLES = int(os.environ.get("SEMAFORO_ARITHMETIC_EXAMPLES", "6"))
ROUNDS = 4


def rows_of(database: Path, table: str) -> list[Row]:
    """Rows of a table as dictionaries."""
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute(f"from {table}")
        columns = [column[0] for column in found.description]
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def check_folder(example: FolderSeed, place: Path) -> Counter:
    """Refresh a random folder, compare every mart with the reference; returns what occurred."""
    data, warehouse = place / "data", Warehouse(place / "warehouse")
    data.mkdir()
    example.draft().write(data)
    warehouse.refresh("--data", data, "--as-of", example.as_of)
    refused = rows_of(warehouse.root / "private" / "build.duckdb", "raw.cuarentena")
    assert not refused, f"{example}: a valid row was quarantined, {refused[0]}"
    tables = read_folder(data)
    expected = compute(tables, example.as_of)
    found = [
        line
        for table, key in KEYS.items()
        for line in differences(
            table, key, expected[table], rows_of(warehouse.published, f"marts.{table}")
        )
    ]
    shown = "\n".join(found[:40])
    assert not found, f"{example}: {len(found)} differences\n{shown}"
    return occurred(tables, expected)


@pytest.mark.slow
def test_marts_equal_the_contract_read_in_python(tmp_path_factory) -> None:
    seen: Counter = Counter()

    # A failing folder is not shrunk (each try is a refresh): the message names seed and plan.
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=bool(os.environ.get("CI")),
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(folders())
    def marts_equal_reference(example: FolderSeed) -> None:
        seen.update(check_folder(example, tmp_path_factory.mktemp("plans")))

    # Random folders may leave a rare fact out: then as many more are drawn.
    for _ in range(ROUNDS):
        marts_equal_reference()
        missing = [fact for fact in EXPECTED if not seen[fact]]
        if not missing:
            break
    assert not missing, f"never occurred: {missing}"
