"""The generated plans: the same from the same seed, and all of them good rows of the contract."""

import sys

import duckdb
import pytest
from warehouses import Warehouse

from orchestration.contract import contract
from orchestration.settings import PROJECT_ROOT


@pytest.fixture(scope="module", autouse=True)
def _benchmarks_importable():
    """`benchmarks` is no part of the installed package."""
    sys.path.insert(0, str(PROJECT_ROOT))
    yield
    sys.path.remove(str(PROJECT_ROOT))


@pytest.fixture
def small():
    """S with plans of a fifth of the activities."""
    from benchmarks.sizes import Size

    return Size("S", entities=30, years=1, mean_activities=60)


def _rows(size, seed: int) -> dict[str, list[tuple]]:
    from benchmarks.generator import generate

    with duckdb.connect() as connection:
        generate(connection, size, seed)
        return {
            table: connection.execute(f"from raw.{table} order by all").fetchall()
            for table in contract()
        }


def test_the_same_seed_gives_the_same_rows(small):
    first = _rows(small, 1)
    assert first == _rows(small, 1)
    other = _rows(small, 2)
    assert first["metas_programadas"] != other["metas_programadas"]
    assert first["metas_ejecutadas"] != other["metas_ejecutadas"]


def test_generated_plans_load_without_quarantine(small, tmp_path):
    from benchmarks.generator import generate, write_csv
    from benchmarks.sizes import MONTH_BEFORE

    with duckdb.connect() as connection:
        generate(connection, small)
        write_csv(connection, tmp_path / "data")
        (generated,) = connection.execute("select count(*) from raw.metas_ejecutadas").fetchone()
    warehouse = Warehouse(tmp_path / "warehouse")
    warehouse.refresh("--data", tmp_path / "data", "--as-of", MONTH_BEFORE)
    assert warehouse.query("select count(*) from marts.cuarentena") == [(0,)]
    states = dict(
        warehouse.query("""
            select estado, count(distinct entidad_id) from marts.fct_avance_actividad group by all
        """)
    )
    assert states.keys() == {"completo", "S.I.", "S.P."}
    assert min(states.values()) > 10
    assert generated > 10_000
