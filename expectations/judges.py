"""The standard expectations that judge the column `valor`, each for the rows of one rule.

Belongs here: how an expectation carries its rule. Does not: which rule is judged how.
Values and thresholds are compared as doubles: of the six decimals of `valor` none is lost below
a thousand million, and every threshold is far below.
"""

from expectations.engine import Column, Expectation, FailureSeverity, expectation
from expectations.rules import Rule

VALUE = "valor"
RULE = "regla_id"
LEVEL = "nivel"

_SEVERITIES = {
    "critica": FailureSeverity.CRITICAL,
    "alta": FailureSeverity.CRITICAL,
    "media": FailureSeverity.WARNING,
    "baja": FailureSeverity.INFO,
}

_WORDS = {
    ("min_value", False): "no menos de {:g}",
    ("min_value", True): "más de {:g}",
    ("max_value", False): "no más de {:g}",
    ("max_value", True): "menos de {:g}",
}


def at_most(rule: Rule, *, level: str | None = None) -> Expectation:
    """No value over the threshold."""
    return _between(rule, level=level, max_value=rule.first())


def below(rule: Rule) -> Expectation:
    """Every value below the threshold."""
    return _between(rule, max_value=rule.first(), strict=True)


def at_least(rule: Rule) -> Expectation:
    """No value below the threshold."""
    return _between(rule, min_value=rule.first())


def exactly(rule: Rule) -> Expectation:
    """Every value the threshold itself."""
    return _between(rule, min_value=rule.first(), max_value=rule.first())


def within(rule: Rule) -> Expectation:
    """No value farther from zero than the threshold, to either side."""
    return _between(rule, min_value=-rule.first(), max_value=rule.first())


def strictly_within(rule: Rule) -> Expectation:
    """Every value nearer to zero than the threshold, to either side."""
    return _between(
        rule,
        min_value=-rule.first(),
        max_value=rule.first(),
        strict=True,
    )


def at_most_second(rule: Rule, *, level: str | None = None) -> Expectation:
    """No value over the second threshold, with the severity that comes with it."""
    severity = rule.second_severity or rule.severity
    return _between(rule, level=level, severity=severity, max_value=rule.second())


def known(rule: Rule) -> Expectation:
    """No null: where a rule measures nothing to compare, that is its finding."""
    return expectation.ExpectColumnValuesToNotBeNull(
        **_common(rule, None, rule.severity, "ha de haber con qué medir")
    )


def _between(
    rule: Rule,
    *,
    level: str | None = None,
    severity: str | None = None,
    strict: bool = False,
    **limits: float,
) -> Expectation:
    told = " y ".join(_WORDS[name, strict].format(limit) for name, limit in limits.items())
    return expectation.ExpectColumnValuesToBeBetween(
        **_common(rule, level, severity or rule.severity, told),
        **limits,
        strict_min=strict,
        strict_max=strict,
    )


def _common(rule: Rule, level: str | None, severity: str, told: str) -> dict:
    condition = Column(RULE) == rule.rule_id
    if level is not None:
        condition &= Column(LEVEL) == level
    return {
        "column": VALUE,
        "row_condition": condition,
        "severity": _SEVERITIES[severity],
        "description": f"{rule.rule_id}. {rule.title}: {told}. {rule.meaning}",
        "meta": {
            "regla_id": rule.rule_id,
            "severidad": severity,
            "responsable": rule.owner,
        },
    }
