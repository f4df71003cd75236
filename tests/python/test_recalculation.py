"""A run may leave plans as they stand upon a finished one of the same or an earlier day."""

from datetime import date, timedelta

import duckdb
import pytest
import small_plan

from orchestration.recalculation import forget, recalculation
from orchestration.settings import WarehousePaths

DAY = date.fromisoformat(small_plan.AS_OF)
MODELS = "modelos"


@pytest.fixture
def build_db(published):
    """A build database whose last run, of models of this name, finished."""
    path = WarehousePaths(published.root).build_db
    with recalculation(path, as_of=DAY, project=MODELS):
        pass
    with duckdb.connect(str(path)) as connection:
        # What a run that builds upon it lists first (macros/by_plan.sql).
        connection.execute("create table raw.plan_tocado (entidad_id varchar, plan_id varchar)")
    return path


def may_build_upon(path, as_of=DAY, project=MODELS) -> bool:
    with recalculation(path, as_of=as_of, project=project) as possible:
        return possible


def test_a_finished_run_of_the_same_day_is_built_upon(build_db):
    assert may_build_upon(build_db)


def test_so_is_one_of_an_earlier_day(build_db):
    assert may_build_upon(build_db, as_of=DAY + timedelta(days=40))


def test_a_later_day_is_not(build_db):
    assert not may_build_upon(build_db, as_of=DAY - timedelta(days=1))


def test_other_models_are_not(build_db):
    assert not may_build_upon(build_db, project="otros modelos")


def test_other_rows_of_a_catalog_are_not(build_db):
    with duckdb.connect(str(build_db)) as connection:
        connection.execute("""
            insert into raw.metodologias
            select * replace (cargado_en + interval 1 second as cargado_en)
            from raw.metodologias limit 1
        """)
    assert not may_build_upon(build_db)


@pytest.fixture
def row_past_the_loader(build_db):
    """A registration that no load accounts for, of a moment that was computed long ago."""
    with duckdb.connect(str(build_db)) as connection:
        connection.execute("""
            insert into raw.metas_ejecutadas by name
            select * replace ('NADIE' as actividad_id) from raw.metas_ejecutadas limit 1
        """)


@pytest.mark.usefixtures("row_past_the_loader")
def test_rows_past_the_loader_are_not(build_db):
    assert not may_build_upon(build_db)
    assert not may_build_upon(build_db), "what was computed of them was built upon"


@pytest.mark.usefixtures("row_past_the_loader")
def test_once_they_are_gone_everything_is_computed_and_then_built_upon(build_db):
    assert not may_build_upon(build_db)
    with duckdb.connect(str(build_db)) as connection:
        connection.execute("delete from raw.metas_ejecutadas where actividad_id = 'NADIE'")
    assert not may_build_upon(build_db)
    assert may_build_upon(build_db)


def test_rows_that_went_past_the_loader_are_not(build_db):
    with duckdb.connect(str(build_db)) as connection:
        connection.execute("delete from raw.centros_costo where centro_padre_id is not null")
    assert not may_build_upon(build_db)


def test_a_run_that_failed_is_not(build_db):
    with pytest.raises(RuntimeError), recalculation(build_db, as_of=DAY, project=MODELS):
        raise RuntimeError
    assert not may_build_upon(build_db)


def test_a_forgotten_run_is_not(build_db):
    """Another engine fills the tables: nothing of DuckDB's own run is left in them."""
    forget(build_db)
    assert not may_build_upon(build_db)


def test_without_a_load_there_is_nothing_to_build_upon(tmp_path):
    assert not may_build_upon(tmp_path / "build.duckdb")
