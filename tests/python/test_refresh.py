"""What a refresh loads, and when: the shipped plans, a folder, or nothing."""

from datetime import date

import pytest
import small_plan
from rich.console import Console

from orchestration import refresh
from orchestration.errors import SemaforoError
from orchestration.progress import StageProgress
from orchestration.settings import make_settings

TODAY = date(2024, 7, 1)


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """A folder in the place of the shipped seeds, with the small plan."""
    folder = small_plan.write_folder(tmp_path / "seeds", small_plan.tables())
    monkeypatch.setattr(refresh, "SHIPPED_SEEDS", folder)
    return folder


@pytest.fixture
def load(tmp_path):
    """Load as `semaforo refresh` does, with or without a folder."""

    def load(data=None):
        settings = make_settings(today=TODAY, warehouse=tmp_path / "warehouse", data=data)
        with refresh.exclusive(settings):
            return refresh.load(
                settings, StageProgress(Console(quiet=True), refresh.stages(settings))
            )

    return load


def test_empty_warehouse_gets_the_shipped_plans(shipped, load):
    report = load()
    assert report.loaded == report.read > 0


def test_shipped_plans_again_change_nothing(shipped, load):
    load()
    assert load().loaded == 0


def test_shipped_file_that_changed_is_loaded(shipped, load):
    load()
    rows = small_plan.executed_rows() + small_plan.late_registrations()
    small_plan.write_folder(shipped, {"metas_ejecutadas": rows})
    assert load().loaded == len(small_plan.late_registrations())


def test_warehouse_fed_from_a_folder_never_gets_the_shipped_plans(shipped, load, tmp_path):
    contents = small_plan.tables()
    own = {name: contents[name] for name in ("metodologias", "semaforo_bandas", "entidades")}
    load(small_plan.write_folder(tmp_path / "own", own))
    assert load() is None


def test_refused_file_leaves_the_others_of_its_folder_loaded(shipped, load, tmp_path):
    broken = small_plan.write_folder(tmp_path / "own", small_plan.tables())
    (broken / "metas_ejecutadas.csv").write_bytes(b"no,es,el,contrato\n")
    with pytest.raises(SemaforoError, match=r"metas_ejecutadas\.csv"):
        load(broken)
    assert load() is None


def test_missing_folder_marks_nothing(shipped, load, tmp_path):
    with pytest.raises(SemaforoError, match="no es una carpeta"):
        load(tmp_path / "no-existe")
    assert load().loaded > 0
