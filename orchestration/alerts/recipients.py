"""Who receives the digest of a unit, and how addresses are kept out of sight.

Belongs here: addresses, from the private database and the environment. Does not: sending.
The centre's own address, else that of the nearest centre above it that has one, else the planning
office's.
"""

import os
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.alerts.findings import Unit
from orchestration.contract import contract
from orchestration.errors import SemaforoError
from orchestration.relations import standing

PLANNING_VARIABLE = "SEMAFORO_CORREO_PLANEAMIENTO"

OWN, ABOVE, PLANNING = "unidad", "superior", "planeamiento"
"""Whose address it is."""

_TABLE = "centros_costo"
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*",
)
_ANY_ADDRESS = re.compile(r"[^\s<>@,;:\"'()]+@[^\s<>@,;:\"'()]+")
_SEPARATORS = re.compile(r"[\s,;]+")


@dataclass(frozen=True)
class Recipients:
    """Where a unit's messages go.

    Attributes:
        addresses: none = nobody can be told.
        whose: OWN, ABOVE or PLANNING; empty where there is no address.
        unusable: centres on the way whose address is no address.
    """

    addresses: tuple[str, ...]
    whose: str
    unusable: tuple[str, ...] = ()

    def shown(self) -> str:
        """Say where they go without giving any address away."""
        if not self.addresses:
            return "sin destinatario"
        return f"{', '.join(map(masked, self.addresses))} ({self.whose})"


@dataclass(frozen=True)
class Centres:
    """The cost centres with their parents and addresses, and the planning office's."""

    parents: Mapping[tuple[str, str], str | None]
    addresses: Mapping[tuple[str, str], str]
    planning: tuple[str, ...]

    def recipients(self, unit: Unit, refused: Container[str] = ()) -> Recipients:
        """Find whom to tell, leaving out addresses that the server refused for good."""
        unusable = []
        centre, seen = unit.centre, set()
        while centre and centre not in seen:
            seen.add(centre)
            written = self.addresses.get((unit.entity, centre))
            if written:
                found = parse_addresses(written)
                usable = tuple(each for each in found if each not in refused)
                if usable:
                    whose = OWN if centre == unit.centre else ABOVE
                    return Recipients(usable, whose, tuple(unusable))
                if not found:
                    unusable.append(centre)
            centre = self.parents.get((unit.entity, centre))
        planning = tuple(each for each in self.planning if each not in refused)
        return Recipients(planning, PLANNING if planning else "", tuple(unusable))


def read_centres(build_db: Path, environ: Mapping[str, str] = os.environ) -> Centres:
    """Read the addresses. Needs the lock of the warehouse.

    Raises:
        SemaforoError: the planning office's address is no address.
    """
    written = environ.get(PLANNING_VARIABLE, "").strip()
    planning = parse_addresses(written)
    if written and not planning:
        raise SemaforoError(
            f"{PLANNING_VARIABLE} no es una dirección de correo; escriba nombre@dominio"
        )
    with duckdb.connect(str(build_db), read_only=True) as connection:
        rows = connection.execute(f"""
            select entidad_id, centro_costo_id, centro_padre_id, correo
            from ({standing(contract()[_TABLE])})
        """).fetchall()
    return Centres(
        parents={(entity, centre): parent for entity, centre, parent, _ in rows},
        addresses={(entity, centre): mail for entity, centre, _, mail in rows if mail},
        planning=planning,
    )


def parse_addresses(text: str) -> tuple[str, ...]:
    """Give the addresses of a text that separates them by commas, semicolons or spaces.

    All or none: one that is wrong would otherwise be left out unnoticed.
    """
    found = [part for part in _SEPARATORS.split(text) if part]
    return tuple(dict.fromkeys(found)) if all(map(_ADDRESS.fullmatch, found)) else ()


def masked(address: str) -> str:
    """Show which address is meant to who knows it, and to nobody else."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}…@{domain[:1]}…"


def without_addresses(text: str, *addresses: str) -> str:
    """Take addresses, and the names in them, out of what a server said."""
    hidden = _ANY_ADDRESS.sub("(correo)", text)
    for address in addresses:
        for part in (address, *address.split("@")):
            hidden = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", "(correo)", hidden, flags=re.I)
    return hidden
