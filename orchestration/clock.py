"""Whose day it is.

Belongs here: the one answer that every command and every run of Dagster goes by. Does not: which
date a run is about (scheduler/calendar).
"""

from datetime import date, datetime


def today() -> date:
    """Give the day it is where semaforo runs: in the time zone of the machine, or of TZ."""
    return day_of(datetime.now().astimezone())


def day_of(moment: datetime) -> date:
    """Give the day that a moment, which knows its zone, falls on where semaforo runs."""
    return moment.astimezone().date()
