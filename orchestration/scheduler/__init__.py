"""The refresh on a calendar: Dagster assets, checks, schedules and the inbox sensor.

Belongs here: what Dagster needs to know of the steps. Does not: the steps themselves, which are the
functions of `orchestration.refresh` that the command line calls.
"""
