"""What the machine refuses (no space, no permission, a file in use), said in one line.

Belongs here: the translation of failures that come from the system or the database, a sum without
room in its column, a folder that can't be made and a database that is not there or of another
version among them.
Does not: problems of the files to load, which the loader names with file and row.
"""

import contextlib
import errno
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb

from orchestration.errors import PassingError, SemaforoError
from orchestration.system_words import USUAL, in_spanish, named_path

_LOCKED = "Could not set lock on file"
# Text of the C library or of DuckDB, what it means for who runs the refresh.
_MEANINGS = (
    ("No space left on device", "no queda espacio en el disco: libere espacio y repita"),
    ("Disk quota exceeded", "se agotó la cuota de disco: libere espacio y repita"),
    ("Read-only file system", "el disco es de solo lectura: indique otra carpeta"),
    ("Permission denied", "no hay permiso de escritura: revise el dueño de la carpeta"),
    ("Operation not permitted", "no hay permiso de escritura: revise el dueño de la carpeta"),
    ("Not a directory", "una parte de la ruta no es una carpeta: escriba otra"),
    ("Is a directory", "la ruta es una carpeta y se necesita un archivo: escriba otra"),
    ("File exists", "la ruta es un archivo y se necesita una carpeta: escriba otra"),
    (_LOCKED, "otro programa tiene abierta la base de datos: ciérrelo"),
    ("Out of Memory", "no alcanza la memoria: cierre otros programas y repita"),
    (
        "not a valid DuckDB database file",
        "la base de datos está dañada: la publicada la rehace «semaforo refresh», "
        "de la privada restaure una copia",
    ),
    (
        "failed: value is out of range",
        "una suma no cabe en su columna: corrija con una versión o un registro posterior la meta "
        "o la ejecución desmedida",
    ),
)
_TOO_LARGE = re.compile(
    r'Casting value "(.+?)" to type DECIMAL\S* failed: value is out of range'
    r"(?:.* from source column (\w+))?"
)
_PASSING = ("No space left on device", "Disk quota exceeded", _LOCKED, "Out of Memory")
_INTERRUPTED = "Query interrupted"
_NEVER_OURS = (
    errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM,
    errno.ENOTDIR, errno.EISDIR, errno.EEXIST,
)  # fmt: skip


def disk_failure(text: str) -> str | None:
    """Say what a failure of disk, memory or permissions means; None if it is another failure.

    Args:
        text: message of the operating system, of DuckDB or of dbt around either.
    """
    for sign, meaning in _MEANINGS:
        if sign.lower() in text.lower():
            # What the system says is said already; DuckDB's own words tell more.
            detail = named_path(text) if sign in USUAL else _own_words(text)
            return f"{meaning} ({detail})" if detail else meaning
    return None


def refusal_of(text: str, meaning: str) -> SemaforoError:
    """Give the error that says `meaning` of a failure `text`: one that may pass, or one to mend."""
    passes = any(sign.lower() in text.lower() for sign in _PASSING)
    return PassingError(meaning) if passes else SemaforoError(meaning)


@contextlib.contextmanager
def plain_failures() -> Iterator[None]:
    """Turn failures of the machine inside the block into one line for the user.

    Raises:
        SemaforoError: the disk, the memory or a permission stopped the block.
    """
    try:
        yield
    except OSError as failure:
        if failure.errno not in _NEVER_OURS:
            raise
        text = str(failure)
        raise refusal_of(text, disk_failure(text) or in_spanish(failure)) from failure
    except duckdb.Error as failure:
        meaning = disk_failure(str(failure))
        if meaning is None:
            raise
        raise refusal_of(str(failure), meaning) from failure


def require_published(published: Path) -> None:
    """Refuse a warehouse that was never published; `published` is where its database would stand.

    Raises:
        SemaforoError: says how to publish.
    """
    if not published.exists():
        raise SemaforoError(
            f"{published.parent} no tiene nada publicado; publique con «semaforo refresh»"
        )


@contextlib.contextmanager
def of_this_version(published: Path) -> Iterator[None]:
    """Refuse a published database that lacks a table or column that the block asks for.

    Raises:
        SemaforoError: another version of semaforo published it, or it is none of semaforo's.
    """
    try:
        yield
    except (duckdb.BinderException, duckdb.CatalogException):
        raise SemaforoError(
            f"{published} es de otra versión de semaforo: publique de nuevo con «semaforo refresh»"
        ) from None


@contextlib.contextmanager
def not_being_updated(root: Path) -> Iterator[None]:
    """Say it plainly where a refresh is writing the private database that the block opens.

    Raises:
        SemaforoError: a refresh of the warehouse `root` holds it.
    """
    try:
        yield
    except duckdb.IOException as failure:
        if _LOCKED not in str(failure):
            raise
        raise SemaforoError(
            f"{root} se está actualizando; repita cuando termine la actualización"
        ) from None


def make_folder(folder: Path) -> None:
    """Make a folder that the user names, and those above it.

    Raises:
        SemaforoError: no folder can be made there: /proc and the like say it as of a missing file.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileNotFoundError:
        raise SemaforoError(f"{folder} no se puede crear; indique otra carpeta") from None


def is_interruption(failure: BaseException) -> bool:
    """Say whether somebody stopped the program; DuckDB has errors of its own for it."""
    stopped = isinstance(failure, KeyboardInterrupt | duckdb.InterruptException)
    return stopped or str(failure) == _INTERRUPTED


def _own_words(text: str) -> str:
    """Say what DuckDB says; of a sum without room, the sum and its column."""
    if found := _TOO_LARGE.search(text):
        return " en ".join(part for part in found.groups() if part)
    return text.strip().splitlines()[0][:300]
