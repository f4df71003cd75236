"""Options of the command line, read and checked without touching a disk."""

from datetime import date
from pathlib import Path

import pytest

from orchestration.errors import MisuseError
from orchestration.settings import DEFAULT_WAREHOUSE, make_settings, parse_date

TODAY = date(2024, 5, 15)


@pytest.mark.parametrize(
    "text",
    ["", "ayer", "2023-02-30", "2023-13-01", "30/06/2023", "20230630", "2023-W26-5", "2023-6-3"],
)
def test_what_is_no_iso_date_is_refused_and_named(text):
    with pytest.raises(MisuseError, match=f"--as-of: «{text}»"):
        parse_date(text, "--as-of")


def test_a_leap_day_is_a_date():
    assert parse_date("2024-02-29", "--as-of") == date(2024, 2, 29)


def test_everything_is_as_of_today_unless_told():
    assert make_settings(today=TODAY).as_of == TODAY
    assert make_settings(today=TODAY, as_of="2023-06-30").as_of == date(2023, 6, 30)


def test_relative_folders_are_those_of_the_caller(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    settings = make_settings(today=TODAY, data=Path("datos"), warehouse=Path("almacen"))
    assert settings.data == tmp_path / "datos"
    assert settings.warehouse.root == tmp_path / "almacen"


def test_no_warehouse_means_the_one_beside_the_project():
    assert make_settings(today=TODAY).warehouse.root == DEFAULT_WAREHOUSE


@pytest.mark.parametrize("wait", [-1, float("nan")])
def test_waiting_is_a_number_of_seconds(wait):
    with pytest.raises(MisuseError, match="--wait"):
        make_settings(today=TODAY, wait=wait)


def test_a_report_date_after_today_is_doubted():
    assert make_settings(today=TODAY, as_of="2206-11-30").doubts() == [
        "la fecha de reporte 30/11/2206 es posterior a hoy: cuenta como vencidos meses que no han "
        "terminado"
    ]


@pytest.mark.parametrize("as_of", [None, "2024-05-15", "2024-05-14"])
def test_a_report_date_up_to_today_is_not_doubted(as_of):
    assert make_settings(today=TODAY, as_of=as_of).doubts() == []
