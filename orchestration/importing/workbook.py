"""Open an XLSX file that someone sent, and give its rows.

Belongs here: what makes a file unreadable or unsafe. Does not: what the rows mean.
"""

import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter

from orchestration.errors import SemaforoError
from orchestration.system_words import in_spanish

MAX_UNCOMPRESSED = 256 * 1024 * 1024
"""Bytes that the parts of a workbook may take once unpacked; an office's report takes some MB."""

MAX_ROWS = 200_000
MAX_COLUMNS = 80
"""Columns read: twelve months twice, with room; a sheet may claim 16,384."""

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")

# Of a number format, what is printed as it stands: «0.0"%"» multiplies nothing.
_LITERAL = re.compile(r'"[^"]*"|\\.')
_PERCENT_DECIMALS = 10
"""Decimals beyond which a hundredfold is the noise of binary numbers."""

Values = list[object]


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook, read whole.

    Attributes:
        name: its name.
        rows: number of the row as the spreadsheet shows it, and its values from column A.
    """

    name: str
    rows: list[tuple[int, Values]]


def read_workbook(path: Path) -> list[Sheet]:
    """Read every visible sheet of an XLSX file; merged cells hold their value once, top left.

    Raises:
        SemaforoError: no XLSX workbook, encrypted, too big once unpacked, damaged, or with a
            formula whose result was not saved.
    """
    formulas = _inspect(path)
    with _openpyxl(path, data_only=True) as book:
        sheets = [
            Sheet(sheet.title, list(_rows(path, sheet)))
            for sheet in book.worksheets
            if sheet.sheet_state == "visible"
        ]
    if formulas:
        _refuse_unsaved_results(path, sheets)
    return sheets


def _inspect(path: Path) -> bool:
    """Refuse what is not worth opening; say whether any sheet holds formulas."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_OLE))
    except OSError as failure:
        raise SemaforoError(f"no se puede leer {path}: {in_spanish(failure.strerror)}") from None
    if start == _OLE:
        if _ENCRYPTED_STREAM in path.read_bytes():
            raise SemaforoError(f"{path.name} está protegido con contraseña; quítela y reintente")
        raise SemaforoError(f"{path.name} es un XLS antiguo; guárdelo como XLSX y reintente")
    try:
        with zipfile.ZipFile(path) as archive:
            return _inspect_parts(path, archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError):
        raise SemaforoError(
            f"{path.name} no es un libro XLSX, o está dañado; expórtelo de nuevo"
        ) from None


def _inspect_parts(path: Path, archive: zipfile.ZipFile) -> bool:
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise SemaforoError(f"{path.name} está protegido con contraseña; quítela y reintente")
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise SemaforoError(f"{path.name} no es un libro XLSX; guárdelo como XLSX y reintente")
    # zipfile reads no more of a part than its header declares: the sum is a bound.
    size = sum(part.file_size for part in parts)
    if size > MAX_UNCOMPRESSED:
        raise SemaforoError(
            f"{path.name} ocuparía {size // 2**20:,} MiB al abrirlo; el máximo es "
            f"{MAX_UNCOMPRESSED // 2**20} MiB; deje solo las hojas del reporte"
        )
    return any(
        _has_formula(archive, name)
        for name in names
        if name.startswith("xl/worksheets/") and name.endswith(".xml")
    )


def _has_formula(archive: zipfile.ZipFile, name: str) -> bool:
    with archive.open(name) as part:
        tail = b""
        while chunk := part.read(1 << 20):
            if _FORMULA.search(tail + chunk):
                return True
            tail = chunk[-64:]
    return False


@contextmanager
def _openpyxl(path: Path, *, data_only: bool) -> Iterator[openpyxl.Workbook]:
    """Open for reading row by row; whatever the parser meets in a damaged file is one refusal."""
    try:
        # Opened here: where the parser fails, openpyxl leaves its own file open.
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield openpyxl.load_workbook(
                file, read_only=True, data_only=data_only, keep_links=False
            )
    except SemaforoError:
        raise
    except Exception as failure:
        raise SemaforoError(
            f"{path.name} está dañado o no es un libro XLSX ({type(failure).__name__}); "
            "expórtelo de nuevo"
        ) from failure


def _rows(path: Path, sheet) -> Iterator[tuple[int, Values]]:
    # What a sheet declares as its size is often wrong: A1 for a whole report.
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
        if number > MAX_ROWS:
            raise SemaforoError(
                f"{path.name}, hoja «{sheet.title}»: más de {MAX_ROWS:,} filas; "
                "deje solo las del reporte"
            )
        row = [_value(cell) for cell in cells]
        if any(value is not None for value in row):
            yield number, row


def _value(cell) -> object:
    """Value as the sheet shows it: 0.5 in a cell of percentages stands there as 50 %."""
    value = cell.value
    if not isinstance(value, int | float) or isinstance(value, bool):
        return value
    shows_percent = "%" in _LITERAL.sub("", cell.number_format)
    return round(value * 100, _PERCENT_DECIMALS) if shows_percent else value


def _refuse_unsaved_results(path: Path, sheets: list[Sheet]) -> None:
    """A formula without its saved result reads as an empty cell: a figure would be lost."""
    saved = {sheet.name: dict(sheet.rows) for sheet in sheets}
    lost: list[str] = []
    with _openpyxl(path, data_only=False) as book:
        for sheet in book.worksheets:
            if sheet.title not in saved:
                continue
            sheet.reset_dimensions()
            for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
                results = saved[sheet.title].get(number, [])
                lost.extend(
                    f"hoja «{sheet.title}», celda {get_column_letter(at)}{number}"
                    for at, cell in enumerate(row, start=1)
                    if cell.data_type == "f" and (at > len(results) or results[at - 1] is None)
                )
    if lost:
        more = f" y {len(lost) - 1:,} más" if len(lost) > 1 else ""
        raise SemaforoError(
            f"{path.name}, {lost[0]}{more}: fórmula sin resultado guardado; abra el libro en una "
            "hoja de cálculo, guárdelo y reintente"
        )
