"""Warehouses that tests share."""

from pathlib import Path

import generated_plans
import pytest
import small_plan
from warehouses import Warehouse


@pytest.fixture
def warehouse(tmp_path) -> Warehouse:
    return Warehouse(tmp_path / "warehouse")


@pytest.fixture
def small_folder(tmp_path) -> Path:
    return small_plan.write_folder(tmp_path / "plan", small_plan.tables())


@pytest.fixture(scope="session")
def small_warehouse(tmp_path_factory) -> Warehouse:
    """The small plan, published as of 2024-05-15. Shared: read it, do not change it.

    Beside it stands what the refresh printed, in the files stdout and stderr.
    """
    root = tmp_path_factory.mktemp("small")
    folder = small_plan.write_folder(root / "plan", small_plan.tables())
    warehouse = Warehouse(root / "warehouse")
    done = warehouse.refresh("--data", folder, "--as-of", small_plan.AS_OF)
    (root / "stdout").write_text(done.stdout, encoding="utf-8")
    (root / "stderr").write_text(done.stderr, encoding="utf-8")
    return warehouse


@pytest.fixture
def published(small_warehouse, tmp_path) -> Warehouse:
    """A copy of the published small plan, to be changed."""
    return small_warehouse.copy_to(tmp_path / "warehouse")


@pytest.fixture(scope="session")
def shipped_warehouse(tmp_path_factory) -> Warehouse:
    """The shipped plans, published as of 2024-02-15. Shared: read it, do not change it.

    By then the last months of 2023 are registered, which ends the latest plan with follow-up.
    """
    warehouse = Warehouse(tmp_path_factory.mktemp("shipped") / "warehouse")
    warehouse.refresh("--as-of", "2024-02-15")
    return warehouse


@pytest.fixture(scope="session")
def closed_warehouse(tmp_path_factory) -> Warehouse:
    """The shipped plans as of 2024-08-15, every month of theirs due. Shared: read it only."""
    warehouse = Warehouse(tmp_path_factory.mktemp("closed") / "warehouse")
    warehouse.refresh("--as-of", "2024-08-15")
    return warehouse


@pytest.fixture(scope="session")
def course_warehouse(tmp_path_factory) -> Warehouse:
    """Generated plans at half time: 2022 is closed, month 6 of 2023 is due. Shared: read it only.

    Its contract CSVs are in the folder data beside it.
    """
    root = tmp_path_factory.mktemp("course")
    generated_plans.write_folder(root / "data", *generated_plans.in_course())
    warehouse = Warehouse(root / "warehouse")
    warehouse.refresh("--data", root / "data", "--as-of", generated_plans.MIDDLE)
    return warehouse
