"""When a publication may take over from the one before it, and when it must not."""

import json
import os
import shutil
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
import small_plan

from orchestration.publishing.publication import publish
from orchestration.publishing.tables import BY_PLAN
from orchestration.settings import WarehousePaths
from orchestration.transform import run_models

DAY = date.fromisoformat(small_plan.AS_OF)


@pytest.fixture
def paths(published) -> WarehousePaths:
    """A warehouse that was refreshed."""
    return WarehousePaths(published.root)


def again(paths: WarehousePaths) -> None:
    """Publish what is computed."""
    publish(paths, as_of=DAY, target="duckdb")


def compute(paths: WarehousePaths, as_of: date) -> None:
    """Run the models as a refresh does that loads nothing."""
    run_models(paths, as_of=as_of, target="duckdb")


# Of a plan that nobody reprogrammed there is nothing to compare.
WITH_ROWS = set(BY_PLAN) - {"fct_avance_version"}


def copies(paths: WarehousePaths) -> dict[str, int]:
    """The Parquet files of the tables that are kept by plan, and which file on the disk each is."""
    return {
        file.name: file.stat().st_ino
        for name in WITH_ROWS
        for file in (paths.parquet / name).glob("*.parquet")
    }


@contextmanager
def renewed(paths: WarehousePaths):
    """Publish inside: every file of these tables is written anew, none taken over."""
    before = copies(paths)
    yield
    after = copies(paths)
    assert set(before) == set(after)
    assert not {name for name in before if before[name] == after[name]}


@contextmanager
def taken_over(paths: WarehousePaths):
    """Publish inside: every file of these tables is the one of the publication before."""
    before = copies(paths)
    assert len(before) >= len(WITH_ROWS)
    yield
    assert copies(paths) == before


def test_years_that_nothing_happened_to_keep_their_files(paths):
    with taken_over(paths):
        again(paths)


def test_a_plan_computed_anew_is_written_anew(paths):
    """A month falls due: everything that the plan says of its months may change."""
    compute(paths, DAY + timedelta(days=31))
    with renewed(paths):
        again(paths)
    with taken_over(paths):
        again(paths)


def test_a_computation_from_nothing_is_published_whole(paths):
    compute(paths, DAY - timedelta(days=1))
    with renewed(paths):
        again(paths)


def test_nothing_is_taken_over_from_a_file_that_somebody_wrote_to(paths):
    with duckdb.connect(str(paths.published)) as connection:
        connection.execute("delete from marts.fct_meta_mensual")
    with renewed(paths):
        again(paths)


def test_nothing_is_taken_over_from_a_publication_that_was_put_back(paths):
    """Somebody leads the link back to the publication before."""
    again(paths)
    number = int(paths.current.resolve().name)
    paths.current.unlink()
    paths.current.symlink_to(Path("versions") / f"{number - 1:06d}")
    with renewed(paths):
        again(paths)


def test_nothing_is_taken_over_from_another_version(paths):
    manifest = json.loads(paths.manifest.read_text(encoding="utf-8"))
    manifest["versiones"]["semaforo"] = "0.0.1"
    paths.manifest.write_text(json.dumps(manifest), encoding="utf-8")
    with renewed(paths):
        again(paths)


def test_nothing_is_taken_over_where_the_manifest_is_lost(paths):
    paths.manifest.resolve().unlink()
    with renewed(paths):
        again(paths)


def test_a_copy_that_is_lost_is_written_again(paths):
    lost = next((paths.parquet / "fct_meta_mensual").glob("*.parquet"))
    name = lost.name
    lost.resolve().unlink()
    again(paths)
    assert name in copies(paths)


def test_a_warehouse_moved_to_a_disk_without_second_names_is_published(paths, monkeypatch):
    def refused(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    with renewed(paths):
        again(paths)


def test_a_restored_warehouse_goes_on(paths, tmp_path):
    """Copied with its times or without, it answers the same after the next refresh."""
    before = contents(paths)
    restored = WarehousePaths(tmp_path / "restored")
    shutil.copytree(paths.root, restored.root, symlinks=True)
    os.utime(restored.published)
    again(restored)
    assert contents(restored) == before


def contents(paths: WarehousePaths) -> dict[str, list[tuple]]:
    with duckdb.connect(str(paths.published), read_only=True) as connection:
        return {
            name: connection.execute(f"from marts.{name} order by all").fetchall()
            for name in BY_PLAN
        }
