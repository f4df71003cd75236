"""Warehouses that tests share."""

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import generated_plans
import pytest
import small_plan
from chromium import launched
from filelock import FileLock
from playwright.sync_api import Browser
from postgres_server import Server, private_server
from warehouses import Warehouse


@pytest.fixture(scope="session")
def made_once(tmp_path_factory, worker_id) -> Callable[[str, Callable[[Path], None]], Path]:
    """Make a folder that all workers of a run share: the first fills it, the others wait for it."""
    base = tmp_path_factory.getbasetemp()
    common = base if worker_id == "master" else base.parent

    def make(name: str, fill: Callable[[Path], None]) -> Path:
        folder = common / f"shared-{name}"
        with FileLock(f"{folder}.lock"):
            if not (done := common / f"shared-{name}.made").exists():
                folder.mkdir()
                fill(folder)
                done.touch()
        return folder

    return make


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


@pytest.fixture
def bandless(published) -> Warehouse:
    """The small plan as published under a method without bands: no figure has a colour."""
    with duckdb.connect(str(published.published)) as connection:
        connection.execute("delete from marts.dim_semaforo")
        connection.execute("delete from marts.rpt_semaforizacion")
        coloured = connection.execute(
            """
            select table_name, column_name from duckdb_columns()
            where schema_name = 'marts' and starts_with(column_name, 'semaforo')
            """
        ).fetchall()
        for table, column in coloured:
            connection.execute(f"update marts.{table} set {column} = null")
        for level in ("accion", "objetivo", "centro_costo", "entidad"):
            connection.execute(
                f"update marts.fct_avance_{level} "
                "set n_rojo = 0, n_naranja = 0, n_amarillo = 0, n_verde = 0"
            )
    return published


@pytest.fixture
def weightless(published) -> Warehouse:
    """The small plan as published where all weights are 0: complete, and without an advance."""
    with duckdb.connect(str(published.published)) as connection:
        connection.execute("update marts.dim_plan set ponderacion = 'ponderada'")
        for level in ("accion", "objetivo", "centro_costo", "entidad"):
            connection.execute(
                f"update marts.fct_avance_{level} set avance_fisico_pct = null, "
                "avance_parcial_pct = null, semaforo_fisico = null, estado = 'completo'"
            )
    return published


@pytest.fixture(scope="session")
def shipped_warehouse(made_once) -> Warehouse:
    """The shipped plans, published as of 2024-02-15. Shared: read it, do not change it.

    By then the last months of 2023 are registered, which ends the latest plan with follow-up.
    """
    return Warehouse(made_once("shipped", _refresh_shipped("2024-02-15")) / "warehouse")


@pytest.fixture(scope="session")
def closed_warehouse(made_once) -> Warehouse:
    """The shipped plans as of 2024-08-15, every month of theirs due. Shared: read it only."""
    return Warehouse(made_once("closed", _refresh_shipped("2024-08-15")) / "warehouse")


@pytest.fixture(scope="session")
def course_warehouse(made_once) -> Warehouse:
    """Generated plans at half time: 2022 is closed, month 6 of 2023 is due. Shared: read it only.

    Its contract CSVs are in the folder data beside it.
    """

    def refresh(root: Path) -> None:
        generated_plans.write_folder(root / "data", *generated_plans.in_course())
        Warehouse(root / "warehouse").refresh(
            "--data", root / "data", "--as-of", generated_plans.MIDDLE
        )

    return Warehouse(made_once("course", refresh) / "warehouse")


def _refresh_shipped(as_of: str) -> Callable[[Path], None]:
    return lambda root: Warehouse(root / "warehouse").refresh("--as-of", as_of)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of all tests that open pages."""
    with launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL of the tests' own."""
    with private_server() as running:
        yield running
