"""What a refresh is asked to do: paths, dates, target. Pure: reads and writes no file.

Belongs here: names of the files of a warehouse, defaults and the meaning of options.
Does not: anything that opens a file or a database, or a business rule.
"""

import math
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from orchestration.errors import MisuseError

# The dbt project and the shipped seeds stand beside this package.
PROJECT_ROOT = Path(__file__).resolve().parent.parent
SHIPPED_SEEDS = PROJECT_ROOT / "seeds"
DEFAULT_WAREHOUSE = PROJECT_ROOT / "warehouse"

# BI tools are still on DuckDB 1.5, whose files 2.0 writes only when asked to.
PUBLISHED_STORAGE_VERSION = "v1.5.0"

DEFAULT_TARGET = "duckdb"

# How names of folders in `private` begin that are only there while their process runs.
SCRATCH = "carga-"

# Plans computed anew leave gaps among the rows of the others. When a file is closed DuckDB closes
# them too, in a hundred places of each table: the first month after a computation from nothing
# would write a third of everything again. One place at a time is as good a few months later; who
# only notes something down leaves them alone.
GAPS_AT_ONCE = {"max_vacuum_tasks": "1"}
GAPS_STAY = {"max_vacuum_tasks": "0"}


def database_settings() -> dict[str, str]:
    """Give the settings of DuckDB for work on whole tables, those of profiles.yml.

    `SEMAFORO_MEMORIA` is its memory limit, as «4GiB» or «80%»; what exceeds it goes to disk.
    """
    return {"memory_limit": os.environ.get("SEMAFORO_MEMORIA", "80%")}


@dataclass(frozen=True)
class WarehousePaths:
    """Where everything of one warehouse stands, below its folder `root`.

    `published`, `parquet` and `manifest` are links through `current`, which names one
    publication in `versions`: replacing that one link publishes the three at once.
    """

    root: Path

    @property
    def private(self) -> Path:
        """Folder that nobody but the refresh reads."""
        return self.root / "private"

    @property
    def build_db(self) -> Path:
        """Database with the raw history, in which dbt works."""
        return self.private / "build.duckdb"

    @property
    def dbt(self) -> Path:
        """Target and log folder of dbt."""
        return self.private / "dbt"

    @property
    def lock(self) -> Path:
        """File whose lock means that a refresh is running."""
        return self.private / "refresh.lock"

    @property
    def outbox(self) -> Path:
        """What units were told, and every message with its attempts; holds addresses."""
        return self.private / "alertas.sqlite"

    @property
    def alerts_lock(self) -> Path:
        """File whose lock means that alerts are being sent."""
        return self.private / "alertas.lock"

    @property
    def fed(self) -> Path:
        """Mark of a warehouse that was given a folder of its own, not the shipped plans."""
        return self.private / "fed"

    @property
    def data_docs(self) -> Path:
        """Pages about the quality of the last refresh, published or not."""
        return self.root / "data_docs"

    @property
    def dashboard(self) -> Path:
        """Pages of the dashboard over the last publication."""
        return self.root / "dashboard"

    @property
    def dbt_docs(self) -> Path:
        """Page about the models: what each table and column is and what it comes from."""
        return self.root / "dbt_docs"

    @property
    def versions(self) -> Path:
        """Folder with one folder per publication kept."""
        return self.root / "versions"

    @property
    def current(self) -> Path:
        """Link to the publication that readers see."""
        return self.root / "current"

    @property
    def published(self) -> Path:
        """Published database."""
        return self.root / "semaforo.duckdb"

    @property
    def parquet(self) -> Path:
        """Parquet copies of the published tables, one folder each."""
        return self.root / "parquet"

    @property
    def manifest(self) -> Path:
        """Description of the publication: versions, dates, row counts, loads."""
        return self.root / "manifest.json"


@dataclass(frozen=True)
class Settings:
    """One refresh: what to load, where to, as of when, on which engine.

    Attributes:
        warehouse: paths of the warehouse.
        data: folder of contract CSVs; None = what the warehouse holds, see `refresh`.
        as_of: date as of which everything is computed (`fecha_reporte` of the contract).
        today: day of loading; a row dated after it is quarantined.
        target: engine on which the models run, a target of profiles.yml.
        wait: seconds to wait for a refresh that is running.
        publish_to: address of a PostgreSQL to copy the publication to, or None.
        dashboard: whether the pages are drawn at the end.
    """

    warehouse: WarehousePaths
    as_of: date
    today: date
    data: Path | None = None
    target: str = DEFAULT_TARGET
    wait: float = 0.0
    publish_to: str | None = None
    dashboard: bool = True

    def doubts(self) -> list[str]:
        """Say what may be a slip of the pen and is done all the same."""
        if self.as_of <= self.today:
            return []
        return [
            f"la fecha de reporte {self.as_of:%d/%m/%Y} es posterior a hoy: cuenta como vencidos "
            "meses que no han terminado"
        ]


def parse_date(text: str, option: str) -> date:
    """Read an ISO date given to `option`.

    Raises:
        MisuseError: `text` is no date of the form YYYY-MM-DD.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    # fromisoformat also takes 20230630 and 2023-W26-5, which officers do not write on purpose.
    if day is None or day.isoformat() != text:
        raise MisuseError(f"{option}: «{text}» no es una fecha; escriba AAAA-MM-DD")
    return day


def check_wait(wait: float) -> None:
    """Check the option --wait.

    Raises:
        MisuseError: it is negative, or no number.
    """
    if wait < 0 or math.isnan(wait):
        raise MisuseError(f"--wait: {wait:g} no sirve; indique los segundos, de 0 en adelante")


def make_settings(
    *,
    today: date,
    data: Path | None = None,
    warehouse: Path | None = None,
    as_of: str | None = None,
    target: str = DEFAULT_TARGET,
    wait: float = 0.0,
    publish_to: str | None = None,
    dashboard: bool = True,
) -> Settings:
    """Turn the options of the command line into settings.

    Raises:
        MisuseError: an option has a value that means nothing.
    """
    check_wait(wait)
    return Settings(
        warehouse=WarehousePaths((warehouse or DEFAULT_WAREHOUSE).absolute()),
        data=data.absolute() if data else None,
        as_of=parse_date(as_of, "--as-of") if as_of is not None else today,
        today=today,
        target=target,
        wait=wait,
        publish_to=publish_to,
        dashboard=dashboard,
    )
