"""What a unit is told: which of its open findings are news to it.

Belongs here: comparing what is open with what was told, and the identity of a digest. Pure,
but for the time zone that days are counted in.
Does not: severity or meaning of a finding (fct_alerta, reglas_calidad), text, sending.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from expectations.rules import SEVERITIES
from orchestration.alerts.findings import Finding, Unit
from orchestration.clock import day_of

NEW, REOPENED, WORSE, STILL_OPEN = "nuevo", "reabierto", "agravado", "sigue abierto"
"""Why a finding is in a digest."""

REMINDED = SEVERITIES[: SEVERITIES.index("alta") + 1]
REMINDER_EVERY = timedelta(days=7)


@dataclass(frozen=True)
class Told:
    """What a unit last heard of a finding."""

    severity: str
    openings: int
    open_since: date
    at: datetime


@dataclass(frozen=True)
class Entry:
    """A finding and why it is told."""

    finding: Finding
    change: str


@dataclass(frozen=True)
class Digest:
    """What one unit is told after one refresh.

    Attributes:
        unit: whom it is for.
        as_of: report date of the publication.
        day: when it was made.
        entries: news, then what is still open, each from worst to least.
        open_count: open findings of the unit, told or not.
    """

    unit: Unit
    as_of: date
    day: date
    entries: tuple[Entry, ...]
    open_count: int

    @property
    def news(self) -> tuple[Entry, ...]:
        """What is new, reopened or worse."""
        return tuple(entry for entry in self.entries if entry.change != STILL_OPEN)

    @property
    def reminders(self) -> tuple[Entry, ...]:
        """What the unit knows and is reminded of."""
        return tuple(entry for entry in self.entries if entry.change == STILL_OPEN)

    @property
    def message_id(self) -> str:
        """Identity of the message: the same content gives the same, however often it is made."""
        parts = [self.unit.entity, self.unit.centre, self.as_of.isoformat()]
        if self.reminders:
            parts.append(self.day.isoformat())
        for entry in self.entries:
            finding = entry.finding
            parts += [finding.alert_id, entry.change, finding.severity, str(finding.openings)]
        return message_id("alertas", parts)


def message_id(kind: str, parts: Sequence[str]) -> str:
    """Make a Message-ID (RFC 5322, 3.6.4) of what a message says."""
    text = "\x1f".join([kind, *parts])
    return f"<{hashlib.sha256(text.encode()).hexdigest()[:40]}@{kind}.semaforo>"


def make_digest(
    unit: Unit,
    findings: Sequence[Finding],
    told: Mapping[str, Told],
    *,
    as_of: date,
    now: datetime,
) -> Digest | None:
    """Decide what a unit is told; None = nothing.

    Args:
        unit: whose findings they are.
        findings: all that are open, worst first.
        told: what the unit last heard, by alert_id.
        as_of: report date of the publication.
        now: when it is told.
    """
    news, known = [], []
    for finding in findings:
        change = _change(finding, told.get(finding.alert_id))
        (known if change is None else news).append((finding, change))
    grave = [finding for finding, _ in known if finding.severity in REMINDED]
    # By days, not hours: what runs each day at six would else be a minute early on the seventh.
    due = any(day_of(now) - day_of(told[each.alert_id].at) >= REMINDER_EVERY for each in grave)
    entries = [Entry(finding, change) for finding, change in news]
    entries += [Entry(finding, STILL_OPEN) for finding in grave if due]
    return Digest(unit, as_of, day_of(now), tuple(entries), len(findings)) if entries else None


def _change(finding: Finding, told: Told | None) -> str | None:
    if told is None:
        return NEW
    # A report date computed again splits no opening: a reopened finding opened later, too.
    if finding.openings > told.openings and finding.open_since > told.open_since:
        return REOPENED
    if finding.rank < SEVERITIES.index(told.severity):
        return WORSE
    return None
