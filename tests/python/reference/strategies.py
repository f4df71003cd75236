"""Hypothesis strategies for folders of contract CSVs.

A folder holds dozens of plans, far more choices than Hypothesis records for one example, so an
example is a seed and a report date, and the folder is drawn from the seed. A failure prints
both, and names the plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st

from .drafting import Draft
from .drafting_plans import draft_folder


@dataclass(frozen=True)
class FolderSeed:
    """What a folder is made from: equal seeds give equal folders."""

    seed: int
    plans: int
    as_of: date

    def draft(self) -> Draft:
        """The folder, ready to be written."""
        return draft_folder(self.seed, self.plans, self.as_of)


def folders(min_plans: int = 30, max_plans: int = 60) -> st.SearchStrategy[FolderSeed]:
    """Folders with that many plans or a few more, as of a date of 2023 to 2025."""
    return st.builds(
        FolderSeed,
        seed=st.integers(min_value=0, max_value=2**64 - 1),
        plans=st.integers(min_plans, max_plans),
        as_of=st.dates(date(2023, 2, 1), date(2025, 3, 31)),
    )
