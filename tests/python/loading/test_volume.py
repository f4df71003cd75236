"""A country's month: 840,000 registrations, one in a hundred bad, within a gigabyte."""

import os
import random
import subprocess
import sys
import textwrap
import time

import pytest

ACTIVITIES = 70_000
BAD = ("13|2023-01-28|1", "1|2023-02-30|1", "1|2023-01-28|abc", "1|2999-01-01|1")


@pytest.mark.slow
def test_840_000_rows_load_within_a_gigabyte_and_none_is_lost(inbox):
    chance = random.Random(7)  # noqa: S311
    inbox.write("centros_costo", "muni,C1,Gerencia,,")
    codes = [f"AOI00301264{number:06}" for number in range(ACTIVITIES)]
    inbox.write(
        "actividades",
        *(f"muni,m,{code},E1,C1,Actividad,,informe,acumulado_anual,,," for code in codes),
    )
    inbox.write("metas_programadas")
    bad = 0
    with (inbox.folder / "metas_ejecutadas.csv").open("w", encoding="utf-8") as file:
        file.write(
            "entidad_id,plan_id,actividad_id,mes,fecha_registro,"
            "ejecucion_fisica,ejecucion_financiera\n"
        )
        for code in codes:
            for month in range(1, 13):
                what = f"{month}|2023-{month:02}-28|{chance.randrange(10_000) / 100}"
                if chance.random() < 0.01:
                    bad += 1
                    what = chance.choice(BAD)
                mes, day, quantity = what.split("|")
                money = chance.randrange(10**8) / 100
                file.write(f"muni,m,{code},{mes},{day},{quantity},{money}\n")
    inbox.age()
    seconds, megabytes, output = timed_load(inbox, inbox.folder.with_name("volume.duckdb"))
    # Printed, not asserted: what else the machine does is no property of the loader.
    print(f"{seconds:.1f} s, {megabytes:.0f} MB")
    assert output.split() == ["840000", str(840_000 - bad), str(bad), "0"]
    assert megabytes < 1024


def timed_load(inbox, build_db) -> tuple[float, float, str]:
    """Load in a process of its own: seconds with its start, MB at its largest, what it printed."""
    script = f"""
        from datetime import date
        from pathlib import Path
        from orchestration.loading import load_folder
        report = load_folder(Path({str(build_db)!r}), Path({str(inbox.folder)!r}),
            today=date(2024, 1, 31), catalogs=Path({str(inbox.catalogs)!r}))
        (file,) = [one for one in report.files if one.table == "metas_ejecutadas"]
        print(file.read, file.loaded, file.quarantined, file.repeated)
    """
    started = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)], stdout=subprocess.PIPE, text=True
    ) as process:
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return time.monotonic() - started, usage.ru_maxrss / 1024, output
