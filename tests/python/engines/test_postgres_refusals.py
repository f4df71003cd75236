"""What keeps a build from a server is said in one line: before anything is copied, or after."""

from datetime import date

import pytest

from orchestration.bi.postgres import publish_postgres
from orchestration.engines.postgres import PostgresEngine
from orchestration.errors import SemaforoError
from orchestration.settings import PROJECT_ROOT, WarehousePaths
from orchestration.transform import run_models


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


@pytest.fixture
def project(tmp_path) -> WarehousePaths:
    """A project of one model, and a warehouse beside it."""
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "uno.sql").write_text("select '– …' as texto", encoding="utf-8")
    (tmp_path / "dbt_project.yml").write_text(
        "{name: semaforo, version: 0.1.0, config-version: 2, profile: semaforo}", encoding="utf-8"
    )
    profile = (PROJECT_ROOT / "profiles.yml").read_text(encoding="utf-8")
    (tmp_path / "profiles.yml").write_text(profile, encoding="utf-8")
    paths = WarehousePaths(tmp_path / "warehouse")
    paths.private.mkdir(parents=True)
    return paths


def test_the_encoding_of_the_environment_does_not_matter(
    server, variables, monkeypatch, project, tmp_path
):
    """Descriptions of the models have letters that LATIN1 lacks."""
    server.create_database("letras")
    monkeypatch.setenv("PGDATABASE", "letras")
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    run_models(project, as_of=date(2024, 5, 15), target="postgres", project=tmp_path)
    monkeypatch.delenv("PGCLIENTENCODING")
    assert server.run("select texto from marts.uno", database="letras") == [("– …",)]


def test_rights_that_a_model_lacks_are_the_servers_and_no_folders(
    server, variables, monkeypatch, project, tmp_path
):
    server.create_database("ajena")
    server.run("create role calculo login; create schema marts", database="ajena")
    monkeypatch.setenv("PGUSER", "calculo")
    monkeypatch.setenv("PGDATABASE", "ajena")
    with pytest.raises(SemaforoError) as refused:
        run_models(project, as_of=date(2024, 5, 15), target="postgres", project=tmp_path)
    assert str(refused.value) == (
        "--target postgres: no hay permiso en el esquema marts; lo publicado no cambió"
    )


def test_a_database_that_is_not_in_utf8(server, variables, monkeypatch, small_warehouse):
    server.create_database("vieja encoding 'LATIN1' locale 'C' template template0")
    monkeypatch.setenv("PGDATABASE", "vieja")
    with pytest.raises(SemaforoError, match="--target postgres: la base está en LATIN1"):
        PostgresEngine().send(small_warehouse.root / "private" / "build.duckdb")
