"""The definitions list what the project holds, and open nothing."""

import csv
import json
import os
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest
from dagster import RunRequest, SkipReason, build_schedule_context, build_sensor_context

from orchestration.scheduler import alerting, jobs
from orchestration.scheduler.assets import COPY, PUBLICATION
from orchestration.scheduler.project import QUALITY
from orchestration.scheduler.resources import Warehouse
from orchestration.settings import SHIPPED_SEEDS

SNAPSHOT = Path(__file__).parent / "definitions.json"


@pytest.fixture(scope="module")
def definitions(tmp_path_factory):
    """Load the definitions with every way to open a database shut."""

    def refuse(*args, **kwargs):
        raise AssertionError("loading the definitions opened a database")

    patch = pytest.MonkeyPatch()
    patch.setattr(duckdb, "connect", refuse)
    patch.setenv("SEMAFORO_ALMACEN", str(tmp_path_factory.mktemp("nowhere") / "almacen"))
    patch.setenv("SEMAFORO_BANDEJA", "")
    try:
        from orchestration.scheduler.definitions import defs

        yield defs
    finally:
        patch.undo()


def test_assets_jobs_schedules_and_sensors_are_the_reviewed_ones(definitions) -> None:
    graph = definitions.resolve_asset_graph()
    found = {
        "assets": sorted(key.to_user_string() for key in graph.get_all_asset_keys()),
        "jobs": sorted(job.name for job in definitions.jobs),
        "schedules": {
            schedule.name: [schedule.cron_schedule, schedule.execution_timezone]
            for schedule in definitions.schedules
        },
        "sensors": sorted(sensor.name for sensor in definitions.sensors),
    }
    assert found == json.loads(SNAPSHOT.read_text(encoding="utf-8"))


def test_a_server_that_is_away_keeps_no_page_and_no_message(definitions) -> None:
    graph = definitions.resolve_asset_graph()
    assert graph.get(COPY).parent_keys == {PUBLICATION}
    assert not graph.get(COPY).child_keys


def test_every_model_has_its_data_tests_as_checks(definitions) -> None:
    graph = definitions.resolve_asset_graph()
    checked = {key.asset_key.to_user_string() for key in graph.asset_check_keys}
    marts = {
        key.to_user_string()
        for key in graph.get_all_asset_keys()
        if key.to_user_string().startswith("marts/")
    }
    assert marts <= checked


def test_every_rule_is_a_check(definitions) -> None:
    with (SHIPPED_SEEDS / "reglas_calidad.csv").open(encoding="utf-8", newline="") as file:
        rules = {row["regla_id"] for row in csv.DictReader(file)}
    graph = definitions.resolve_asset_graph()
    assert {key.name for key in graph.asset_check_keys if key.asset_key == QUALITY} == rules


def test_the_monthly_tick_computes_the_month_that_closed() -> None:
    tick = datetime(2026, 3, 1, 6, 0, tzinfo=ZoneInfo("America/Lima"))
    request = jobs.monthly(build_schedule_context(scheduled_execution_time=tick))
    assert request.partition_key == "2026-02-01"


def evaluate_reminder(day: int) -> RunRequest | SkipReason:
    tick = datetime(2024, 2, day, 6, 0, tzinfo=ZoneInfo("America/Lima"))
    return alerting.reminder(build_schedule_context(scheduled_execution_time=tick))


def test_the_reminder_goes_out_five_days_before_the_deadline(monkeypatch) -> None:
    monkeypatch.setenv("SEMAFORO_SMTP_SERVIDOR", "mail.example")
    # 2024-02-29 is the deadline of January.
    assert evaluate_reminder(24).run_key == "2024-02-24"
    for day in (23, 25, 26):
        assert isinstance(evaluate_reminder(day), SkipReason)


def test_without_a_mail_server_no_reminder_is_started(monkeypatch) -> None:
    monkeypatch.delenv("SEMAFORO_SMTP_SERVIDOR", raising=False)
    reason = evaluate_reminder(24)
    assert isinstance(reason, SkipReason)
    assert "SEMAFORO_SMTP_SERVIDOR" in reason.skip_message


def evaluate_inbox(folder: Path, cursor: str | None = None) -> RunRequest | SkipReason:
    return ticked(folder, cursor)[0]


def ticked(folder: Path, cursor: str | None) -> tuple[RunRequest | SkipReason, str | None]:
    """What a tick says, and the cursor that it leaves to the next one."""
    context = build_sensor_context(
        resources={"warehouse": Warehouse(inbox=str(folder))}, cursor=cursor
    )
    return jobs.inbox(context), context.cursor


def test_an_empty_inbox_starts_nothing(tmp_path) -> None:
    assert isinstance(evaluate_inbox(tmp_path), SkipReason)


def test_the_same_files_ask_for_the_same_run_and_other_content_for_another(tmp_path) -> None:
    file = tmp_path / "metas_ejecutadas.csv"
    file.write_text("entidad_id\n1\n", encoding="utf-8")
    first = evaluate_inbox(tmp_path)
    again = evaluate_inbox(tmp_path)
    file.write_text("entidad_id\n2\n", encoding="utf-8")
    changed = evaluate_inbox(tmp_path)
    assert first.run_key == again.run_key
    assert changed.run_key != first.run_key


@pytest.mark.parametrize("name", ["METAS_EJECUTADAS.CSV", "metas_ejecutadas.xlsx", "otra.csv"])
def test_what_the_load_refuses_starts_a_run_that_says_so(tmp_path, name) -> None:
    (tmp_path / name).write_text("entidad_id\n", encoding="utf-8")
    assert isinstance(evaluate_inbox(tmp_path), RunRequest)
    assert Warehouse(inbox=str(tmp_path)).settings(date(2024, 6, 1)).data == tmp_path


@pytest.mark.parametrize("name", [".planes.csv", "~$planes.csv", "leame.txt", "planes.csv.part"])
def test_what_no_load_reads_starts_nothing(tmp_path, small_warehouse, name) -> None:
    (tmp_path / name).write_text("entidad_id\n", encoding="utf-8")
    assert isinstance(evaluate_inbox(tmp_path), SkipReason)
    fed = Warehouse(root=str(small_warehouse.root), inbox=str(tmp_path))
    assert fed.settings(date(2024, 6, 1)).data is None


def test_what_is_no_file_does_not_stop_the_others(tmp_path) -> None:
    (tmp_path / "anexos.csv").mkdir()
    os.mkfifo(tmp_path / "cola.csv")
    (tmp_path / "rota.csv").symlink_to(tmp_path / "nada")
    (tmp_path / "planes.csv").write_text("entidad_id\n", encoding="utf-8")
    assert isinstance(evaluate_inbox(tmp_path), RunRequest)


def test_a_file_that_is_still_open_is_waited_for(tmp_path) -> None:
    """A copy that pauses at its end: the load would leave the file, whose content is then old."""
    with (tmp_path / "planes.csv").open("w", encoding="utf-8") as copy:
        copy.write("entidad_id\n")
        copy.flush()
        outcome, cursor = ticked(tmp_path, None)
        assert isinstance(outcome, SkipReason)
        assert "planes.csv" in outcome.skip_message
    assert isinstance(evaluate_inbox(tmp_path, cursor), RunRequest)


def test_content_that_was_there_before_and_comes_back_starts_a_run(tmp_path) -> None:
    file = tmp_path / "planes.csv"
    cursor, keys = None, []
    for content in ("a", "a", "b", "a"):
        file.write_text(content, encoding="utf-8")
        outcome, cursor = ticked(tmp_path, cursor)
        keys += [outcome.run_key] if isinstance(outcome, RunRequest) else []
    assert len(set(keys)) == len(keys) == 3
