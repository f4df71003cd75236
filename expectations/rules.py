"""The catalog of rules as data.

Belongs here: what a row of reglas_calidad says. Does not: judging, or reading a database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

# Of the catalog's enumeration, from worst to least.
SEVERITIES = ("critica", "alta", "media", "baja")


class IncompleteRuleError(Exception):
    """A rule has no threshold where one is needed; says which rule and which column."""


@dataclass(frozen=True)
class Rule:
    """One row of the catalog reglas_calidad.

    Attributes:
        rule_id: code.
        title: what it finds, in Spanish.
        severity: of SEVERITIES.
        second_severity: from the second threshold on; None = the same.
        owner: who corrects what it finds.
        threshold: first threshold, in the unit of the catalog.
        second_threshold: second one, of the rules that have it.
        meaning: what a finding means, in Spanish.
    """

    rule_id: str
    title: str
    severity: str
    second_severity: str | None
    owner: str
    threshold: Decimal | None
    second_threshold: Decimal | None
    meaning: str

    def first(self) -> float:
        """Give the threshold.

        Raises:
            IncompleteRuleError: the catalog leaves it empty.
        """
        return self._given(self.threshold, "umbral")

    def second(self) -> float:
        """Give the second threshold.

        Raises:
            IncompleteRuleError: the catalog leaves it empty.
        """
        return self._given(self.second_threshold, "umbral_2")

    def _given(self, value: Decimal | None, column: str) -> float:
        if value is None:
            raise IncompleteRuleError(f"reglas_calidad: la regla {self.rule_id} no tiene {column}")
        return float(value)


Rules = Mapping[str, Rule]


def worst(severities: Iterable[str]) -> str:
    """Give the worst of several severities."""
    return min(severities, key=SEVERITIES.index)
