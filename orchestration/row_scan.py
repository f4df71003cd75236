"""The rows of one CSV: quoting, fields per row, newlines, in one pass over its bytes.

Belongs here: where rows begin, and what makes the file be refused for them. Does not: encoding and
titles (structure.py), the values (validation.py).
"""

import numpy as np

from orchestration.load_report import counted

# DuckDB's own limit for one line of a CSV.
MAX_ROW_BYTES = 2_000_000
NEWLINE, RETURN, QUOTE = 10, 13, 34
# What a row may hold and still be blank; its delimiters aside.
_NO_INK = b" \t\v\f\r\n" + bytes([QUOTE])


class RefusedFileError(Exception):
    """The file is refused whole: why, and on which line where one is to blame."""

    def __init__(self, reason: str, line: int | None = None):
        super().__init__(reason)
        self.reason = reason
        self.line = line


class RowScan:
    """Counts quotes, delimiters and newlines chunk by chunk (RFC 4180), remembering the last."""

    def __init__(
        self, delimiter: str, fields: int, *, line: int, offset: int, blanks: frozenset[bytes]
    ):
        self._delimiter = ord(delimiter)
        self._fields = fields
        self._inks = np.ones(256, bool)
        self._inks[[*_NO_INK, self._delimiter]] = False
        self._inks[[sign[0] for sign in blanks if len(sign) == 1]] = False
        self._blanks = frozenset(sign for sign in blanks if len(sign) > 1)
        self._may_be_blank = np.zeros(256, bool)
        self._may_be_blank[[sign[0] for sign in self._blanks]] = True
        self._line = line
        self._inside = False
        self._previous = NEWLINE
        self.offset = offset
        # From where to where the rows go that are blank although they have fields.
        self.blank: list[np.ndarray] = []
        # Of the row being read: where it starts, its first line, delimiters and ink so far.
        self._row_offset = offset
        self._row_line = line
        self._row_delimiters = 0
        self._row_ink = 0
        self._quote_line = line
        self._starts: list[np.ndarray] = []
        self._crlf = self._lf = False

    @property
    def mixed_newlines(self) -> bool:
        """Whether rows end in CRLF and in LF."""
        return self._crlf and self._lf

    def feed(self, data: np.ndarray) -> None:
        """Take the next chunk.

        Raises:
            RefusedFileError: quoting or number of fields is wrong.
        """
        before = np.empty_like(data)
        before[0], before[1:] = self._previous, data[:-1]
        newlines = np.flatnonzero(data == NEWLINE)
        inside, was_inside = self._quotes(data, before, newlines)
        ends = newlines if inside is None else newlines[~inside[newlines]]
        returns = np.flatnonzero((before == RETURN) & (data != NEWLINE))
        returns = returns[~was_inside[returns]] if inside is not None else returns
        if len(returns):
            raise RefusedFileError(
                "tiene un retorno de carro suelto; las líneas terminan en CRLF o LF",
                self._line_at(newlines, returns[0]),
            )
        delimiters = np.flatnonzero(data == self._delimiter)
        ink = self._ink(data)
        if inside is not None:
            # Between quotes a delimiter is text, and two quotes are one of the text.
            ink[delimiters[inside[delimiters]]] = True
            ink |= (data == QUOTE) & (before == QUOTE) & inside
            delimiters = delimiters[~inside[delimiters]]
        self._rows(before, newlines, ends, delimiters, ink)
        self._line += len(newlines)
        self.offset += len(data)
        self._previous = int(data[-1])
        if self.offset - self._row_offset > MAX_ROW_BYTES:
            raise RefusedFileError(_too_long(self._inside), self._row_line)

    def finish(self) -> np.ndarray:
        """Close the last row and give the line on which each row of data starts.

        Raises:
            RefusedFileError: a quote is still open, or the last row is short.
        """
        if self._inside:
            raise RefusedFileError("unas comillas se abren y no se cierran", self._quote_line)
        if self._previous != NEWLINE:
            self.feed(np.array([NEWLINE], np.uint8))
        starts = np.concatenate(self._starts) if self._starts else np.empty(0, np.int64)
        return starts[1:]

    def _ink(self, data) -> np.ndarray:
        """Say of each byte whether it makes a row more than blank, quotes aside."""
        ink = self._inks[data]
        for start in np.flatnonzero(self._may_be_blank[data]).tolist():
            for end in (start + 2, start + 3):
                if data[start:end].tobytes() in self._blanks:
                    ink[start:end] = False
        return ink

    def _quotes(self, data, before, newlines) -> tuple[np.ndarray, np.ndarray] | tuple[None, None]:
        """Say after which bytes, and before which, quotes are open; None where there are none."""
        quotes = data == QUOTE
        if not self._inside and self._previous != QUOTE and not quotes.any():
            return None, None
        inside = np.bitwise_xor.accumulate(quotes) ^ self._inside
        opening = quotes & inside
        # An opening quote follows a delimiter or a newline, or a quote: then it was "" (escaped).
        wrong = opening & ~np.isin(before, (self._delimiter, NEWLINE, QUOTE))
        # After a closing quote comes a delimiter, a newline or another quote.
        was_inside = np.empty_like(inside)
        was_inside[0], was_inside[1:] = self._inside, inside[:-1]
        closed = (before == QUOTE) & ~was_inside
        wrong |= closed & ~np.isin(data, (self._delimiter, NEWLINE, RETURN, QUOTE))
        if wrong.any():
            raise RefusedFileError(
                "comillas mal puestas: un texto con comillas va todo entre comillas, y las de "
                "dentro se escriben dos veces",
                self._line_at(newlines, int(np.flatnonzero(wrong)[0])),
            )
        if opening.any():
            self._quote_line = self._line_at(newlines, int(np.flatnonzero(opening)[-1]))
        self._inside = bool(inside[-1])
        return inside, was_inside

    def _rows(self, before, newlines, ends, delimiters, ink) -> None:
        """Check the number of fields of each row that ends in this chunk, blank ones aside."""
        if not len(ends):
            self._row_delimiters += len(delimiters)
            self._row_ink += int(np.count_nonzero(ink))
            return
        counts = np.searchsorted(delimiters, ends)
        per_row = np.diff(counts, prepend=0)
        per_row[0] += self._row_delimiters
        lines = self._line + np.searchsorted(newlines, ends) + 1
        first_lines = np.concatenate(([self._row_line], lines[:-1]))
        offsets = self.offset + ends
        starts = np.concatenate(([self._row_offset], offsets[:-1] + 1))
        returns = before[ends] == RETURN
        self._crlf |= bool(returns.any())
        self._lf |= not returns.all()
        lengths = offsets - starts - returns
        inked = np.cumsum(ink, dtype=np.int64)
        ink_per_row = np.diff(inked[ends], prepend=0)
        ink_per_row[0] += self._row_ink
        filled = ink_per_row > 0
        blank = ~filled & (lengths > 0)
        if blank.any():
            self.blank.append(np.column_stack((starts[blank], offsets[blank] + 1)))
        too_long = np.flatnonzero(lengths > MAX_ROW_BYTES)
        if len(too_long):
            raise RefusedFileError(_too_long(False), int(first_lines[too_long[0]]))
        wrong = np.flatnonzero(filled & (per_row + 1 != self._fields))
        if len(wrong):
            found = counted(int(per_row[wrong[0]]) + 1, "campo")
            raise RefusedFileError(
                f"tiene {found} y los títulos son {self._fields}",
                int(first_lines[wrong[0]]),
            )
        self._starts.append(first_lines[filled].astype(np.int64))
        self._row_offset = int(offsets[-1]) + 1
        self._row_line = int(lines[-1])
        self._row_delimiters = len(delimiters) - int(counts[-1])
        self._row_ink = int(inked[-1] - inked[ends[-1]])

    def _line_at(self, newlines: np.ndarray, position: int) -> int:
        return self._line + int(np.searchsorted(newlines, position))


def _too_long(quoted: bool) -> str:
    reason = f"la fila pasa de {MAX_ROW_BYTES:,} bytes"
    return f"{reason}; quizá falta cerrar unas comillas" if quoted else reason
