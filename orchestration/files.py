"""Which files of a folder are loaded, and which are left, with the reason.

Belongs here: names, kinds of file, and the guard against a file still being written.
Does not: anything inside a file (structure.py).
"""

import contextlib
import fcntl
import os
import re
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from orchestration.contract import TableSpec, least_tables
from orchestration.errors import SemaforoError
from orchestration.nearest import nearest

# A file changed this recently is looked at twice: whoever writes it may only be pausing.
SETTLE_SECONDS = 1.0
# Hidden files, and the ones Office keeps beside an open document.
_HIDDEN = (".", "~$")
_SPREADSHEETS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".gsheet")
# What a spreadsheet saves as text beside «CSV»; Windows, hiding endings, makes «….csv.txt».
_TEXTS = (".txt", ".tsv", ".tab")
# What a browser or a desktop adds to the name of a second copy.
_COPY = re.compile(r"^copia de |[ _]*\(\d+\)$|[ _]*-[ _]*copia$")


@dataclass(frozen=True)
class Stamp:
    """What changes when somebody writes a file."""

    inode: int
    size: int
    modified_ns: int


@dataclass(frozen=True)
class Candidate:
    """A file named like a table of the contract."""

    table: str
    path: Path
    stamp: Stamp


@dataclass(frozen=True)
class Listing:
    """What stands in a folder.

    Attributes:
        candidates: files to load, parents before children.
        refused: (name, reason, table) of files that cannot be what they are named; table is None
            where they are named like none, or another file holds its rows.
        pending: names of files that somebody is still writing.
        notices: sentences about what was left aside.
    """

    candidates: tuple[Candidate, ...]
    refused: tuple[tuple[str, str, str | None], ...]
    pending: tuple[str, ...]
    notices: tuple[str, ...]


def list_folder(folder: Path, tables: dict[str, TableSpec], *, shipped: bool = False) -> Listing:
    """Look for the files of `tables` in a folder.

    Args:
        folder: where to look; its subfolders are not searched.
        tables: tables of the contract, in the order of loading.
        shipped: the folder is semaforo's own: what is no CSV there needs no notice.

    Raises:
        SemaforoError: the folder does not exist or holds no CSV at all.
    """
    if not folder.is_dir():
        raise SemaforoError(f"{folder} no es una carpeta; indique la que tiene los CSV")
    found: dict[str, Path] = {}
    refused: list[tuple[str, str]] = []
    notices: list[str] = []
    present = sorted(folder.iterdir(), key=lambda path: path.name)
    named = {path.stem for path in present if path.suffix == ".csv"}
    for path in present:
        if path.suffix.lower() != ".csv" or path.name.startswith(_HIDDEN):
            if shipped:
                continue
            # A month's sheet that nobody saved as CSV would look like a month not registered.
            table = _sheet_of(path, tables)
            if table is not None and table not in named:
                refused.append((path.name, _save_as_csv(table)))
            else:
                notices.append(_left_aside(path, tables))
        elif path.name not in {f"{name}.csv" for name in tables}:
            refused.append((path.name, _unknown(path, tables)))
        elif not path.is_file():
            broken = path.is_symlink() and not path.exists()
            refused.append(
                (path.name, "es un enlace que no lleva a nada" if broken else "no es un archivo")
            )
        else:
            found[path.stem] = path
    if not found and not refused and not shipped:
        raise SemaforoError(
            f"{folder} no tiene ningún CSV; una institución nueva necesita al menos "
            f"{_names(least_tables(tables))}"
        )
    settled, pending = _settled({name: found[name] for name in tables if name in found})
    return Listing(
        settled,
        tuple((name, why, _table_of(name, found, tables)) for name, why in refused),
        pending,
        tuple(notices),
    )


def awaited(folder: Path, tables: Collection[str]) -> list[Path]:
    """Give what a load of the folder would take or refuse, by name; nothing where none is there."""
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if not path.name.startswith(_HIDDEN)
        and (path.suffix.lower() == ".csv" or _sheet_of(path, tables))
    )


def stamp(path: Path) -> Stamp:
    """Take the file's present stamp."""
    status = path.stat()
    return Stamp(status.st_ino, status.st_size, status.st_mtime_ns)


def being_written(path: Path) -> bool:
    """Say whether some process has the file open for writing.

    A read lease is granted by the kernel only where nobody does (fcntl(2), F_SETLEASE). Where
    leases do not exist, as on a network folder, only the stamps tell.
    """
    with path.open("rb") as file:
        try:
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        except BlockingIOError:
            return True
        except OSError:
            return False
        with contextlib.suppress(OSError):
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False


def _settled(found: dict[str, Path]) -> tuple[tuple[Candidate, ...], tuple[str, ...]]:
    before = {name: stamp(path) for name, path in found.items()}
    youngest = max((mark.modified_ns / 1e9 for mark in before.values()), default=0.0)
    age = time.time() - youngest
    if 0 <= age < SETTLE_SECONDS:
        time.sleep(SETTLE_SECONDS - age)
    candidates, pending = [], []
    for name, path in found.items():
        if stamp(path) != before[name] or (os.access(path, os.R_OK) and being_written(path)):
            pending.append(path.name)
        else:
            candidates.append(Candidate(name, path, before[name]))
    return tuple(candidates), tuple(pending)


def _table_of(name: str, found: dict[str, Path], tables: dict[str, TableSpec]) -> str | None:
    """Give the table whose rows only a refused file can have."""
    meant = _meant(name, tables)
    return None if meant in found else meant


def _meant(name: str, tables: dict[str, TableSpec]) -> str | None:
    """Give the table that a file's name means, if not exactly; None where none is near."""
    stem = Path(name).stem.strip().lower()
    # A copy or a month's file has the whole name in its own; a slip of the pen is only like it.
    within = sorted((table for table in tables if table in stem), key=len)
    return within[-1] if within else next(iter(nearest(stem, tables, cutoff=0.8)), None)


def _sheet_of(path: Path, tables: Collection[str]) -> str | None:
    """Give the table that a spreadsheet, or its text, is named like; None where it is none."""
    if path.suffix.lower() not in _SPREADSHEETS + _TEXTS:
        return None
    stem = _COPY.sub("", path.stem.lower().removesuffix(".csv").strip()).replace(" ", "_")
    return stem if stem in tables else None


def _save_as_csv(table: str) -> str:
    return f"guarde la hoja como CSV, con el nombre {table}.csv"


def _left_aside(path: Path, tables: dict[str, TableSpec]) -> str:
    if path.name.startswith(_HIDDEN):
        return f"{path.name}: no se lee, es un archivo oculto o temporal"
    if table := _sheet_of(path, tables):
        return f"{path.name}: no se lee; {_save_as_csv(table)}"
    if path.suffix.lower() in _SPREADSHEETS:
        return (
            f"{path.name}: no se lee; los informes de seguimiento se convierten con "
            "«semaforo import reporte-seguimiento»"
        )
    return f"{path.name}: no se lee, solo los CSV del contrato"


def _unknown(path: Path, tables: dict[str, TableSpec]) -> str:
    meant = _meant(path.name, tables)
    if meant is None:
        return f"no es una tabla del contrato; se esperan {_names(tables)}"
    if path.stem.strip().lower() == meant:
        return f"se espera el nombre exacto {meant}.csv"
    return f"no es una tabla del contrato; ¿quiso decir {meant}.csv?"


def _names(tables: Iterable[str]) -> str:
    return ", ".join(f"{name}.csv" for name in tables)
