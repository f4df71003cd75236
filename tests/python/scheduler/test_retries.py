"""What a run tries again: what may pass by itself, and nothing else."""

import errno
import os
from datetime import date

import duckdb
import pytest
from dagster import Failure
from rich.console import Console

from orchestration.errors import SemaforoError
from orchestration.lock import refresh_lock
from orchestration.progress import StageProgress
from orchestration.scheduler.assets import _run
from orchestration.settings import Settings, WarehousePaths

LOCKED = 'IO Error: Could not set lock on file "/almacen/build.duckdb": Conflicting lock is held'


@pytest.fixture
def settings(tmp_path) -> Settings:
    day = date(2024, 5, 15)
    return Settings(WarehousePaths(tmp_path / "almacen"), as_of=day, today=day)


def failure_of(settings: Settings, reason: Exception | None = None) -> Failure:
    """Run a step that fails so as a step of the job."""

    def step(settings: Settings, progress: StageProgress) -> None:
        raise reason

    with pytest.raises(Failure) as failed:
        _run(settings, step, StageProgress(Console(quiet=True), stages=1))
    return failed.value


@pytest.mark.parametrize(
    ("reason", "again"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/almacen/x"), True),
        (duckdb.IOException(LOCKED), True),
        (duckdb.OutOfMemoryException("Out of Memory Error: could not allocate"), True),
        (OSError(errno.EACCES, os.strerror(errno.EACCES), "/almacen/x"), False),
        (SemaforoError("planes.csv: falta la columna anio"), False),
    ],
)
def test_a_full_disk_or_a_lock_is_tried_again_and_a_refusal_is_not(settings, reason, again):
    assert failure_of(settings, reason).allow_retries is again


def test_another_refresh_that_does_not_end_is_tried_again(settings):
    settings.warehouse.private.mkdir(parents=True)
    with refresh_lock(settings.warehouse.lock):
        failed = failure_of(settings)
    assert "otra actualización" in failed.description
    assert failed.allow_retries
