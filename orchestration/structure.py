"""The shape of one CSV: encoding, delimiter, header.

Belongs here: everything that makes a file be refused whole. Does not: quotes and fields of its rows
(row_scan.py), the values (validation.py). Lines are those of a text editor, the first being 1.
"""

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np

from orchestration.blanks import bare, blank_bytes
from orchestration.contract import TableSpec
from orchestration.row_scan import MAX_ROW_BYTES, RefusedFileError, RowScan

CHUNK = 1 << 20
_SEPARATORS = re.compile("[,;|:]")
_NAMES = {",": "coma", ";": "punto y coma"}
_BOMS = {
    codecs.BOM_UTF32_LE: "UTF-32", codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16",
}  # fmt: skip
_AS_UTF8 = "guárdelo como «CSV UTF-8 (delimitado por comas)»"
# Excel's hint to itself, as some systems write it above the titles.
_HINT = re.compile(rb"(?:\xef\xbb\xbf)?(sep=[^\r\n]?\r?\n)", re.IGNORECASE)
# Spanish accents and typographic signs in UTF-8: in Windows-1252 «Ã³» or «â€œ», which nobody
# writes on purpose.
_UTF8_ACCENT = re.compile(rb"[\xc2\xc3][\x80-\xbf]|\xe2\x80[\x80-\xbf]")


# The other two «CSV» that Excel offers, read as Windows-1252: «Acci¢n», «GESTIàN». Nobody writes
# such a sign between two letters, or a small one between capitals.
_OTHER_CSV = {
    "MS-DOS": re.compile(rb"[A-Za-z][\xa1-\xa5][A-Za-z]|[A-Z][\xb5\xe0][A-Z]"),
    "Macintosh": re.compile(rb"[A-Za-z][\x83\x84\x87\x8e][A-Za-z]|[A-Z][\xe7\xea\xee\xf2][A-Z]"),
}


@dataclass(frozen=True)
class Structure:
    """A file that can be read.

    Attributes:
        sha256: of the bytes as they stand in the folder, hexadecimal.
        size: bytes.
        encoding: `UTF-8` or `Windows-1252`.
        delimiter: `,` or `;`.
        header: column names, in the file's order.
        rows: rows of data.
        lines: line on which each row starts, where that is not simply its number plus 1.
        mixed_newlines: lines end sometimes in CRLF, sometimes in LF.
        no_rows: (from, to) bytes of the lines that are read over: the hint `sep=;`, and rows
            whose fields are all blank.
    """

    sha256: str
    size: int
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    rows: int
    lines: np.ndarray | None = field(repr=False, compare=False)
    mixed_newlines: bool = False
    no_rows: np.ndarray | None = field(default=None, repr=False, compare=False)

    @property
    def notices(self) -> tuple[str, ...]:
        """What was accepted although the contract asks for something else."""
        notices = []
        if self.encoding != "UTF-8":
            notices.append(f"está en {self.encoding}; se convirtió a UTF-8")
        if self.delimiter != ",":
            notices.append(f"está separado por {_NAMES[self.delimiter]}; se aceptó")
        if self.mixed_newlines:
            notices.append("mezcla finales de línea de Windows y de Unix; se aceptó")
        return tuple(notices)


def inspect(path: Path, table: TableSpec) -> Structure:
    """Read a file's bytes once and say what its shape is.

    Raises:
        RefusedFileError: the structure is wrong.
    """
    size = path.stat().st_size
    if size == 0:
        raise RefusedFileError("está vacío; falta la fila de títulos", 1)
    sha256, encoding = _digest(path)
    hint = _hint(path)
    line = 2 if hint else 1
    header, delimiter = _header(path, encoding, table, line)
    with path.open("rb") as file:
        mark = len(codecs.BOM_UTF8) if file.read(3) == codecs.BOM_UTF8 else 0
        scan = RowScan(
            delimiter,
            len(header),
            line=line,
            offset=hint[1] if hint else mark,
            blanks=blank_bytes(encoding),
        )
        file.seek(scan.offset)
        # Up to the end of a line: no sign of several bytes is cut in two.
        while chunk := file.read(CHUNK) + file.readline(MAX_ROW_BYTES):
            scan.feed(np.frombuffer(chunk, np.uint8))
    starts = scan.finish()
    no_rows = [np.array([hint]) if hint else np.empty((0, 2), np.int64), *scan.blank]
    no_rows = np.concatenate(no_rows)
    plain = not len(starts) or int(starts[-1]) == len(starts) + 1
    return Structure(
        sha256=sha256,
        size=size,
        encoding=encoding,
        delimiter=delimiter,
        header=header,
        rows=len(starts),
        lines=None if plain else starts,
        mixed_newlines=scan.mixed_newlines,
        no_rows=no_rows if len(no_rows) else None,
    )


def readable_copy(path: Path, structure: Structure, folder: Path) -> Path:
    """Give a file that DuckDB reads as it is: the same, or a copy.

    The copy is in UTF-8, with plain newlines where they were mixed, without lines that are no rows.
    """
    as_is = structure.encoding == "UTF-8" and not structure.mixed_newlines
    if as_is and structure.no_rows is None:
        return path
    codec = _codec(structure.encoding)
    decoder = io.IncrementalNewlineDecoder(
        codecs.getincrementaldecoder(codec)(), translate=not as_is
    )
    copy = folder / path.name
    with path.open("rb") as source, copy.open("w", encoding="utf-8", newline="") as target:
        for piece in _rows_only(source, structure):
            target.write(decoder.decode(piece))
        target.write(decoder.decode(b"", final=True))
    return copy


def _codec(encoding: str) -> str:
    return "utf-8-sig" if encoding == "UTF-8" else "cp1252"


def _rows_only(source: BinaryIO, structure: Structure) -> Iterator[bytes]:
    """Read a file without its lines that are no rows."""
    spans = () if structure.no_rows is None else structure.no_rows.tolist()
    for start, end in (*spans, (structure.size, structure.size)):
        while (left := start - source.tell()) > 0 and (piece := source.read(min(left, CHUNK))):
            yield piece
        source.seek(end)


def _digest(path: Path) -> tuple[str, str]:
    """Hash the file and find its encoding."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8, lines, bad_line = True, 0, 0
    with path.open("rb") as file:
        start = file.read(4)
        for bom, name in _BOMS.items():
            if start.startswith(bom):
                raise RefusedFileError(f"está en {name}; {_AS_UTF8}", 1)
        if start.startswith(b"PK\x03\x04"):
            raise RefusedFileError("es un libro de Excel o un ZIP, no un CSV", 1)
        file.seek(0)
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            if b"\0" in chunk:
                line = lines + chunk[: chunk.index(b"\0")].count(b"\n") + 1
                raise RefusedFileError(
                    f"tiene un byte nulo: no es texto o está dañado; {_AS_UTF8}", line
                )
            if utf8:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError as failure:
                    utf8 = False
                    bad_line = lines + failure.object[: failure.start].count(b"\n") + 1
            lines += chunk.count(b"\n")
    if utf8 and not decoder.getstate()[0]:
        return digest.hexdigest(), "UTF-8"
    if start.startswith(codecs.BOM_UTF8):
        raise RefusedFileError(
            f"se declara UTF-8 y tiene bytes que no lo son; {_AS_UTF8}", bad_line or lines + 1
        )
    _check_windows_1252(path)
    return digest.hexdigest(), "Windows-1252"


def _check_windows_1252(path: Path) -> None:
    """Refuse a file that is neither UTF-8 nor Windows-1252, or a mixture of both.

    DOS and Macintosh give a sign to nearly every byte, as Windows does: only words tell.
    """
    with path.open("rb") as file:
        for line, row in enumerate(file, start=1):
            if row.isascii():
                continue
            if _UTF8_ACCENT.search(row):
                raise RefusedFileError(f"mezcla UTF-8 con otra codificación; {_AS_UTF8}", line)
            for kind, sign in _OTHER_CSV.items():
                if sign.search(row):
                    raise RefusedFileError(f"está guardado como «CSV ({kind})»; {_AS_UTF8}", line)
            try:
                row.decode("cp1252")
            except UnicodeDecodeError:
                raise RefusedFileError(
                    f"no está en UTF-8 ni en Windows-1252; {_AS_UTF8}", line
                ) from None


def _hint(path: Path) -> tuple[int, int] | None:
    """Find the bytes of a first line `sep=;`; None where there is none."""
    with path.open("rb") as file:
        found = _HINT.match(file.read(16))
    return found.span(1) if found else None


def _header(path: Path, encoding: str, table: TableSpec, line: int) -> tuple[tuple[str, ...], str]:
    """Read the column names, on the given line, and find the delimiter."""
    with path.open(encoding=_codec(encoding), newline="") as file:
        for _ in range(line):
            text = file.readline(MAX_ROW_BYTES).rstrip("\r\n")
    if not bare(text):
        place = "primera línea" if line == 1 else f"línea {line}"
        raise RefusedFileError(f"la {place} está en blanco; ahí van los títulos", line)
    readings = {}
    for delimiter in _NAMES:
        try:
            names = next(csv.reader([text], delimiter=delimiter, strict=True))
        except csv.Error:
            continue
        readings[delimiter] = tuple(bare(name) for name in names)
    if not readings:
        raise RefusedFileError("las comillas de los títulos no cierran", line)
    known = set(table.column_names)
    delimiter = max(readings, key=lambda one: len(known.intersection(readings[one])))
    names = readings[delimiter]
    if len(names) == 1 and not known.intersection(names) and "\t" in text:
        raise RefusedFileError("está separado por tabuladores; sepárelo por comas", line)
    if wrong := _wrong_names(names, table):
        raise RefusedFileError(wrong, line)
    return names, delimiter


def _wrong_names(names: tuple[str, ...], table: TableSpec) -> str | None:
    """Say what is wrong with the titles; None = nothing."""
    for position, name in enumerate(names, start=1):
        if not name:
            return f"la columna {position} no tiene título"
        if name not in table.column_names:
            expected = ", ".join(table.column_names)
            shown = name if len(name) <= 80 else name[:80] + "…"
            # Excel puts a whole line into one cell where its own list separator is another.
            if set(map(bare, _SEPARATORS.split(name))).intersection(table.column_names):
                return (
                    f"los títulos «{shown}» están juntos en una celda; sepárelos en columnas "
                    "(en Excel, «Texto en columnas») y guarde de nuevo como CSV"
                )
            return f"columna desconocida «{shown}»; se esperan {expected}"
        if names.count(name) > 1:
            return f"la columna {name} está dos veces"
    for column in table.columns:
        if (column.key or column.required) and column.name not in names:
            return f"falta la columna {column.name}"
    return None
