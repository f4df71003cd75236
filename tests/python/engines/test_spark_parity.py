"""Spark gives what DuckDB gives: its own marts, and a refresh that publishes from it."""

import io
from datetime import date

import duckdb
import pytest
from parity import differences, published_marts
from rich.console import Console

from orchestration.engines import computing
from orchestration.engines.spark import SparkEngine
from orchestration.progress import StageProgress
from orchestration.refresh import STAGES, refresh
from orchestration.settings import make_settings


@pytest.fixture(scope="module")
def calculated(computed, tmp_path_factory):
    """The warehouse refreshed once more, on Spark, and the marts that stood there meanwhile."""
    folder = tmp_path_factory.mktemp("spark")
    warehouse = computed.copy_to(folder / "warehouse")
    marts = {}

    class WatchedEngine(SparkEngine):
        def fetch(self, build_db, tables):
            super().fetch(build_db, tables)
            for name, (columns, _) in computed.marts.items():
                found = self.session.sql(f"select {', '.join(columns)} from marts.{name}")
                marts[name] = [tuple(row) for row in found.collect()]

    settings = make_settings(
        today=date(2024, 2, 15), warehouse=warehouse.root, as_of="2024-02-15", target="spark"
    )
    (folder / "work").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SPARK_MASTER", raising=False)
        patch.setitem(computing._ENGINES, "spark", WatchedEngine)
        patch.chdir(folder / "work")
        refresh(settings, StageProgress(Console(file=io.StringIO()), STAGES))
    return warehouse, marts


def test_marts_of_spark_are_those_of_duckdb(computed, calculated):
    _, marts = calculated
    assert marts.keys() == computed.marts.keys()
    found = []
    for name, (columns, rows) in computed.marts.items():
        found += differences(name, columns, rows, marts[name])
    assert not found, "\n".join([f"{len(found)} differences", *found[:40]])


def test_what_is_published_from_spark_is_the_same(computed, calculated):
    warehouse, _ = calculated
    with duckdb.connect(str(warehouse.published), read_only=True) as connection:
        marts = published_marts(connection)
    assert marts.keys() == computed.marts.keys()
    found = []
    for name, (columns, rows) in computed.marts.items():
        assert marts[name][0] == columns
        found += differences(name, columns, rows, marts[name][1])
    assert not found, "\n".join([f"{len(found)} differences", *found[:40]])
    assert '"motor": "spark"' in (warehouse.root / "manifest.json").read_text(encoding="utf-8")


def test_nothing_is_left_behind(calculated):
    warehouse, _ = calculated
    assert not (warehouse.root / "private" / "spark").exists()
    work = warehouse.root.parent / "work"
    assert list(work.iterdir()) == []
