"""What is news to a unit, and when it is reminded."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sample import AS_OF, NOW, digest, finding, told

from orchestration.alerts.digests import NEW, REOPENED, STILL_OPEN, WORSE


def changes(made) -> dict[str, str]:
    return {entry.finding.alert_id: entry.change for entry in made.entries} if made else {}


def test_what_was_never_told_is_new() -> None:
    assert changes(digest(finding("a"), finding("b"))) == {"a": NEW, "b": NEW}


def test_what_was_told_is_no_news() -> None:
    assert digest(finding("a"), known=told(finding("a"))) is None


def test_opened_again_later_is_reopened() -> None:
    before = finding("a", open_since=AS_OF - timedelta(days=60))
    assert changes(digest(finding("a", openings=2), known=told(before))) == {"a": REOPENED}


def test_a_report_date_computed_again_in_between_reopens_nothing() -> None:
    # One more opening, but the finding has been open since the same day.
    assert digest(finding("a", openings=2), known=told(finding("a"))) is None
    # Open since a later day, and never closed.
    before = finding("a", open_since=AS_OF - timedelta(days=60))
    assert digest(finding("a"), known=told(before)) is None


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("media", "alta", {"a": WORSE}),
        ("baja", "media", {"a": WORSE}),
        ("alta", "critica", {"a": WORSE}),
        ("media", "media", {}),
        ("alta", "media", {}),
    ],
)
def test_worse_is_a_severity_that_rose(before, now, expected) -> None:
    known = told(finding("a", severity=before))
    assert changes(digest(finding("a", severity=now), known=known)) == expected


@pytest.mark.parametrize(
    ("severity", "days", "reminded"),
    [
        ("alta", 6, False),
        ("alta", 7, True),
        ("alta", 30, True),
        ("critica", 7, True),
        ("media", 30, False),
        ("baja", 30, False),
    ],
)
def test_once_a_week_what_is_open_and_grave_is_told_again(severity, days, reminded) -> None:
    grave = finding("a", severity=severity)
    found = changes(digest(grave, known=told(grave, days_ago=days)))
    assert found == ({"a": STILL_OPEN} if reminded else {})


def test_the_reminder_counts_days_not_hours() -> None:
    grave = finding("a", severity="alta")
    # Told at noon a week ago; today's run is a minute earlier.
    early = NOW - timedelta(minutes=1)
    assert changes(digest(grave, known=told(grave, days_ago=7), now=early)) == {"a": STILL_OPEN}


def test_the_days_to_a_reminder_are_those_of_where_semaforo_runs(monkeypatch) -> None:
    """From a Wednesday at 19:01 in Lima, already Thursday in UTC, to the next at 18:59."""
    grave = finding("a", severity="alta")
    later = datetime(2024, 5, 15, 23, 59, tzinfo=UTC)
    known = {"a": replace(told(grave)["a"], at=datetime(2024, 5, 9, 0, 1, tzinfo=UTC))}
    try:
        for zone, due in (("UTC", False), ("America/Lima", True)):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            assert bool(digest(grave, known=known, now=later)) is due
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_reminder_that_is_due_lists_everything_grave() -> None:
    old, fresh = finding("a", severity="alta"), finding("b", severity="alta")
    known = told(old, days_ago=7) | told(fresh, days_ago=2)
    minor = finding("c")
    made = digest(old, fresh, minor, known=known | told(minor, days_ago=30))
    assert changes(made) == {"a": STILL_OPEN, "b": STILL_OPEN}
    assert made.news == ()
    assert made.open_count == 3


def test_the_same_digest_has_the_same_identity_and_another_has_another() -> None:
    first = digest(finding("a"))
    again = digest(finding("a"), now=NOW + timedelta(days=1))
    assert first.message_id == again.message_id
    assert digest(finding("a"), finding("b")).message_id != first.message_id
    assert digest(finding("a", severity="alta")).message_id != first.message_id


def test_next_weeks_reminder_is_another_message() -> None:
    grave = finding("a", severity="alta")
    known = told(grave, days_ago=7)
    later = NOW + timedelta(days=7)
    assert digest(grave, known=known).message_id != digest(grave, known=known, now=later).message_id
