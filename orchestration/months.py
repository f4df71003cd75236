"""Months as people name them.

Belongs here: whether a text means a month. Does not: the names, which are in dim_periodo.
"""

import re


def means_month(text: str, month: int, name: str) -> bool:
    """Say whether a text is a month's number, its name, or three letters of it or more."""
    # Peru writes setiembre, Bolivia septiembre.
    asked = re.sub("^sept?", "set", text.strip().casefold()).removeprefix("0")
    return asked == str(month) or (len(asked) >= 3 and name.casefold().startswith(asked))
