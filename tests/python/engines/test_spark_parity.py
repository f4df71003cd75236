"""Spark gives what DuckDB gives: its own marts, and a refresh that publishes from it."""

import io
from datetime import date

import duckdb
from parity import assert_same, published_marts
from rich.console import Console

from orchestration.engines import computing
from orchestration.engines.spark import SparkEngine
from orchestration.progress import StageProgress
from orchestration.refresh import refresh, stages
from orchestration.settings import make_settings


def test_marts_of_spark_and_what_is_published_from_it(computed, tmp_path, monkeypatch):
    """One refresh on Spark, whose marts are read while they stand there."""
    warehouse = computed.copy_to(tmp_path / "warehouse")
    of_spark = {}

    class WatchedEngine(SparkEngine):
        def fetch(self, build_db, tables):
            super().fetch(build_db, tables)
            for name, (columns, _) in computed.marts.items():
                found = self.session.sql(f"select {', '.join(columns)} from marts.{name}")
                of_spark[name] = columns, [tuple(row) for row in found.collect()]

    settings = make_settings(
        today=date(2024, 2, 15), warehouse=warehouse.root, as_of="2024-02-15", target="spark"
    )
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.delenv("SPARK_MASTER", raising=False)
    monkeypatch.setitem(computing._ENGINES, "spark", WatchedEngine)
    monkeypatch.chdir(work)
    refresh(settings, StageProgress(Console(file=io.StringIO()), stages(settings)))
    assert_same(computed.marts, of_spark)
    with duckdb.connect(str(warehouse.published), read_only=True) as connection:
        assert_same(computed.marts, published_marts(connection))
    assert '"motor": "spark"' in (warehouse.root / "manifest.json").read_text(encoding="utf-8")
    # Nothing is left behind, in the warehouse or where it was called.
    assert not (warehouse.root / "private" / "spark").exists()
    assert list(work.iterdir()) == []
