"""Suite carga: what loading left undone (C01)."""

from expectations.engine import Expectation
from expectations.judges import at_most
from expectations.rules import Rules


def expectations(rules: Rules) -> list[Expectation]:
    """List the expectations of the suite."""
    return [at_most(rules["C01"])]
