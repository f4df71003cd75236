"""Where the dashboard shows a unit, for the links of a message.

Belongs here: addresses of pages below SEMAFORO_URL_TABLERO. Does not: making the pages.
"""

import os
from collections.abc import Mapping
from urllib.parse import quote

from orchestration.alerts.findings import Unit
from orchestration.dashboard.names import plan_page, unit_page
from orchestration.errors import SemaforoError

URL_VARIABLE = "SEMAFORO_URL_TABLERO"


def dashboard_url(environ: Mapping[str, str] = os.environ) -> str | None:
    """Address below which the dashboard is served, without the last slash; None = nowhere.

    Raises:
        SemaforoError: it is no web address.
    """
    url = environ.get(URL_VARIABLE, "").strip()
    if url and not url.startswith(("https://", "http://")):
        raise SemaforoError(f"{URL_VARIABLE}: escriba una dirección que empiece con https://")
    return url.rstrip("/") or None


def page_url(base: str | None, unit: Unit, plan: str) -> str | None:
    """Address of the unit's page in a plan; of the plan's, or the start page, where it has none."""
    if base is None:
        return None
    if not plan:
        page = "index.html"
    elif unit.centre:
        page = str(unit_page(unit.entity, plan, unit.centre))
    else:
        page = str(plan_page(unit.entity, plan))
    return f"{base}/{quote(page)}"
