"""Whose report it is, as its heading says: a report of two entities is two plans.

Belongs here: rows that name the entity, and two of them. Does not: the contract's row of it.
"""

import re
from collections.abc import Iterable

from orchestration.errors import SemaforoError
from orchestration.importing.cells import heading
from orchestration.importing.findings import Place

Named = dict[str, tuple[Place, str]]
"""By what names it (entity, pliego, executing unit): the place of the first, and its text."""

# «Unidad ejecutora: 301264 MUNICIPALIDAD…» in one cell or two.
_LABELLED = re.compile(r"(ENTIDAD|PLIEGO|UNIDAD EJECUTORA|U\.? ?E\.?) ?[: ] ?(.*\S)")
# The heading that `semaforo report` writes: Municipalidad de La Victoria (301264) · Plan…
_OWN = re.compile(r".+ \((\S+)\) · .+")
_CODE = re.compile(r"\d{3,}")


def note_entity(named: Named, place: Place, texts: list[str]) -> bool:
    """Note the entity that a row above a table names; say whether it names one.

    Args:
        named: what the report named before.
        place: the row.
        texts: its first cells that say something, cleaned.

    Raises:
        SemaforoError: another entity was named before.
    """
    text = " ".join(texts[:2])
    own, labelled = _OWN.fullmatch(texts[0]), _LABELLED.fullmatch(heading(text))
    if own:
        kind, text = "semaforo", texts[0]
    elif labelled:
        kind = labelled[1]
    else:
        return False
    _refuse_another(named.setdefault(kind, (place, text)), (place, text))
    return True


def refuse_two_entities(all_named: Iterable[Named]) -> None:
    """Refuse files of which each names another entity.

    Raises:
        SemaforoError: they do.
    """
    first: Named = {}
    for named in all_named:
        for kind, found in named.items():
            _refuse_another(first.setdefault(kind, found), found)


def _refuse_another(before: tuple[Place, str], after: tuple[Place, str]) -> None:
    if _key(before[1]) != _key(after[1]):
        raise SemaforoError(
            f"{after[0]}: es de «{after[1]}», y «{before[1]}» está en {before[0]}; deje en el "
            "libro una sola entidad e importe cada una con su --entidad"
        )


def _key(text: str) -> str:
    """What tells two entities apart: the code where one is printed, else the name."""
    if own := _OWN.fullmatch(text):
        return own[1]
    code = _CODE.search(text)
    return code[0].lstrip("0") if code else heading(text)
