"""Which known name a person most likely meant by one that is not known.

Belongs here: likeness of texts. Does not: where names come from, or how a message offers them.
"""

import re
from collections.abc import Iterable
from difflib import get_close_matches

# Codes of thousands of activities are alike; so many are enough to look through.
_LOOKED_AT = 1000


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


def meant_code(wanted: str, codes: Iterable[str]) -> str | None:
    """Give the code that was likely meant; None where no code is near.

    AO001 and AO002 are as alike as codes can be and are two things: the numbers have to agree.
    """
    numbers = _numbers(wanted)
    same = [code for code in codes if _numbers(code) == numbers]
    return next(iter(nearest(wanted, same[:_LOOKED_AT], cutoff=0.6)), None)


def _numbers(code: str) -> list[int]:
    return [int(digits) for digits in re.findall("[0-9]+", code)]
