"""Suite integridad: the warehouse itself (I01 to I05); what it finds stops the publication."""

from expectations.engine import Expectation
from expectations.judges import at_most
from expectations.rules import Rules


def expectations(rules: Rules) -> list[Expectation]:
    """List the expectations of the suite."""
    return [at_most(rules[rule]) for rule in ("I01", "I02", "I03", "I04", "I05")]
