"""Draw the pages of plans: those of many, on all processors.

Belongs here: which pages a plan has and which process writes them. Does not: what a page says, or
which plans are to be drawn (building).
"""

import atexit
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path, PurePosixPath

from orchestration.dashboard import names, plans, sections
from orchestration.dashboard.pages import render
from orchestration.dashboard.plans import PlanData
from orchestration.dashboard.reading import PlanKey, Rows
from orchestration.dashboard.writing import write_text
from orchestration.errors import SemaforoError
from orchestration.reports.marts import Marts

Catalogs = dict[str, Rows]

# Fewer are drawn before another process has started.
_WORTH_PROCESSES = 12
_MOST_PROCESSES = 8
# Plans whose rows are read together: small ones by the dozen, a large one by itself.
_PLANS_AT_ONCE = 50
_ACTIVITIES_AT_ONCE = 300


def draw_plans(
    folder: Path, marts: Marts, catalogs: Catalogs, sizes: dict[PlanKey, int]
) -> Iterator[tuple[PlanKey, tuple[str, ...]]]:
    """Write the pages of these plans, in their order; gives each with the paths of its pages.

    Args:
        folder: of the dashboard.
        marts: the publication.
        catalogs: bands, quality rules and months, of every plan.
        sizes: how many activities each plan has.

    Raises:
        SemaforoError: a process that drew was killed.
        OSError: a page can't be written.
    """
    processes = min(os.cpu_count() or 1, _MOST_PROCESSES)
    together = batches(sizes)
    if processes == 1 or len(sizes) < _WORTH_PROCESSES:
        for keys in together:
            yield from _write_plans(folder, marts, catalogs, keys)
        return
    # DuckDB's own threads do not survive a fork.
    with ProcessPoolExecutor(
        processes, get_context("spawn"), _start, (folder, marts.published, catalogs)
    ) as pool:
        try:
            for drawn in pool.map(_draw, together):
                yield from drawn
        except BrokenProcessPool:
            raise SemaforoError(
                "el sistema cerró un proceso que dibujaba el tablero, quizá por falta de memoria; "
                "repita con «semaforo dashboard»"
            ) from None
        finally:
            pool.shutdown(cancel_futures=True)


def batches(sizes: dict[PlanKey, int]) -> list[list[PlanKey]]:
    """Split plans, in their order, into those to read together, by their activities."""
    found: list[list[PlanKey]] = []
    activities = 0
    for key, size in sizes.items():
        activities += size
        if not found or len(found[-1]) == _PLANS_AT_ONCE or activities > _ACTIVITIES_AT_ONCE:
            found.append([])
            activities = size
        found[-1].append(key)
    return found


def write_page(
    folder: Path, page: PurePosixPath, template: str, data: dict, **context: object
) -> None:
    """Fill a template and write the page, whole, to its place in the dashboard's folder."""
    write_text(folder / page, render(template, page, data, **context))


def _start(folder: Path, published: Path, catalogs: Catalogs) -> None:
    """Open the publication in a process that draws; it ends with the one it draws for."""
    # Who presses Ctrl-C is answered once, by the process that was started.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    global _drawing  # noqa: PLW0603
    _drawing = (folder, Marts(published, threads=1), catalogs)
    # An open database at the end of a process is a complaint of DuckDB's on the terminal.
    atexit.register(_stop)


def _stop() -> None:
    global _drawing  # noqa: PLW0603
    _, marts, _ = _drawing
    marts.close()
    _drawing = None


def _end_with_parent() -> None:
    """Leave at once when the parent is gone: killed, it can tell nobody to stop."""
    wait([parent_process().sentinel])
    os._exit(1)


def _draw(keys: list[PlanKey]) -> list[tuple[PlanKey, tuple[str, ...]]]:
    return list(_write_plans(*_drawing, keys))


def _write_plans(
    folder: Path, marts: Marts, catalogs: Catalogs, keys: list[PlanKey]
) -> Iterator[tuple[PlanKey, tuple[str, ...]]]:
    for key, data in plans.read_plans(marts, keys):
        yield key, _write_plan(folder, catalogs, data, *key)


def _write_plan(
    folder: Path, catalogs: Catalogs, data: PlanData, entity: str, plan: str
) -> tuple[str, ...]:
    """Write the page of a plan and of each of its units; gives their paths."""
    page = names.plan_page(entity, plan)
    write_page(
        folder,
        page,
        "plan",
        plans.page_data(data, catalogs),
        plan=data["plan"][0],
        secciones=sections.plan_sections(data),
    )
    written = [str(page)]
    centres = {row["centro_costo_id"]: row for row in data["centros"]}
    rows = plans.UnitRows(data)
    for centre in plans.units(data):
        own = rows.of(centre)
        page = names.unit_page(entity, plan, centre)
        write_page(
            folder,
            page,
            "unidad",
            plans.page_data(own, catalogs, centre=centre),
            plan=data["plan"][0],
            unidad=centres[centre],
            secciones=sections.unit_sections(own),
        )
        written.append(str(page))
    return tuple(written)
