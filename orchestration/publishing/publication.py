"""Publish what dbt built: a database for BI, Parquet copies, a manifest, all three at once.

Belongs here: what is copied, in which order, how readers come to see it. Does not: any figure.
Each publication is a folder of its own in `versions`, complete before anyone sees it;
replacing the link `current` publishes it. The one before is kept for readers on their way.
"""

import contextlib
import json
import os
import shutil
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from orchestration.errors import SemaforoError
from orchestration.publishing.basis import find_basis, note_publication
from orchestration.publishing.database import OnTable, verify, write_database
from orchestration.publishing.parquet import write_parquet
from orchestration.publishing.tables import tables
from orchestration.settings import (
    PUBLISHED_STORAGE_VERSION,
    WarehousePaths,
    database_settings,
)
from orchestration.versions import versions


@dataclass(frozen=True)
class Publication:
    """What readers now see: its number and the rows of each table."""

    number: int
    rows: dict[str, int]


def publish(
    paths: WarehousePaths,
    *,
    as_of: date,
    target: str,
    on_table: OnTable = lambda name, number, total: None,
) -> Publication:
    """Copy marts and catalogs out of the build database and show them to readers.

    Needs the lock of the warehouse. Until the last step readers see the publication before.

    Raises:
        SemaforoError: the copy is not what was built; nothing is published.
    """
    before = _current_number(paths)
    _keep_only(paths, before)
    number = before + 1
    folder = paths.versions / _folder_name(number)
    folder.mkdir(parents=True)
    try:
        rows = _fill(folder, paths, as_of=as_of, target=target, number=number, on_table=on_table)
    except BaseException:
        # A full disk is what most often ends here: give back what the attempt took.
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _show(paths, folder)
    # What can't be remembered, on a full disk, costs the next publication time and no row.
    with contextlib.suppress(duckdb.Error, OSError):
        note_publication(paths, number)
    # A reader may just have followed the link to the publication before: it goes next time.
    _keep_only(paths, before, number)
    return Publication(number, rows)


def _fill(
    folder: Path,
    paths: WarehousePaths,
    *,
    as_of: date,
    target: str,
    number: int,
    on_table: OnTable,
) -> dict[str, int]:
    """Write a whole publication into its folder and bring it to the disk."""
    database = folder / paths.published.name
    with duckdb.connect(
        str(paths.build_db), read_only=True, config=database_settings()
    ) as connection:
        connection.execute("set enable_progress_bar = false")
        # Of activities at each corte DuckDB expects a few rows, and would keep millions in memory
        # to look up those of small tables in them. The marts name the large table first.
        connection.execute("set disabled_optimizers = 'build_side_probe_side'")
        found = tables(connection)
        if not found:
            raise SemaforoError("no hay nada que publicar: los modelos no dejaron ninguna tabla")
        basis = find_basis(connection, paths, _current_number(paths), _versions())
        rows = write_database(connection, database, found, basis, on_table)
        loads = _loads(connection)
    verify(database, rows)
    write_parquet(database, folder / paths.parquet.name, found, basis)
    manifest = _describe(number, as_of, target, rows, loads)
    (folder / paths.manifest.name).write_text(
        json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    for path in [*folder.rglob("*"), folder, folder.parent]:
        _sync(path)
    return rows


def _current_number(paths: WarehousePaths) -> int:
    """Number of the publication that readers see; 0 where there is none."""
    return int(paths.current.resolve().name) if paths.current.is_symlink() else 0


def _folder_name(number: int) -> str:
    return f"{number:06d}"


def _keep_only(paths: WarehousePaths, *numbers: int) -> None:
    """Delete every publication but these, with what a killed refresh left half written.

    What else stands there is not ours: a file that a desktop or a network disk puts in each folder.
    """
    if not paths.versions.exists():
        return
    kept = {_folder_name(number) for number in numbers}
    for folder in paths.versions.iterdir():
        if folder.name.isdigit() and folder.name not in kept:
            shutil.rmtree(folder)


def _loads(connection: duckdb.DuckDBPyConnection) -> list[dict]:
    """Which files the figures stand on: every load of the warehouse, in its order."""
    cursor = connection.execute(
        "select carga_id, tabla, archivo, cargadas from raw.carga order by registrado_en, tabla"
    )
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _describe(
    number: int, as_of: date, target: str, rows: dict[str, int], loads: list[dict]
) -> dict:
    return {
        "publicacion": number,
        "fecha_reporte": as_of.isoformat(),
        "publicado_en": datetime.now().astimezone().isoformat(timespec="seconds"),
        "motor": target,
        "versiones": _versions(),
        "tablas": rows,
        "cargas": loads,
    }


def _versions() -> dict[str, str]:
    return {
        **versions(),
        "almacenamiento": PUBLISHED_STORAGE_VERSION,
    }


def _show(paths: WarehousePaths, folder: Path) -> None:
    """Make `folder` the publication that readers see, in one step."""
    for path in (paths.published, paths.parquet, paths.manifest):
        _point(path, Path(paths.current.name) / path.name)
    _point(paths.current, folder.relative_to(paths.root))
    _sync(paths.root)


def _point(link: Path, target: Path) -> None:
    """Make `link` lead to `target`; a reader finds the old or the new one, never none."""
    if link.is_symlink() and link.readlink() == target:
        return
    if link.is_dir() and not link.is_symlink():
        # A backup restored without its links holds folders in their place.
        shutil.rmtree(link)
    fresh = link.with_name(f".{link.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(link)


def _sync(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
