"""Where each page stands, below the dashboard's folder. Pure.

Belongs here: paths. Does not: content.
"""

import hashlib
import re
from pathlib import PurePosixPath

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")
_LONGEST = 80
# Hidden, cut short by Windows, a device of its own, or like a name made here.
_TAKEN = re.compile(
    r"\..*|.*\.|(con|prn|aux|nul|com\d|lpt\d)(\..*)?|.*-[0-9a-f]{16}", re.IGNORECASE | re.ASCII
)

PLAN_PAGES = "planes"


def file_name(code: str) -> str:
    """A code as part of a path; two codes never give the same.

    What has no place in a path is replaced, and a digest of the code told apart from the next.
    """
    safe = _UNSAFE.sub("-", code)[:_LONGEST]
    if safe == code and not _TAKEN.fullmatch(code):
        return code
    return f"{safe.lstrip('.')}-{hashlib.sha256(code.encode()).hexdigest()[:16]}"


def plan_folder(entity: str, plan: str) -> PurePosixPath:
    """Folder of a plan's pages."""
    return PurePosixPath(PLAN_PAGES, file_name(entity), file_name(plan))


def plan_page(entity: str, plan: str) -> PurePosixPath:
    """Page of a plan."""
    return plan_folder(entity, plan) / "index.html"


def unit_page(entity: str, plan: str, centre: str) -> PurePosixPath:
    """Page of a unit in a plan."""
    return plan_folder(entity, plan) / "unidades" / unit_file(centre)


def unit_file(centre: str) -> str:
    """Name of a unit's page, the same in each plan."""
    return f"{file_name(centre)}.html"


def root_of(page: PurePosixPath) -> str:
    """The way from a page up to the dashboard's folder: "" or "../../"."""
    return "../" * (len(page.parts) - 1)
