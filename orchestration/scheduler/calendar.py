"""Which date a run is about. Pure.

A monthly partition is a report date: the first day after the month, when the registration of the
month before it is closed (contract, section 2: month k is due after month k + plazo).
"""

import calendar
from datetime import date, timedelta

TIMEZONE = "America/Lima"
REMINDER_DAYS = 5

# The last day of a month is the 28th to the 31st; `is_reminder_day` picks the one.
REMINDER_CRON = f"0 6 {28 - REMINDER_DAYS}-{31 - REMINDER_DAYS} * *"


def as_of_partition(window_end: date, today: date) -> date:
    """Date as of which a partition is computed; the running month's is today."""
    return min(window_end, today)


def closed_month(tick: date) -> str:
    """Partition that a tick on the first of a month computes: the month that just ended."""
    return (tick.replace(day=1) - timedelta(days=1)).replace(day=1).isoformat()


def registration_deadline(day: date) -> date:
    """Last day of the month of `day`: the deadline to register the month before."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def is_reminder_day(day: date) -> bool:
    """Say whether a reminder goes out: `REMINDER_DAYS` before the deadline."""
    return registration_deadline(day) - day == timedelta(days=REMINDER_DAYS)


def is_of_now(as_of: date, today: date) -> bool:
    """Say whether a report date is of the running month: a past one computed again is no news."""
    return as_of >= today.replace(day=1)
