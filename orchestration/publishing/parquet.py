"""Write the Parquet copies of a published database: a folder a table.

The largest tables (tables.BY_PLAN) have a file a year; those of years that nothing happened to are
the files of the publication before, under a second name.
"""

import os
import shutil
from pathlib import Path

import duckdb

from orchestration.publishing.basis import Basis
from orchestration.publishing.tables import Table, quoted
from orchestration.settings import database_settings

# The default level takes a quarter more time for a fortieth less of space.
_OPTIONS = "format parquet, compression zstd, compression_level 1"


def write_parquet(published: Path, folder: Path, found: list[Table], basis: Basis | None) -> None:
    """Write a copy of each table of the published database below `folder`."""
    with duckdb.connect(str(published), read_only=True, config=database_settings()) as connection:
        connection.execute("set enable_progress_bar = false")
        for table in found:
            (folder / table.name).mkdir(parents=True)
            years = _years(connection, table) if table.by_plan else {}
            if not years:
                file = folder / table.name / f"{table.name}.parquet"
                _copy(connection, table.qualified, file)
            for year, rows in years.items():
                file = folder / table.name / f"{table.name}_{year}.parquet"
                before = basis and basis.folder / folder.name / table.name / file.name
                if before and year not in basis.years and _rows(connection, before) == rows:
                    _take_over(before, file)
                else:
                    _copy(
                        connection, f"(select * from {table.qualified} where anio = {year})", file
                    )


def _years(connection: duckdb.DuckDBPyConnection, table: Table) -> dict[int, int]:
    """Count the rows of each year."""
    return dict(
        connection.execute(
            f"select anio, count(*) from {table.qualified} group by anio order by anio"
        ).fetchall()
    )


def _rows(connection: duckdb.DuckDBPyConnection, file: Path) -> int | None:
    """Count the rows of a Parquet file, which its last bytes tell; None where there is none."""
    if not file.is_file():
        return None
    return connection.execute(f"select count(*) from read_parquet('{quoted(file)}')").fetchone()[0]


def _copy(connection: duckdb.DuckDBPyConnection, source: str, file: Path) -> None:
    connection.execute(f"copy {source} to '{quoted(file)}' ({_OPTIONS})")


def _take_over(before: Path, file: Path) -> None:
    try:
        os.link(before, file)
    except OSError:
        # A disk without second names, as those of Windows shares.
        shutil.copyfile(before, file)
