"""Suite seguimiento: what units register of their execution (S01 to S11)."""

from expectations.engine import Expectation
from expectations.judges import at_most, at_most_second, below, known, within
from expectations.rules import Rules


def expectations(rules: Rules) -> list[Expectation]:
    """List the expectations of the suite."""
    return [
        at_most(rules["S01"]),
        at_most(rules["S02"]),
        at_most(rules["S03"]),
        at_most(rules["S04"]),
        at_most_second(rules["S04"]),
        at_most(rules["S05"]),
        below(rules["S06"]),
        at_most(rules["S07"]),
        known(rules["S07"]),
        below(rules["S08"]),
        at_most(rules["S09"]),
        within(rules["S10"]),
        at_most(rules["S11"]),
    ]
