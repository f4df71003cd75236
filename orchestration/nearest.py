"""Which known name a person most likely meant by one that is not known.

Belongs here: likeness of texts. Does not: where names come from, or how a message offers them.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from orchestration.blanks import MARKS, SPACES

# Codes of thousands of activities are alike; so many are enough to look through.
_LOOKED_AT = 1000
# More are no list that anybody reads.
_LISTED = 20
# Alphabets with letters that look like Latin ones.
_SCRIPTS = {"CYRILLIC": "cirílica", "GREEK": "griega"}
_LOOK_ALIKE = str.maketrans(
    "АВЕКМНОРСТУХЅІЈасеорхуіѕј" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "ABEKMHOPCTYXSIJaceopxyisj" + "ABEZHIKMNOPTYX",
)


def nearest(wanted: str, texts: Iterable[str], *, count: int = 1, cutoff: float = 0.5) -> list[str]:
    """Give the texts most like the one written, best first; capitals make no difference.

    Args:
        wanted: what was written.
        texts: what there is.
        count: how many at most.
        cutoff: likeness that the least of them has, from 0 to 1.
    """
    folded: dict[str, str] = {}
    for text in texts:
        folded.setdefault(text.casefold(), text)
    return [folded[one] for one in get_close_matches(wanted.casefold(), folded, count, cutoff)]


def known_ones(wanted: str, known: Sequence[str]) -> str:
    """Say what there is instead of the one written: all of a few, of many the most alike."""
    if len(known) <= _LISTED:
        return f"hay: {', '.join(known) or 'ninguna'}"
    return f"¿quiso decir {'; '.join(nearest(wanted, known, count=3, cutoff=0.0))}?"


def meant_code(wanted: str, codes: Iterable[str]) -> str | None:
    """Give the code that was likely meant; None where no code is near.

    AO001 and AO002 are as alike as codes can be and are two things: the numbers have to agree.
    A code that looks the same, or differs in its zeros at the left alone, is the one, however
    short: a spreadsheet takes 0007 for 7.
    """
    codes, bones = list(codes), _bones(wanted)
    if alike := [code for code in codes if _bones(code) == bones]:
        return next(iter(nearest(wanted, alike[:_LOOKED_AT], cutoff=0.0)), None)
    numbers = _numbers(wanted)
    same = [code for code in codes if _numbers(code) == numbers]
    return next(iter(nearest(wanted, same[:_LOOKED_AT], cutoff=0.6)), None)


def unlike_signs(wanted: str, meant: str) -> str | None:
    """Say which signs of a code are not those of the one meant, where both look the same.

    None where the difference can be seen.
    """
    for sign in wanted:
        if sign in meant:
            continue
        if sign in SPACES + MARKS:
            return f"lleva un signo que no se ve, U+{ord(sign):04X}"
        script = unicodedata.name(sign, "").split(" ")[0]
        if script in _SCRIPTS:
            return f"su «{sign}» es una letra {_SCRIPTS[script]}"
    return None


def _bones(code: str) -> str:
    """A code as it looks, without the zeros that a spreadsheet loses."""
    seen = "".join(sign for sign in code if not (sign.isspace() or sign in MARKS))
    return re.sub("(?<![0-9])0+(?=[0-9])", "", seen.translate(_LOOK_ALIKE)).casefold()


def _numbers(code: str) -> list[int]:
    return [int(digits) for digits in re.findall("[0-9]+", code)]
