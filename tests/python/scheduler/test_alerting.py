"""Alerts on the calendar, for real: a refresh of today tells, a reminder follows, once each."""

import subprocess
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import current_plan
import pytest
import small_plan
from mail import SENDER, running_server

from orchestration.scheduler.calendar import TIMEZONE
from orchestration.scheduler.home import MODULE, environment
from orchestration.settings import WarehousePaths


@pytest.fixture
def server(tmp_path):
    with running_server(tmp_path / "mail") as running:
        yield running


def run_job(name: str, environ: dict[str, str], *tags: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "dagster", "job", "execute", "-m", MODULE, "-j", name, *tags],
        env=environ,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def told(server, number: int) -> str:
    return server.taken()[number].get_body(("plain",)).get_content()


def test_todays_refresh_tells_and_the_reminder_follows_once_each(
    warehouse, server, tmp_path
) -> None:
    today = datetime.now(ZoneInfo(TIMEZONE)).date()
    folder = small_plan.write_folder(tmp_path / "plan", current_plan.tables(today))
    environ = environment(WarehousePaths(warehouse.root), folder) | {
        "SEMAFORO_SMTP_SERVIDOR": "127.0.0.1",
        "SEMAFORO_SMTP_PUERTO": str(server.port),
        "SEMAFORO_SMTP_SEGURIDAD": "ninguna",
        "SEMAFORO_SMTP_REMITENTE": SENDER,
        "TZ": TIMEZONE,
    }
    environ.pop("SEMAFORO_CORREO_PLANEAMIENTO", None)
    this_month = f'{{"dagster/partition": "{today:%Y-%m}-01"}}'
    done = run_job("refresh", environ, "--tags", this_month)
    assert done.returncode == 0, done.stderr[-3000:]
    assert [envelope["to"] for envelope in server.envelopes()] == [
        ["gerencia@muni.example"],
        ["oficina@muni.example"],
    ]
    assert "gerencia@muni.example" not in done.stderr + done.stdout

    reminded = run_job("recordatorio", environ)
    assert reminded.returncode == 0, reminded.stderr[-3000:]
    assert len(server.taken()) == 4
    # A1 is registered and A4 has no programming; the manager's other activity is A5.
    assert "A5 Actividad A5" in told(server, 2)
    assert "A1" not in told(server, 2)
    assert "A2 Actividad A2" in told(server, 3)
    assert "A4" not in told(server, 3)
    assert "gerencia@muni.example" not in reminded.stderr + reminded.stdout

    again = run_job("recordatorio", environ)
    assert again.returncode == 0, again.stderr[-3000:]
    assert len(server.taken()) == 4


def test_the_reminder_of_an_old_publication_fails_and_says_why(published, server) -> None:
    paths = WarehousePaths(published.root)
    environ = environment(paths, None) | {
        "SEMAFORO_SMTP_SERVIDOR": "127.0.0.1",
        "SEMAFORO_SMTP_REMITENTE": SENDER,
    }
    done = run_job("recordatorio", environ)
    assert done.returncode != 0
    assert "lo publicado es al 15/05/2024 y no dice qué vence este mes" in done.stderr
    assert server.taken() == []
