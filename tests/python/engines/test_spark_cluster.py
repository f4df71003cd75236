"""A refresh on a standalone cluster goes on where a worker is lost, and gives what DuckDB gives."""

import os
import subprocess
import time

import duckdb
import pytest
from parity import assert_same, published_marts
from spark_cluster import running_master

from orchestration.engines import spark_session
from orchestration.engines.spark_session import SparkProcess
from orchestration.errors import SemaforoError

MODELS_BEFORE = 12
_SECONDS = 900


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    with running_master(tmp_path_factory.mktemp("cluster") / "cluster") as running:
        yield running


def test_a_master_without_workers(cluster, monkeypatch, tmp_path):
    for name, value in cluster.variables().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(spark_session, "WORKER_SECONDS", 1)
    process = SparkProcess()
    try:
        with pytest.raises(SemaforoError, match="no dio ningún trabajador en 1 s; revise"):
            process.start(tmp_path, log=tmp_path / "dbt" / "spark.log")
    finally:
        process.stop()


def test_a_worker_is_killed_half_way(cluster, computed, tmp_path):
    cluster.start_worker()
    cluster.start_worker()
    warehouse = computed.copy_to(tmp_path / "warehouse")
    tables = warehouse.root / "private" / "spark" / "warehouse" / "intermediate.db"
    with (tmp_path / "stderr").open("w+", encoding="utf-8") as errors:
        refresh = subprocess.Popen(
            warehouse.command("refresh", "--as-of", "2024-02-15", "--target", "spark"),
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=os.environ | cluster.variables(),
        )
        try:
            until = time.monotonic() + _SECONDS
            while len(list(tables.glob("*/_SUCCESS"))) < MODELS_BEFORE:
                assert refresh.poll() is None, (tmp_path / "stderr").read_text(encoding="utf-8")
                assert time.monotonic() < until
                time.sleep(0.1)
            lost = cluster.workers[0]
            executors = cluster.executors(lost)
            lost.kill()
            lost.wait()
            code = refresh.wait(_SECONDS)
        finally:
            if refresh.poll() is None:
                refresh.kill()
                refresh.wait()
    said = (tmp_path / "stderr").read_text(encoding="utf-8")
    assert code == 0, said
    assert executors
    assert [pid for pid in executors if cluster.runs(pid)] == []
    log = (warehouse.root / "private" / "dbt" / "spark.log").read_text(encoding="utf-8")
    assert "Lost executor" in log
    with duckdb.connect(str(warehouse.published), read_only=True) as connection:
        assert_same(computed.marts, published_marts(connection))
