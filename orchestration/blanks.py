"""Signs that leave no ink: the loader trims them off a text, and a row of nothing else is blank.

Belongs here: which signs. Does not: trimming (validation.py), rows (structure.py).
"""

import unicodedata

SPACES = "".join(
    sign for sign in map(chr, range(0x80, 0x3001)) if unicodedata.category(sign).startswith("Z")
)
"""White space beyond ASCII; mostly the no-break space of web pages and letters."""

MARKS = "\u200b\ufeff"
"""Signs of no width: the zero width space, and the mark that begins a file, in the middle of it."""


def blank_bytes(encoding: str) -> frozenset[bytes]:
    """Give the bytes of each blank sign beyond ASCII that an encoding has."""
    written = (sign.encode(encoding, errors="ignore") for sign in SPACES + MARKS)
    return frozenset(sign for sign in written if sign)
