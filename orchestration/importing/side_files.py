"""The small CSVs that an option of an import names: centres, methods.

Belongs here: opening them as the loader does, whatever spreadsheet wrote them. Does not: rows.
"""

import csv
import io
from pathlib import Path

from orchestration.errors import SemaforoError
from orchestration.system_words import in_spanish


def read_side_file(path: Path, option: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Read the rows of a CSV in UTF-8 or Windows-1252, by commas or semicolons.

    Args:
        path: the file.
        option: option that names it, for messages.
        columns: columns that it must have.

    Raises:
        SemaforoError: the file can't be read or lacks a column.
    """
    try:
        content = path.read_bytes()
    except OSError as failure:
        reason = in_spanish(failure.strerror)
        raise SemaforoError(f"{option}: no se puede leer {path}: {reason}") from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    titles = text.partition("\n")[0]
    delimiter = ";" if titles.count(";") > titles.count(",") else ","
    try:
        file = io.StringIO(text, newline="")
        rows = csv.DictReader(file, delimiter=delimiter, restval="", strict=True)
        if not set(columns) <= set(rows.fieldnames or ()):
            named = f"{', '.join(columns[:-1])} y {columns[-1]}"
            raise SemaforoError(f"{option}: {path} necesita las columnas {named}")
        return list(rows)
    except csv.Error:
        raise SemaforoError(
            f"{option}: {path} no se puede leer como CSV; guárdelo de nuevo"
        ) from None
