"""Signs that leave no ink: the loader trims them off a text, and a row of nothing else is blank.

Belongs here: which signs. Does not: trimming (validation.py), rows (structure.py).
"""

import string
import unicodedata

SPACES = "".join(
    sign for sign in map(chr, range(0x80, 0x3001)) if unicodedata.category(sign).startswith("Z")
)
"""White space beyond ASCII; mostly the no-break space of web pages and letters."""

MARKS = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff"
)
"""Signs that show nothing: of no width, of the direction of writing, soft hyphens, and the mark
that begins a file, in the middle of it. They come along with what is copied from a window."""


def bare(text: str) -> str:
    """Take the blank signs off both ends of a text."""
    return text.strip(string.whitespace + SPACES + MARKS)


def blank_bytes(encoding: str) -> frozenset[bytes]:
    """Give the bytes of each blank sign beyond ASCII that an encoding has."""
    written = (sign.encode(encoding, errors="ignore") for sign in SPACES + MARKS)
    return frozenset(sign for sign in written if sign)
