"""Many plans are drawn by several processes, and the pages are those of one."""

import multiprocessing
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from warehouses import Warehouse

from orchestration.dashboard import drawing
from orchestration.dashboard.building import build_dashboard
from orchestration.errors import SemaforoError
from orchestration.settings import PROJECT_ROOT, WarehousePaths


def texts(folder: Path) -> dict[str, str]:
    """Every page."""
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for path in folder.rglob("*.html")
    }


@pytest.fixture
def shipped(shipped_warehouse, tmp_path, monkeypatch) -> Warehouse:
    """The shipped plans, their pages to be drawn by two processes."""
    warehouse = shipped_warehouse.copy_to(tmp_path / "shipped")
    shutil.rmtree(warehouse.root / "dashboard")
    monkeypatch.setattr(drawing, "_WORTH_PROCESSES", 1)
    monkeypatch.setattr(drawing, "_PLANS_AT_ONCE", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    return warehouse


def test_pages_of_several_processes_are_those_of_one(shipped, shipped_warehouse) -> None:
    told = []
    drawn = build_dashboard(
        WarehousePaths(shipped.root), lambda name, number, total: told.append((number, total))
    )
    assert drawn.written > 3
    assert told == [(number, drawn.written) for number in range(1, drawn.written + 1)]
    assert texts(shipped.root / "dashboard") == texts(shipped_warehouse.root / "dashboard")


def test_what_another_process_cannot_write_fails_the_drawing(shipped) -> None:
    (shipped.root / "dashboard").mkdir()
    (shipped.root / "dashboard" / "planes").write_text("a file in the way")
    with pytest.raises(SemaforoError, match=r"no es una carpeta.*planes"):
        build_dashboard(WarehousePaths(shipped.root))


def test_a_process_that_is_killed_is_said_in_one_line(shipped) -> None:
    before = set(multiprocessing.active_children())

    def kill() -> None:
        # Both: one that is killed while the other is being started ends the start, not the drawing.
        while len(drawing := set(multiprocessing.active_children()) - before) < 2:
            time.sleep(0.01)
        drawing.pop().kill()

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    with pytest.raises(SemaforoError, match="cerró un proceso que dibujaba el tablero"):
        build_dashboard(WarehousePaths(shipped.root))
    killer.join()
    assert build_dashboard(WarehousePaths(shipped.root)).written > 0


def test_small_plans_are_read_together_and_a_large_one_by_itself() -> None:
    # A municipal office has two activities: 20,000 of them took 23 queries each, one plan a time.
    small = {(f"e{number:03}", "poi"): 2 for number in range(120)}
    sizes = small | {("large", "poi"): 60000, ("next", "poi"): 299, ("last", "poi"): 2}
    assert [len(keys) for keys in drawing.batches(sizes)] == [50, 50, 20, 1, 1, 1]
    assert [key for keys in drawing.batches(sizes) for key in keys] == list(sizes)


def test_a_drawing_that_is_interrupted_goes_on_where_it_was(shipped) -> None:
    paths = WarehousePaths(shipped.root)

    def stop(name: str, number: int, total: int) -> None:
        if number == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_dashboard(paths, stop)
    again = build_dashboard(paths)
    assert (again.written, again.kept) == (2, 2)


PROGRAM = """
import sys
from pathlib import Path
from orchestration.dashboard import drawing
from orchestration.dashboard.building import build_dashboard
from orchestration.settings import WarehousePaths
if __name__ == "__main__":
    drawing._WORTH_PROCESSES = 1
    drawing.os.cpu_count = lambda: 2
    print(build_dashboard(WarehousePaths(Path(sys.argv[1]))).written)
"""


def test_processes_that_drew_leave_nothing_on_the_terminal(shipped, tmp_path) -> None:
    program = tmp_path / "draw.py"
    program.write_text(PROGRAM, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(program), str(shipped.root)],
        env=os.environ | {"PYTHONPATH": str(PROJECT_ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert int(done.stdout) > 3
    assert not done.stderr


def test_a_refresh_may_leave_the_dashboard_as_it_is(published: Warehouse) -> None:
    shutil.rmtree(published.root / "dashboard")
    done = published.refresh("--as-of", "2024-05-16", "--no-dashboard")
    assert "El tablero no se dibujó" in done.stdout
    assert "[4/4] Publicando" in done.stderr
    assert not (published.root / "dashboard").exists()
    assert "Planes dibujados: 1" in published.run("dashboard").stdout
