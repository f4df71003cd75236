"""Build the dashboard of a warehouse: what the command line and the refresh call.

Belongs here: the order of the pages, and which are left as they are. Does not: any page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from orchestration.dashboard import control, methods, overview
from orchestration.dashboard.catalogs import read_catalogs
from orchestration.dashboard.drawing import draw_plans, write_page
from orchestration.dashboard.fingerprints import fingerprints
from orchestration.dashboard.manifest import (
    Entry,
    Manifest,
    read_manifest,
    write_manifest,
)
from orchestration.dashboard.pages import STATIC, version
from orchestration.dashboard.reading import Rows, embedded
from orchestration.dashboard.writing import copy_tree, remove_pages, write_text
from orchestration.failures import plain_failures, require_published
from orchestration.lock import refresh_lock
from orchestration.reports.marts import Marts
from orchestration.settings import WarehousePaths

OnPlan = Callable[[str, int, int], None]
"""Told of each plan to draw: its name, its number from 1, how many there are."""


@dataclass(frozen=True)
class Dashboard:
    """What was done.

    Attributes:
        index: the page to open.
        written: plans whose pages were drawn.
        kept: plans whose pages were left as they are.
    """

    index: Path
    written: int
    kept: int

    def lines(self) -> list[str]:
        """What to tell whoever asked for it."""
        return [
            f"Planes dibujados: {self.written}; sin cambios: {self.kept}",
            f"Tablero: {self.index}",
        ]


def draw_dashboard(paths: WarehousePaths) -> Dashboard:
    """Bring the pages up to date with the publication, while nothing else writes there.

    Raises:
        SemaforoError: nothing is published, a refresh is running, or a file can't be written.
    """
    require_published(paths.published)
    with plain_failures():
        paths.private.mkdir(mode=0o700, exist_ok=True)
        with refresh_lock(paths.lock):
            return build_dashboard(paths)


def build_dashboard(
    paths: WarehousePaths, on_plan: OnPlan = lambda name, number, total: None
) -> Dashboard:
    """Bring the pages up to date with the publication.

    Pages of a plan of which nothing shown has changed are not written again; each file is
    replaced whole. Needs the lock of the warehouse.

    Raises:
        SemaforoError: nothing is published, or a file can't be written.
    """
    with plain_failures(), Marts(paths.published) as marts:
        return _build(paths.dashboard, marts, on_plan)


def _build(folder: Path, marts: Marts, on_plan: OnPlan) -> Dashboard:
    before = read_manifest(folder)
    same_version = before.version == version()
    found = fingerprints(marts)
    kept = {
        key: entry
        for key, entry in before.plans.items()
        if same_version
        and found.get(key) == entry.fingerprint
        and all((folder / page).is_file() for page in entry.pages)
    }
    if not same_version or not (folder / "assets").is_dir():
        copy_tree(STATIC, folder / "assets")
    # Until a plan's pages are whole again, nothing says that they are; but which they were stays
    # known, so that one that is no more is removed though this run be killed.
    unsure = {key: Entry("", entry.pages) for key, entry in before.plans.items()}
    write_manifest(folder, Manifest(version(), unsure | kept))
    catalogs = read_catalogs(marts)
    listed = overview.read_overview(marts)
    drawn = dict(kept)
    changed = {
        key: row for row in listed if (key := (row["entidad_id"], row["plan_id"])) not in kept
    }
    # As the publication is sorted, so that plans read together lie together.
    sizes = {
        key: changed[key]["n_actividades"] or 0
        for key in sorted(changed, key=lambda key: (changed[key]["anio"], key))
    }
    try:
        for number, (key, pages) in enumerate(draw_plans(folder, marts, catalogs, sizes), 1):
            on_plan(f"{changed[key]['entidad']}, {key[1]}", number, len(sizes))
            drawn[key] = Entry(found[key], pages)
    finally:
        # Interrupted, the next one goes on with the plans that are left.
        write_manifest(folder, Manifest(version(), unsure | drawn))
    _write_common(folder, marts, listed, catalogs)
    gone = _pages(before) - _pages(Manifest("", drawn))
    remove_pages(folder, gone)
    write_manifest(folder, Manifest(version(), drawn))
    return Dashboard(folder / "index.html", len(changed), len(kept))


def _pages(manifest: Manifest) -> set[str]:
    return {page for entry in manifest.plans.values() for page in entry.pages}


def _write_common(folder: Path, marts: Marts, listed: Rows, catalogs: dict[str, Rows]) -> None:
    """Write the pages over all plans, and the day they all speak of."""
    data_by_page = {
        "index": ("indice", overview.overview_data(listed, catalogs), {}),
        "calidad": ("calidad", control.quality_data(marts, listed, catalogs), {}),
        "conciliacion": ("conciliacion", control.reconciliation_data(marts, listed, catalogs), {}),
        "metodo": (
            "metodo",
            {"pagina": "metodo", "raiz": ""},
            {"metodos": methods.methods(marts, catalogs), "reglas": catalogs["reglas"]},
        ),
    }
    for name, (template, data, context) in data_by_page.items():
        write_page(folder, PurePosixPath(f"{name}.html"), template, data, **context)
    # Apart from the pages: it changes every day, they need not.
    write_text(
        folder / "publicacion.js",
        f"window.PUBLICACION = {embedded({'fecha_reporte': _report_date(marts)})};\n",
    )


def _report_date(marts: Marts) -> str | None:
    (row,) = marts.rows("select max(fecha_reporte) as dia from marts.dim_plan")
    day = row["dia"]
    return day.isoformat() if isinstance(day, date) else None
