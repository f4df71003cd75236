"""Suite programacion: how plans are made and changed (P01 to P09)."""

from expectations.engine import Expectation
from expectations.judges import at_least, at_most, at_most_second, below, exactly
from expectations.rules import Rules


def expectations(rules: Rules) -> list[Expectation]:
    """List the expectations of the suite."""
    return [
        exactly(rules["P01"]),
        at_most(rules["P02"]),
        below(rules["P03"]),
        at_most(rules["P04"]),
        at_least(rules["P05"]),
        at_most(rules["P06"], level="CC"),
        at_most_second(rules["P06"], level="AEI"),
        at_most(rules["P07"]),
        at_most(rules["P08"]),
        at_most(rules["P09"]),
    ]
