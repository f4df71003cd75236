"""What keeps a build from Spark is said in one line."""

import pytest

from orchestration.engines.spark import SparkEngine, spark_type
from orchestration.engines.spark_session import SparkProcess
from orchestration.errors import SemaforoError


def test_no_java(monkeypatch, tmp_path):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SemaforoError, match="falta Java 17 o posterior; instálelo"):
        SparkEngine()


def test_a_java_that_does_not_start(monkeypatch, tmp_path):
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'Unrecognized option: --x' >&2\nexit 1\n", encoding="utf-8")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.delenv("SPARK_MASTER", raising=False)
    process = SparkProcess()
    with pytest.raises(SemaforoError, match=r"Spark no pudo .*revise Java") as refused:
        process.start(tmp_path, log=tmp_path / "dbt" / "spark.log")
    process.stop()
    assert "\n" not in str(refused.value)


def test_a_master_that_is_not_there(monkeypatch, tmp_path):
    monkeypatch.setenv("SPARK_MASTER", "spark://127.0.0.1:1")
    with pytest.raises(SemaforoError, match=r"nadie responde en spark://127\.0\.0\.1:1; revise"):
        SparkProcess().start(tmp_path, log=tmp_path / "dbt" / "spark.log")


def test_a_master_without_an_address_of_its_own(monkeypatch, tmp_path):
    monkeypatch.setenv("SPARK_MASTER", "spark://sin-puerto")
    with pytest.raises(SemaforoError, match="nadie responde"):
        SparkProcess().start(tmp_path, log=tmp_path / "dbt" / "spark.log")


def test_a_type_that_spark_has_not():
    with pytest.raises(SemaforoError, match="planes tiene el tipo HUGEINT, sin par en Spark"):
        spark_type("planes", "HUGEINT")
