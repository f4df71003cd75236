"""Suite resultados: what a corte shows (R01 to R09)."""

from expectations.engine import Expectation
from expectations.judges import at_most, at_most_second, below, exactly, known, strictly_within
from expectations.rules import Rules


def expectations(rules: Rules) -> list[Expectation]:
    """List the expectations of the suite."""
    return [
        known(rules["R01"]),
        strictly_within(rules["R02"]),
        below(rules["R03"]),
        exactly(rules["R04"]),
        at_most(rules["R05"]),
        known(rules["R05"]),
        at_most(rules["R06"]),
        known(rules["R06"]),
        at_most(rules["R07"]),
        at_most(rules["R08"]),
        at_most_second(rules["R08"]),
        at_most(rules["R09"]),
    ]
