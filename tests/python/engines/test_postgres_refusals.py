"""What keeps a build from a server is said before anything is copied."""

import pytest

from orchestration.bi.postgres import publish_postgres
from orchestration.engines.postgres import PostgresEngine
from orchestration.errors import SemaforoError


@pytest.fixture
def variables(server, monkeypatch) -> None:
    for name, value in server.variables("postgres").items():
        monkeypatch.setenv(name, value)


def test_a_server_that_nobody_named(monkeypatch):
    monkeypatch.delenv("PGHOST", raising=False)
    monkeypatch.delenv("PGDATABASE", raising=False)
    monkeypatch.setenv("PGUSER", "calculo")
    with pytest.raises(SemaforoError, match="falta PGHOST, PGDATABASE;"):
        PostgresEngine()


def test_a_server_that_is_not_there(variables, monkeypatch, small_warehouse):
    monkeypatch.setenv("PGPORT", "1")
    with pytest.raises(SemaforoError, match="el servidor no pudo"):
        PostgresEngine().send(small_warehouse.root / "private" / "build.duckdb")


def test_the_copy_for_readers_is_not_computed_over(server, variables, monkeypatch, small_warehouse):
    build_db = small_warehouse.root / "private" / "build.duckdb"
    server.create_database("publicada")
    publish_postgres(small_warehouse.published, server.url(database="publicada"))
    monkeypatch.setenv("PGDATABASE", "publicada")
    with pytest.raises(SemaforoError, match="tiene la copia publicada"):
        PostgresEngine().send(build_db)
