"""A warehouse under test: real processes, and reading what they publish."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb
from forking import run_command

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
        return run_command(self.command(name, *options)[1:])

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


def half_up(value: float, places: int = 2) -> Decimal:
    """Round as the reports print."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), "ROUND_HALF_UP")
