"""Codes of cost centres: reports print names, the contract needs codes.

Belongs here: from a printed name to a code that stays the same. Does not: the tree of centres.
"""

import unicodedata
from pathlib import Path

from orchestration.errors import SemaforoError
from orchestration.importing.cells import clean, heading
from orchestration.importing.side_files import read_side_file

_SHORT = {"SUBGERENCIA": "SG", "GERENCIA": "G"}
_LINKING = {"DE", "DEL", "LA", "AL", "Y", "E", "A"}


def centre_code(name: str) -> str:
    """Code made of a name's words, in capitals without accents or linking words."""
    words = heading(name).replace(",", "").split()
    return "-".join(_SHORT.get(word, word) for word in words if word not in _LINKING)


def read_codes(path: Path, entity: str) -> dict[str, tuple[str, str]]:
    """Read known centres: heading of the name, or of the code, → (code, name).

    The file is a `centros_costo.csv` of the contract, or any CSV with its columns
    `centro_costo_id` and `nombre`; where it has `entidad_id`, only those of the entity count.

    Raises:
        SemaforoError: the file can't be read or lacks a column.
    """
    codes: dict[str, tuple[str, str]] = {}
    for row in read_side_file(path, "--centros", ("centro_costo_id", "nombre")):
        if not row["centro_costo_id"] or not row["nombre"]:
            raise SemaforoError(
                f"--centros: {path} necesita las columnas centro_costo_id y nombre, llenas"
            )
        if row.get("entidad_id", entity) == entity:
            known = (clean(row["centro_costo_id"]), clean(row["nombre"]))
            codes[heading(known[0])] = known
            codes[heading(known[1])] = known
    return codes


class Centres:
    """Cost centres met in a report; spellings that give one code are one centre."""

    def __init__(self, known: dict[str, tuple[str, str]]):
        self._known = known
        self.names: dict[str, str] = {}

    def code(self, printed: str) -> str:
        """Code of a printed name; of two spellings the one with more accents is kept."""
        known = self._known.get(heading(printed))
        if known:
            self.names[known[0]] = known[1]
            return known[0]
        code = centre_code(printed)
        spellings = [printed, self.names.get(code, printed)]
        self.names[code] = max(spellings, key=lambda name: (_accents(name), name))
        return code


def _accents(name: str) -> int:
    return sum(unicodedata.combining(sign) > 0 for sign in unicodedata.normalize("NFD", name))
