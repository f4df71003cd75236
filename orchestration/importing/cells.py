"""What a cell of a report says: text without ornament, a number however it is written, a state.

Belongs here: reading one cell. Does not: where the cell stands.
"""

import re
import unicodedata
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

STATES = {"SP": "S.P.", "SI": "S.I.", "SE": "S.E."}
"""Letters printed in place of a figure: sin programación, seguimiento incompleto, sin ejecución."""

_BLANK = re.compile(r"[-–—_.\s]*")
_CURRENCY = re.compile(r"^(S/\.?|Bs\.?|PEN|BOB|US\$|\$)\s*|\s*%$", re.IGNORECASE)
_PLAIN = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
# Nobody separates the thousands of a number that begins with 0: «0,125» has decimals.
_GROUPED = re.compile(r"-?[1-9]\d{0,2}([,' ]\d{3})+(\.\d+)?", re.ASCII)
# 1.234,50 and 1234,5 can't be read in another way; 1.234 is read as a number with three decimals.
_COMMA_DECIMAL = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d+),\d+", re.ASCII)

_THREE_BEHIND_A_POINT = re.compile(r"-?[1-9]\d{0,2}\.\d{3}", re.ASCII)
_DECIMAL_POINT = re.compile(r"-?[\d,' ]*\d\.(\d{1,2}|\d{4,})|-?0\.\d+", re.ASCII)


def clean(value: object) -> str:
    """Text of a cell on one line: no-break spaces, line breaks and runs of blanks are one blank."""
    if value is None:
        return ""
    # NFKC would also turn superscripts into digits: only blanks are touched.
    return " ".join(str(value).replace("\u200b", " ").replace("\ufeff", " ").split())


def heading(value: object) -> str:
    """Text in capitals without accents, as headings are compared."""
    decomposed = unicodedata.normalize("NFD", clean(value).upper())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def state(value: object) -> str | None:
    """The state that a cell prints in place of a figure: S.P., S.I. or S.E."""
    letters = re.sub(r"[.\s/]", "", heading(value)) if isinstance(value, str) else ""
    return STATES.get(letters)


def is_blank(value: object) -> bool:
    """Whether a cell says nothing: empty, dashes, or that there is no advance."""
    if not isinstance(value, str):
        return value is None
    return _BLANK.fullmatch(clean(value)) is not None or heading(value) == "SIN AVANCE"


def number(value: object) -> Decimal | None:
    """A figure as it stands; None where the cell says nothing.

    Raises:
        ValueError: the cell holds something else.
    """
    if is_blank(value):
        return None
    if isinstance(value, bool | date | datetime | time):
        raise ValueError(f"no es un número: «{value}»")
    if isinstance(value, int | float):
        figure = Decimal(repr(value))
        if not figure.is_finite():
            raise ValueError(f"no es un número: «{value}»")
        return figure
    return _from_text(clean(value))


def may_be_thousands(value: object) -> bool:
    """Whether a text is read as three decimals and may be thousands: 1.500."""
    return isinstance(value, str) and bool(_THREE_BEHIND_A_POINT.fullmatch(_bare(clean(value))))


def shows_decimal_point(value: object) -> bool:
    """Whether the point of a text can only be a decimal point: 1,500.00 or 0.5."""
    return isinstance(value, str) and bool(_DECIMAL_POINT.fullmatch(_bare(clean(value))))


def _bare(text: str) -> str:
    return _CURRENCY.sub("", text)


def _from_text(text: str) -> Decimal:
    bare = _bare(text)
    if _PLAIN.fullmatch(bare):
        return Decimal(bare)
    if _GROUPED.fullmatch(bare):
        return Decimal(re.sub(r"[,' ]", "", bare))
    if _COMMA_DECIMAL.fullmatch(bare):
        return Decimal(bare.replace(".", "").replace(",", "."))
    raise ValueError(f"no es un número: «{text[:60]}»")


def half_up(figure: Decimal, decimals: int) -> Decimal:
    """Round as the reports print."""
    return figure.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
