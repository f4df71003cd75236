"""Which pages are written, and how: only what changed, each whole."""

import os
from pathlib import Path

import duckdb
import pytest
import small_plan
from boards import Board
from warehouses import Warehouse

from orchestration.dashboard import pages, writing
from orchestration.dashboard.building import build_dashboard
from orchestration.errors import SemaforoError
from orchestration.settings import WarehousePaths


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Inode and time of each page: a file that was replaced has others."""
    return {
        str(path.relative_to(folder)): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.rglob("*.html")
    }


def test_pages_of_an_unchanged_plan_are_not_written_again(published: Warehouse) -> None:
    folder = published.root / "dashboard"
    before = stamps(folder)
    done = published.run("dashboard")
    assert "Planes dibujados: 0; sin cambios: 1" in done.stdout
    assert stamps(folder) == before


def test_another_day_changes_the_date_and_no_page(published: Warehouse) -> None:
    folder = published.root / "dashboard"
    before = stamps(folder)
    with duckdb.connect(str(published.published.resolve())) as connection:
        connection.execute("update marts.dim_plan set fecha_reporte = fecha_reporte + 1")
        connection.execute("update marts.fct_alerta set ultima_vez = ultima_vez + 1")
    assert build_dashboard(WarehousePaths(published.root)).written == 0
    assert stamps(folder) == before
    assert "2024-05-16" in (folder / "publicacion.js").read_text(encoding="utf-8")


def test_a_registration_changes_the_pages_of_its_plan(published: Warehouse, tmp_path) -> None:
    folder = published.root / "dashboard"
    before = stamps(folder)
    data = small_plan.write_folder(
        tmp_path / "late", {"metas_ejecutadas": small_plan.late_registrations()}
    )
    published.refresh("--data", data, "--as-of", small_plan.AFTER_LATE_REGISTRATION)
    after = stamps(folder)
    assert set(after) == set(before)
    assert all(after[name] != before[name] for name in after if name.startswith("planes/"))


@pytest.mark.parametrize(
    "change",
    [
        "update marts.dim_semaforo set hex = '#123456' where color = 'verde'",
        "update catalogos.reglas_calidad set que_hacer = 'Otra cosa.'",
    ],
    ids=["band", "rule"],
)
def test_what_a_catalog_says_anew_reaches_the_pages(published: Warehouse, change: str) -> None:
    with duckdb.connect(str(published.published.resolve())) as connection:
        connection.execute(change)
    assert build_dashboard(WarehousePaths(published.root)).written == 1
    assert build_dashboard(WarehousePaths(published.root)).written == 0


def test_another_version_of_the_pages_draws_every_one(published, monkeypatch) -> None:
    monkeypatch.setattr("orchestration.dashboard.building.version", lambda: "otra")
    drawn = build_dashboard(WarehousePaths(published.root))
    assert (drawn.written, drawn.kept) == (1, 0)


def test_a_page_that_was_lost_is_drawn_again(published: Warehouse) -> None:
    board = Board(published.root / "dashboard")
    board.unit("muni", "poi-2024", "CC.2").unlink()
    assert build_dashboard(WarehousePaths(published.root)).written == 1
    assert board.unit("muni", "poi-2024", "CC.2").is_file()


def test_pages_of_a_plan_that_is_gone_go_too(published: Warehouse) -> None:
    with duckdb.connect(str(published.published.resolve())) as connection:
        connection.execute("delete from marts.dim_plan")
    build_dashboard(WarehousePaths(published.root))
    folder = published.root / "dashboard"
    assert list((folder / "planes").rglob("*")) == [] if (folder / "planes").exists() else True
    assert not Board(folder).plan("muni", "poi-2024").exists()


def test_pages_that_are_gone_go_after_a_run_that_stopped_too(published, monkeypatch) -> None:
    paths = WarehousePaths(published.root)
    page = Board(paths.dashboard).plan("muni", "poi-2024")
    with duckdb.connect(str(published.published.resolve())) as connection:
        connection.execute("delete from marts.dim_plan")

    def stop(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("orchestration.dashboard.building.remove_pages", stop)
        with pytest.raises(KeyboardInterrupt):
            build_dashboard(paths)
    assert page.is_file()
    build_dashboard(paths)
    assert not page.exists()


def test_what_stops_half_way_leaves_whole_pages_and_is_made_up_for(published, monkeypatch) -> None:
    paths = WarehousePaths(published.root)
    page = Board(paths.dashboard).plan("muni", "poi-2024")
    whole = page.read_bytes()
    monkeypatch.setattr("orchestration.dashboard.building.version", lambda: "otra")

    def refuse(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(writing.os, "replace", refuse)
        with pytest.raises(SemaforoError, match="disco"):
            build_dashboard(paths)
    assert page.read_bytes() == whole
    assert build_dashboard(paths).written == 1


def test_nothing_published_is_said_in_one_line(tmp_path) -> None:
    done = Warehouse(tmp_path / "nada").run("dashboard")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "publique con «semaforo refresh»" in done.stderr


def test_the_refresh_says_where_the_dashboard_is(small_warehouse: Warehouse) -> None:
    text = (small_warehouse.root.parent / "stdout").read_text(encoding="utf-8")
    assert f"Tablero: {small_warehouse.root}{os.sep}dashboard{os.sep}index.html" in text
    assert "[5/5] Tablero" in (small_warehouse.root.parent / "stderr").read_text(encoding="utf-8")


def test_what_the_pages_take_from_npm_has_its_licence_beside_it() -> None:
    vendored = pages.STATIC / "vendor"
    for library, licence in (
        ("echarts.min.js", "echarts.LICENSE"),
        ("inter.woff2", "inter.LICENSE"),
    ):
        assert (vendored / library).stat().st_size < 1_500_000
        assert (vendored / licence).read_text(encoding="utf-8").strip()
