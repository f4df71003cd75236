"""What every test of the command line needs: real processes, and reading what they publish."""

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
    """The small plan, published as of 2024-05-15. Shared: read it, do not change it."""
    root = tmp_path_factory.mktemp("small")
    folder = small_plan.write_folder(root / "plan", small_plan.tables())
    warehouse = Warehouse(root / "warehouse")
    warehouse.refresh("--data", folder, "--as-of", small_plan.AS_OF)
    return warehouse


@pytest.fixture(scope="session")
def shipped_warehouse(tmp_path_factory) -> Warehouse:
    """The shipped plans, published as of 2023-08-15. Shared: read it, do not change it."""
    warehouse = Warehouse(tmp_path_factory.mktemp("shipped") / "warehouse")
    warehouse.refresh("--as-of", "2023-08-15")
    return warehouse


def half_up(value: float, places: int = 2) -> Decimal:
    """Round as the reports print."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), "ROUND_HALF_UP")
