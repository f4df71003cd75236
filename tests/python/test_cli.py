"""The command line, as a planning office runs it: real processes, what they print and publish."""

import json
import os
import re
import signal
import subprocess
import sys
from datetime import date
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import duckdb
import pytest
import small_plan
from typer.main import get_command
from typer.testing import CliRunner
from warehouses import SEMAFORO, Warehouse, half_up

from orchestration.__main__ import main
from orchestration.cli import app
from orchestration.loading import open_database
from orchestration.refresh import exclusive
from orchestration.settings import make_settings

# A program that has the file open for writing until its input ends.
_HOLD = """
import sys
import duckdb
held = duckdb.connect(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""

# What small_plan's docstring computes by hand, at corte 3 as of 2024-05-15.
ACTIVITIES = {
    "A1": ("completo", 83.33, "amarillo"),
    "A2": ("completo", 75.0, "amarillo"),
    "A3": ("completo", 100.0, "verde"),
    "A4": ("S.P.", None, None),
    "A5": ("S.I.", None, None),
}


def test_small_plan_activities(small_warehouse):
    rows = small_warehouse.query(
        """
        select actividad_id, estado, avance_fisico_pct, semaforo_fisico
        from marts.fct_avance_actividad where mes_corte = 3
        """
    )
    assert {name: tuple(figures) for name, *figures in rows} == ACTIVITIES


def test_small_plan_money(small_warehouse):
    """A1 programmed 3 x 100 and executed 150.50; A3 60 and 60; the entity has both."""
    assert small_warehouse.query(
        """
        select programado_financiero, ejecutado_financiero, round(avance_financiero_pct, 6)
        from marts.fct_avance_entidad where mes_corte = 3
        """
    ) == [(Decimal("360.00"), Decimal("210.50"), 58.472222)]


def test_small_plan_actions_and_objectives(small_warehouse):
    """AEI.1 is (83.33 + 75)/2, AEI.2 is 100 without its S.P., AEI.3 waits for A5."""
    actions = small_warehouse.query(
        """
        select aei_id, estado, round(avance_fisico_pct, 9) from marts.fct_avance_accion
        where mes_corte = 3 order by aei_id
        """
    )
    assert actions == [
        ("AEI.1", "completo", 79.165),
        ("AEI.2", "completo", 100.0),
        ("AEI.3", "S.I.", None),
    ]
    objectives = small_warehouse.query(
        """
        select oei_id, estado, round(avance_fisico_pct, 9) from marts.fct_avance_objetivo
        where mes_corte = 3 order by oei_id
        """
    )
    assert objectives == [("OEI.1", "completo", 89.5825), ("OEI.2", "S.I.", None)]


def test_small_plan_entity_is_blocked_by_its_incomplete_activity(small_warehouse):
    assert small_warehouse.query(
        """
        select estado, avance_fisico_pct, round(avance_parcial_pct, 9), mediana_actividades_pct,
            n_actividades, n_sp, n_si, n_rojo, n_amarillo, n_verde
        from marts.fct_avance_entidad where mes_corte = 3
        """
    ) == [("S.I.", None, 86.11, 83.33, 5, 1, 1, 0, 2, 1)]


def test_status_prints_colour_and_letter(small_warehouse):
    done = small_warehouse.run("status")
    assert done.returncode == 0
    assert "Semáforo al 15/05/2024" in done.stdout
    rows = [re.split(r" {2,}", line.strip()) for line in done.stdout.splitlines()]
    name, state, programmed, count = next(row for row in rows if "Prueba" in row[0])
    assert (name, state, programmed) == ("Municipalidad de Prueba", "S.I.", "prog. 360.00")
    assert count == "5 AO"
    plan, partial, executed, *colours = next(row for row in rows if "poi-2024" in row[0])
    assert (plan, partial) == ("poi-2024, marzo 2024", "parcial 86.11 %")
    assert (executed, *colours) == ("ejec. 210.50", "● R 0", "● A 2", "● V 1")
    assert ["mediana 83.33 %", "PEN, 58.47 %", "S.I. 1, S.P. 1"] in rows


def test_paths_and_lights_are_in_utf_8_whatever_the_locale_says(small_warehouse, tmp_path):
    warehouse = small_warehouse.copy_to(tmp_path / "almacén")
    done = subprocess.run(
        warehouse.command("status"),
        env={**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "● A 2" in done.stdout


def test_status_cuts_no_figure_on_a_terminal_of_80_columns(shipped_warehouse):
    narrow = {**os.environ, "COLUMNS": "80", "FORCE_COLOR": "1", "NO_COLOR": "1"}
    done = subprocess.run(
        shipped_warehouse.command("status"), capture_output=True, text=True, check=True, env=narrow
    )
    shown = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
    assert max(len(line) for line in shown.splitlines()) <= 80
    for figure in (
        "● R 58 ",
        "● V 190 ",
        "prog. 56,781,964.00 ",
        "● A 83.71 % ",
        "S.I. 0, S.P. 24 ",
    ):
        assert figure in shown


def test_piped_output_has_no_control_codes(small_warehouse):
    assert "\x1b" not in small_warehouse.run("status").stdout


def test_refresh_tells_each_stage_and_ends_with_accounting_and_semaforo(small_warehouse):
    told = (small_warehouse.root.parent / "stderr").read_text(encoding="utf-8")
    assert re.findall(r"^\[(\d)/5\]", told, re.MULTILINE) == ["1", "2", "3", "4", "5"]
    printed = (small_warehouse.root.parent / "stdout").read_text(encoding="utf-8")
    assert "metas_programadas.csv: 15 leídas = 15 cargadas + 0 en cuarentena + 0 rep" in printed
    assert printed.index("metas_programadas.csv") < printed.index("Semáforo al 15/05/2024")


def test_plain_rerun_computes_what_the_warehouse_holds(published):
    """Once fed from a folder, a warehouse is not mixed with the shipped plans."""
    before = published.contents()
    published.refresh("--as-of", small_plan.AS_OF)
    assert published.contents() == before
    assert published.query("select entidad_id from marts.dim_entidad") == [("muni",)]


def test_shipped_plans_without_a_folder(shipped_warehouse):
    """Figures that the documents print (La Victoria 2023-S1, ZED ILO 2023)."""
    rows = shipped_warehouse.query(
        """
        select avance.entidad_id, avance_fisico_pct, mediana_actividades_pct,
            avance.n_actividades, n_sp, n_rojo, n_amarillo, n_verde
        from marts.fct_avance_entidad as avance
        join marts.dim_plan as plan using (entidad_id, plan_id)
        where mes_corte = plan.ultimo_corte and avance.entidad_id in ('301264', 'zed-ilo')
        order by all
        """
    )
    assert [row[0] for row in rows] == ["301264", "zed-ilo"]
    victoria, ilo = rows
    assert half_up(victoria[1], 1) == Decimal("83.7")
    assert victoria[2:] == (100.0, 288, 24, 58, 16, 190)
    assert half_up(ilo[1]) == Decimal("92.59")
    assert ilo[3] == 27


REFUSALS = {
    "unknown target": (["--target", "oracle"], "--target: «oracle» no existe"),
    "date of another form": (["--as-of", "15/05/2024"], "--as-of: «15/05/2024» no es una fecha"),
    "day that is none": (["--as-of", "2024-02-30"], "--as-of: «2024-02-30» no es una fecha"),
    "negative wait": (["--wait", "-1"], "--wait"),
}


@pytest.mark.parametrize(("options", "reason"), REFUSALS.values(), ids=REFUSALS)
def test_option_that_means_nothing_is_one_line_and_exit_2(warehouse, options, reason):
    done = warehouse.run("refresh", *options)
    assert done.returncode == 2
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("semaforo: ")
    assert reason in line
    assert not warehouse.published.exists()


MISUSES = {
    "no such report": (
        ["report", "avance", "--entidad", "muni", "--plan", "poi-2024"],
        "no hay informe «avance»; use uno de: seguimiento, evaluacion",
    ),
    "level that is none": (
        ["explain", "muni", "poi-2024", "A1", "3", "--nivel", "xx"],
        "--nivel: «xx» no existe; use uno de: AO, AEI, OEI, CC, IND, ENTIDAD",
    ),
    "scope that is none": (
        ["explain", "muni", "poi-2024", "CC.1", "3", "--alcance", "todo"],
        "--alcance: «todo» no existe; use uno de: propio, total",
    ),
    "negative wait": (
        ["alerts", "--wait", "-5"],
        "--wait: -5 no sirve; indique los segundos, de 0 en adelante",
    ),
    "at once what is not sent": (
        ["alerts", "--now"],
        "--now solo vale con --send; agréguelo o quite --now",
    ),
    "sending and only looking": (
        ["alerts", "--send", "--dry-run", "muestra"],
        "--dry-run y --send no van juntos: uno escribe los mensajes, otro envía",
    ),
    "part that is none": (
        ["ui", "--parte", "media"],
        "--parte: «media» no existe; escriba todo, web, demonio",
    ),
}


@pytest.mark.parametrize(("command", "line"), MISUSES.values(), ids=MISUSES)
def test_value_that_means_nothing_is_a_command_written_wrongly(small_warehouse, command, line):
    done = small_warehouse.run(*command)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"semaforo: {line}\n")


def test_missing_folder_is_refused(warehouse):
    done = warehouse.run("refresh", "--data", "no-existe")
    assert (done.returncode, done.stdout) == (1, "")
    assert "no es una carpeta" in done.stderr
    assert not warehouse.published.exists()


@pytest.mark.parametrize("amount", ["mucho", "", "120%", "12"])
def test_memory_that_is_none_is_refused_before_any_work(warehouse, monkeypatch, amount):
    monkeypatch.setenv("SEMAFORO_MEMORIA", amount)
    done = warehouse.run("refresh")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"semaforo: SEMAFORO_MEMORIA: «{amount}» no es una cantidad de memoria; escriba, "
        "por ejemplo, 4GiB o 80%\n"
    )
    assert not warehouse.root.exists()


def test_versions_are_said():
    done = subprocess.run([SEMAFORO, "--version"], check=True, capture_output=True, text=True)
    found = [version(name) for name in ("semaforo", "dbt-core", "duckdb")]
    assert done.stdout == "semaforo {} (dbt {}, DuckDB {})\n".format(*found)


def test_refused_file_leaves_the_published_file_untouched(published, small_folder):
    before = published.published.resolve(), published.published.read_bytes()
    (small_folder / "metas_ejecutadas.csv").write_text("esto;no\nes el contrato\n")
    done = published.run("refresh", "--data", small_folder)
    assert done.returncode == 1
    # Once, with its reason.
    assert "metas_ejecutadas.csv, línea 1: " in done.stderr
    assert "metas_ejecutadas.csv" not in done.stdout
    assert "Traceback" not in done.stderr
    assert (published.published.resolve(), published.published.read_bytes()) == before
    assert "metas_programadas.csv: " in done.stdout
    assert done.stdout.splitlines()[-1].startswith("Total: ")


def test_empty_folder_is_refused(warehouse, tmp_path):
    (tmp_path / "vacia").mkdir()
    done = warehouse.run("refresh", "--data", tmp_path / "vacia")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not warehouse.published.exists()


def test_private_folder_is_its_owners_alone(small_warehouse):
    assert (small_warehouse.root / "private").stat().st_mode & 0o777 == 0o700


def test_private_folder_that_was_open_is_closed(warehouse):
    """Dagster makes its own folder below it, and may come first."""
    warehouse.root.mkdir()
    (warehouse.root / "private").mkdir(mode=0o755)
    with exclusive(make_settings(today=date(2024, 5, 15), warehouse=warehouse.root)):
        assert (warehouse.root / "private").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(("name", "sign"), [("¿almacén?", "?"), (r"uno\dos", "\\")])
def test_path_in_which_the_database_cannot_write_is_refused(tmp_path, small_folder, name, sign):
    root = tmp_path / name
    done = Warehouse(root).run("refresh", "--data", small_folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"semaforo: --warehouse: {root} tiene un «{sign}» en la ruta")
    assert done.stderr.count("\n") == 1
    assert not root.exists()


def test_what_a_killed_refresh_had_spilled_is_given_back(warehouse):
    private = warehouse.root / "private"
    private.mkdir(parents=True)
    with open_database(private / "build.duckdb"):
        (spill,) = (path for path in private.iterdir() if path.is_dir())
    # As a kill leaves it.
    spill.mkdir()
    (spill / "duckdb_temp_storage-0.tmp").write_bytes(b"rows")
    with exclusive(make_settings(today=date(2024, 5, 15), warehouse=warehouse.root)):
        assert not spill.exists()
        assert (private / "build.duckdb").exists()


def test_status_of_a_warehouse_without_publication(warehouse):
    done = warehouse.run("status")
    assert done.returncode == 1
    assert "no tiene nada publicado" in done.stderr


def test_file_in_the_place_of_the_warehouse(warehouse):
    warehouse.root.write_text("soy un archivo")
    done = warehouse.run("refresh")
    assert done.returncode == 1
    assert "no es una carpeta" in done.stderr
    assert warehouse.root.read_text() == "soy un archivo"


@pytest.mark.parametrize(("sent", "code"), [("INT", 130), ("TERM", -signal.SIGTERM)])
def test_interruption_is_one_line_and_publishes_nothing(warehouse, small_folder, sent, code):
    # A shell starts what runs in the background with interruptions ignored.
    process = subprocess.Popen(
        ["env", f"--default-signal={sent}", *warehouse.command("refresh", "--data", small_folder)],
        stderr=subprocess.PIPE,
        text=True,
    )
    for line in process.stderr:
        if line.startswith("[2/"):
            break
    process.send_signal(signal.Signals[f"SIG{sent}"])
    _, rest = process.communicate(timeout=60)
    assert process.returncode == code
    assert rest == "semaforo: interrumpido; lo publicado está entero\n"
    assert not warehouse.published.exists()


def test_interruption_while_the_program_is_read_is_one_line(monkeypatch, capsys):
    class Interrupted(ModuleType):
        def __getattr__(self, name):
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "orchestration.cli", Interrupted("orchestration.cli"))
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
    assert capsys.readouterr().err == "semaforo: interrumpido; lo publicado está entero\n"


def test_check_of_a_sound_folder(small_folder):
    done = subprocess.run(
        [SEMAFORO, "check", small_folder], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "Sin problemas" in done.stdout


@pytest.fixture
def faulty_folder(small_folder) -> Path:
    """Month 13 in line 2 of the executed figures."""
    rows = small_plan.executed_rows()
    rows[0]["mes"] = 13
    return small_plan.write_folder(small_folder, {"metas_ejecutadas": rows})


def test_check_names_file_row_column_and_text(faulty_folder):
    done = subprocess.run(
        [SEMAFORO, "check", faulty_folder], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    (line,) = [line for line in done.stdout.splitlines() if "│" in line]
    cells = [cell.strip() for cell in line.strip("│").split("│")]
    assert cells[:4] == ["metas_ejecutadas.csv", "2", "mes", "13"]
    assert "1–12" in cells[4]


def test_check_for_machines(faulty_folder):
    done = subprocess.run(
        [SEMAFORO, "check", faulty_folder, "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    result = json.loads(done.stdout)
    assert result["correcto"] is False
    (problem,) = result["problemas"]
    assert (problem["archivo"], problem["fila"], problem["columna"], problem["texto"]) == (
        "metas_ejecutadas.csv",
        2,
        "mes",
        "13",
    )


def test_check_of_a_missing_folder():
    done = subprocess.run(
        [SEMAFORO, "check", "no-existe"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("semaforo: ")


def test_check_against_no_warehouse(small_folder, tmp_path):
    done = subprocess.run(
        [SEMAFORO, "check", small_folder, "--warehouse", tmp_path / "nada"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("semaforo: --warehouse: ")
    assert done.stderr.count("\n") == 1


def test_quarantined_row_is_no_failure_and_is_published(published, faulty_folder):
    """The file is another one now, its good rows are known: one row set aside, none doubled."""
    done = published.refresh("--data", faulty_folder, "--as-of", small_plan.AS_OF)
    assert "metas_ejecutadas.csv: 11 leídas = 0 cargadas + 1 en cuarentena + 10 rep" in done.stdout
    assert published.query("select tabla, fila, columna, texto from marts.cuarentena") == [
        ("metas_ejecutadas", 2, "mes", "13")
    ]


@pytest.mark.parametrize(
    ("command", "line"),
    [
        (("explain",), "falta ENTIDAD; vea «semaforo explain --help»"),
        (("refresh", "--foo"), "no existe la opción --foo; vea «semaforo refresh --help»"),
        (
            ("refresh", "--wait", "x"),
            "--wait: el valor no es válido; escriba un número; vea «semaforo refresh --help»",
        ),
        (
            ("ui", "--port", "dos"),
            "--port: el valor no es válido; escriba un número entero; vea «semaforo ui --help»",
        ),
        (("refresh", "--wait"), "--wait: escriba su valor detrás; vea «semaforo --help»"),
        (("check", "a", "b"), "sobra lo que no es de esta orden: b; vea «semaforo check --help»"),
        (("foo",), "no existe la orden «foo»; vea «semaforo --help»"),
        (("--foo",), "no existe la opción --foo; vea «semaforo --help»"),
        (
            ("check", "a", "--format", "xml"),
            "--format: el valor no es válido; use uno de: tabla, json; vea «semaforo check --help»",
        ),
    ],
)
def test_wrong_command_line_is_one_line_of_spanish(command, line):
    done = subprocess.run([SEMAFORO, *command], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"semaforo: {line}\n")


@pytest.mark.parametrize("command", ["", "import reporte-seguimiento", *get_command(app).commands])
def test_help_is_in_spanish(command):
    done = CliRunner().invoke(app, [*command.split(), "--help"], prog_name="semaforo")
    assert done.exit_code == 0
    assert done.stdout.split()[:2] == ["Uso:", "semaforo"]
    assert "Muestra esta ayuda y termina." in done.stdout
    english = (
        r"usage|options|arguments|commands?\b|default|required|env var|<\w*(str|int|bool|float)"
    )
    assert re.findall(english, done.stdout, re.IGNORECASE) == []


of_each_reader = pytest.mark.parametrize(
    "command",
    [
        ["status"],
        ["alerts"],
        ["dashboard"],
        ["report", "seguimiento", "--entidad", "muni", "--plan", "poi-2024"],
    ],
    ids=lambda command: command[0],
)


@of_each_reader
def test_published_file_that_another_program_writes_is_one_line(small_warehouse, tmp_path, command):
    warehouse = small_warehouse.copy_to(tmp_path / "warehouse")
    writer = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(warehouse.published)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert writer.stdout.readline() == b"open\n"
        done = warehouse.run(*command)
    finally:
        writer.communicate()
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("semaforo: otro programa tiene abierta la base de datos")
    assert done.stderr.count("\n") == 1


@of_each_reader
def test_publication_of_another_version_is_one_line(published, command):
    with duckdb.connect(str(published.published.resolve())) as connection:
        connection.execute("drop table marts.dim_entidad")
    done = published.run(*command)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"semaforo: {published.published} es de otra versión de semaforo: publique de nuevo con "
        "«semaforo refresh»\n"
    )


def test_superset_bundle_of_another_version_is_refused(published, tmp_path):
    with duckdb.connect(str(published.published.resolve())) as connection:
        connection.execute("drop table marts.dim_entidad")
    done = published.run("superset", tmp_path / "bundle.zip")
    assert (done.returncode, done.stdout) == (1, "")
    assert "es de otra versión de semaforo" in done.stderr
