"""What the tests of the loader share: the good folder, and loading as the refresh does."""

import os
import shutil
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from orchestration.contract import contract
from orchestration.load_report import LoadRefusedError, LoadReport
from orchestration.loading import load_folder

BASE = Path(__file__).parent / "base"
TODAY = date(2024, 1, 31)


@dataclass(frozen=True)
class Inbox:
    """A folder of CSVs, the database it is loaded into, and a folder of shipped catalogs."""

    folder: Path
    build_db: Path
    catalogs: Path

    def load(self, today: date = TODAY) -> LoadReport:
        """Load; the report also where something was refused."""
        try:
            return self.load_or_refuse(today)
        except LoadRefusedError as refusal:
            return refusal.report

    def load_or_refuse(self, today: date = TODAY) -> LoadReport:
        self.age()
        return load_folder(self.build_db, self.folder, today=today, catalogs=self.catalogs)

    def age(self) -> None:
        """Date every file a minute back: nobody is still writing it."""
        before = time.time() - 60
        for path in self.folder.iterdir():
            os.utime(path, (before, before))

    def keep(self, touched: set[str]) -> None:
        """Leave only the files of these tables and of those that hold their parents."""
        tables = contract()
        kept, new = set(), touched
        while new := new - kept:
            kept |= new
            new = {
                above
                for name in new
                for column in tables[name].columns
                for above in (
                    *(parent.table for parent in column.parents),
                    *([column.quarter.table] if column.quarter else []),
                )
            }
        for name in set(tables) - kept:
            (self.folder / f"{name}.csv").unlink(missing_ok=True)

    def append(self, table: str, *rows: str) -> None:
        with (self.folder / f"{table}.csv").open("a", encoding="utf-8", newline="") as file:
            file.write("".join(f"{row}\n" for row in rows))

    def replace(self, table: str, old: str, new: str) -> None:
        path = self.folder / f"{table}.csv"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def write(self, table: str, *rows: str) -> None:
        """Write a file of the base's header and these rows."""
        header = (BASE / f"{table}.csv").read_text(encoding="utf-8").splitlines()[0]
        text = "".join(f"{row}\n" for row in (header, *rows))
        (self.folder / f"{table}.csv").write_text(text, encoding="utf-8")

    def query(self, sql: str) -> list[tuple]:
        with duckdb.connect(str(self.build_db), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def state(self) -> dict[str, list[tuple]]:
        """Every row of schema raw."""
        with duckdb.connect(str(self.build_db), read_only=True) as connection:
            names = connection.execute(
                "select table_name from duckdb_tables() where schema_name = 'raw'"
            ).fetchall()
            return {
                name: sorted(connection.execute(f"from raw.{name}").fetchall(), key=repr)
                for (name,) in names
            }


def new_inbox(root: Path) -> Inbox:
    shutil.copytree(BASE, root / "entrega")
    (root / "catalogos").mkdir()
    return Inbox(root / "entrega", root / "almacen" / "build.duckdb", root / "catalogos")


def accounting(report: LoadReport) -> dict[str, tuple[int, int, int, int]]:
    return {
        file.file: (file.read, file.loaded, file.quarantined, file.repeated)
        for file in report.files
    }
