"""The sizes that are measured, and the dates that the measured refreshes are of.

Belongs here: how much is generated. Does not: what the rows look like.
"""

from dataclasses import dataclass
from datetime import date

LAST_YEAR = 2025

# December of the last year is due after 31 January, and registered during January.
MONTH_BEFORE = date(2026, 1, 1)
REPORT_DATE = date(2026, 2, 1)


@dataclass(frozen=True)
class Size:
    """How much is generated.

    Attributes:
        name: letter that `make bench SIZE=` takes.
        entities: entities, each with one plan a year.
        years: years of plans, the last being LAST_YEAR.
        mean_activities: activities of a plan, on average over the entities.
    """

    name: str
    entities: int
    years: int
    mean_activities: int = 290

    @property
    def first_year(self) -> int:
        """Year of the oldest plans."""
        return LAST_YEAR - self.years + 1


# 2,900 is the number of Peru's executing units, 290 the activities of one on average.
SIZES = {
    size.name: size
    for size in (Size("S", 30, 1), Size("M", 300, 3), Size("L", 2900, 5), Size("X", 2900, 10))
}
