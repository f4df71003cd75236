"""How dbt is called: on a project of two models, so that each case takes a second."""

import os
from datetime import date
from pathlib import Path

import duckdb
import pytest

from orchestration.errors import SemaforoError
from orchestration.parsing import parse_key
from orchestration.settings import PROJECT_ROOT, WarehousePaths
from orchestration.transform import known_targets, parsed_manifest, run_models

PROJECT = """
name: semaforo
version: 0.1.0
config-version: 2
profile: semaforo
models: {semaforo: {+materialized: table}}
"""

UNIT_TEST = """
unit_tests:
  - name: a_date_is_passed_on
    model: dos
    given:
      - input: ref('uno')
        rows: [{fecha: 2024-01-31}]
    expect:
      rows: [{fecha: 2024-01-31, n: 1}]
"""


@pytest.fixture
def project(tmp_path) -> Path:
    folder = tmp_path / "project"
    (folder / "models").mkdir(parents=True)
    (folder / "dbt_project.yml").write_text(PROJECT)
    (folder / "profiles.yml").write_text((PROJECT_ROOT / "profiles.yml").read_text())
    (folder / "models" / "uno.sql").write_text("select '{{ var(\"fecha_reporte\") }}' as fecha")
    (folder / "models" / "dos.sql").write_text("select fecha, 1 as n from {{ ref('uno') }}")
    return folder


@pytest.fixture
def paths(tmp_path) -> WarehousePaths:
    paths = WarehousePaths(tmp_path / "warehouse")
    paths.private.mkdir(parents=True)
    return paths


@pytest.fixture
def run(project, paths):
    def run(as_of: date = date(2024, 5, 15)) -> list[tuple]:
        told = []
        run_models(
            paths,
            as_of=as_of,
            target="duckdb",
            project=project,
            on_model=lambda *model: told.append(model),
        )
        assert told == [("uno", 1, 2), ("dos", 2, 2)]
        # Opened to write: dbt must have let go of the file.
        with duckdb.connect(str(paths.build_db)) as connection:
            return connection.execute("select fecha, n from marts.dos").fetchall()

    return run


def test_models_are_built_as_of_the_date_and_the_file_is_released(run):
    assert run() == [("2024-05-15", 1)]


def test_kept_parse_serves_another_date_and_another_edit(run, project):
    def kept() -> dict[str, str]:
        files = (project / "target" / "parsed").iterdir()
        return {file.suffix: file.stem for file in files}

    run()
    first = kept()
    assert first.keys() == {".pickle", ".templates"}
    assert run(date(2023, 1, 31)) == [("2023-01-31", 1)]
    assert kept() == first
    (project / "models" / "dos.sql").write_text("select fecha, 2 as n from {{ ref('uno') }}")
    assert run() == [("2024-05-15", 2)]
    assert kept().keys() == first.keys()
    assert not set(kept().values()) & set(first.values())


def test_kept_parse_is_the_parse(project, paths):
    """With all that dbt makes of it: unit tests with rows of their own, the tree of nodes."""
    (project / "models" / "dos.yml").write_text(UNIT_TEST)
    parsed = [parsed_manifest(paths, target="duckdb", project=project) for _ in range(2)]
    assert parsed[0]["unit_tests"]
    assert parsed[0] == parsed[1]


@pytest.mark.parametrize("left", [0, 1000])
def test_kept_parse_that_is_cut_short_is_made_anew(run, project, left):
    run()
    (kept,) = (project / "target" / "parsed").glob("*.pickle")
    whole = kept.stat().st_size
    kept.write_bytes(kept.read_bytes()[:left])
    assert run(date(2023, 1, 31)) == [("2023-01-31", 1)]
    assert kept.stat().st_size > whole / 2


def test_key_of_a_parse_is_that_of_its_files_and_its_target(project):
    key = parse_key(project, "duckdb")
    assert parse_key(project, "postgres") != key
    (project / "macros").mkdir()
    (project / "macros" / "new.sql").write_text("{% macro new() %}{% endmacro %}")
    assert parse_key(project, "duckdb") != key


def test_only_what_the_profile_reads_makes_another_project(monkeypatch):
    """Else another memory limit would have a month's refresh compute all years anew."""
    key = parse_key(PROJECT_ROOT, "duckdb")
    monkeypatch.setenv("SEMAFORO_MEMORIA", "1GiB")
    assert parse_key(PROJECT_ROOT, "duckdb") == key
    monkeypatch.setenv("PGHOST", "otro")
    assert parse_key(PROJECT_ROOT, "duckdb") != key


def test_broken_model_is_named_with_its_reason_in_one_line(run, project):
    (project / "models" / "dos.sql").write_text("select no_hay from {{ ref('uno') }}")
    with pytest.raises(SemaforoError, match=r"falló el modelo dos: .*no_hay") as caught:
        run()
    assert "\n" not in str(caught.value)


def test_project_that_does_not_parse_says_so(run, project):
    (project / "models" / "dos.sql").write_text("select {{ ref('tres') }}")
    with pytest.raises(SemaforoError, match=r"dbt no pudo empezar: .*tres"):
        run()


def test_directory_and_environment_are_as_before(run, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SEMAFORO_BUILD_DB", "of-the-caller")
    run()
    assert Path.cwd() == tmp_path
    assert os.environ["SEMAFORO_BUILD_DB"] == "of-the-caller"


def test_targets_are_those_of_the_profile():
    assert "duckdb" in known_targets()
