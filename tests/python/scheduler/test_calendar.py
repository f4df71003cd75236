import time
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from orchestration import clock
from orchestration.scheduler.calendar import (
    as_of_partition,
    closed_month,
    is_of_now,
    is_reminder_day,
    registration_deadline,
)
from orchestration.scheduler.resources import Warehouse


@pytest.mark.parametrize(
    ("window_end", "today", "expected"),
    [
        # A past month is computed as of the day after it, whenever that happens.
        (date(2023, 8, 1), date(2026, 11, 21), date(2023, 8, 1)),
        # The running month has not ended: as of today.
        (date(2026, 12, 1), date(2026, 11, 21), date(2026, 11, 21)),
        (date(2026, 12, 1), date(2026, 12, 1), date(2026, 12, 1)),
    ],
)
def test_a_partition_is_computed_as_of_its_end_and_never_in_the_future(window_end, today, expected):
    assert as_of_partition(window_end, today) == expected


@pytest.mark.parametrize(
    ("tick", "month"),
    [(date(2026, 3, 1), "2026-02-01"), (date(2026, 1, 1), "2025-12-01")],
)
def test_the_first_of_a_month_computes_the_month_before(tick, month):
    assert closed_month(tick) == month


@pytest.mark.parametrize(
    ("day", "deadline"),
    [
        (date(2024, 2, 3), date(2024, 2, 29)),
        (date(2023, 2, 28), date(2023, 2, 28)),
        (date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_the_deadline_is_the_last_day_of_the_month(day, deadline):
    assert registration_deadline(day) == deadline


def test_one_reminder_a_month_five_days_before_the_deadline():
    days = [date(2024, 2, day) for day in range(1, 30)]
    assert [day for day in days if is_reminder_day(day)] == [date(2024, 2, 24)]


@pytest.mark.parametrize(
    ("as_of", "told"),
    [
        (date(2024, 3, 31), False),
        (date(2024, 4, 1), True),
        (date(2024, 4, 15), True),
    ],
)
def test_units_are_told_of_the_running_month_only(as_of, told):
    assert is_of_now(as_of, date(2024, 4, 15)) is told


# 25 hours apart: whatever the hour, one of them has another day than Lima.
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_run_and_a_terminal_of_one_machine_have_the_same_day(zone, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        run = Warehouse(root=str(tmp_path)).settings(date(2100, 1, 1))
        day = datetime.now(ZoneInfo(zone)).date()
        assert (run.today, run.as_of, clock.today()) == (day, day, day)
    finally:
        monkeypatch.undo()
        time.tzset()
