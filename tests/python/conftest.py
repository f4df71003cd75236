"""What every test of the command line needs: real processes, and reading what they publish."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import small_plan

SEMAFORO = Path(sys.executable).parent / "semaforo"


@dataclass(frozen=True)
class Warehouse:
    """A warehouse folder, the commands run on it and its published tables."""

    root: Path

    @property
    def published(self) -> Path:
        return self.root / "semaforo.duckdb"

    def command(self, name: str, *options: object) -> list[str]:
        return [str(SEMAFORO), name, "--warehouse", str(self.root), *map(str, options)]

    def run(self, name: str, *options: object) -> subprocess.CompletedProcess:
        """Run a command to its end."""
        return subprocess.run(
            self.command(name, *options), capture_output=True, text=True, timeout=300, check=False
        )

    def refresh(self, *options: object) -> subprocess.CompletedProcess:
        """Refresh; the test fails where the refresh does."""
        done = self.run("refresh", *options)
        assert done.returncode == 0, done.stderr
        return done

    def query(self, sql: str) -> list[tuple]:
        """Read the published database as a BI tool does."""
        with duckdb.connect(str(self.published), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def copy_to(self, root: Path) -> "Warehouse":
        """Copy everything, links as links: cheaper than another refresh."""
        shutil.copytree(self.root, root, symlinks=True)
        return Warehouse(root)

    def contents(self) -> dict[str, list[tuple]]:
        """Every published row of every table, in an order that does not depend on storage."""
        with duckdb.connect(str(self.published), read_only=True) as connection:
            names = connection.execute(
                "select schema_name || '.' || table_name from duckdb_tables() order by all"
            ).fetchall()
            return {
                name: sorted(connection.execute(f"from {name}").fetchall(), key=repr)
                for (name,) in names
            }


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


def half_up(value: float, places: int = 2) -> Decimal:
    """Round as the reports print."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), "ROUND_HALF_UP")
