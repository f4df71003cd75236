"""The command line, as a planning office runs it: real processes, what they print and publish."""

import re
import signal
import subprocess
from decimal import Decimal

import pytest
import small_plan
from conftest import half_up

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
    line = next(line for line in done.stdout.splitlines() if "poi-2024" in line)
    assert "Municipalidad de Prueba" in line
    assert "S.I. (parcial 86.11)" in line
    assert "PEN 360.00" in line
    assert "● R 0  ● A 2  ● V 1" in line


def test_piped_output_has_no_control_codes(small_warehouse):
    assert "\x1b" not in small_warehouse.run("status").stdout


def test_refresh_tells_each_stage_and_ends_with_the_semaforo(warehouse, small_folder):
    done = warehouse.refresh("--data", small_folder, "--as-of", small_plan.AS_OF)
    assert re.findall(r"^\[(\d)/(\d)\]", done.stderr, re.MULTILINE) == [
        ("1", "3"),
        ("2", "3"),
        ("3", "3"),
    ]
    assert "Semáforo al 15/05/2024" in done.stdout
    assert "metas_ejecutadas" in done.stdout


def test_plain_rerun_computes_what_the_warehouse_holds(warehouse, small_folder):
    """Once fed from a folder, a warehouse is not mixed with the shipped plans."""
    warehouse.refresh("--data", small_folder, "--as-of", small_plan.AS_OF)
    before = warehouse.contents()
    warehouse.refresh("--as-of", small_plan.AS_OF)
    assert warehouse.contents() == before
    assert warehouse.query("select entidad_id from marts.dim_entidad") == [("muni",)]


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
    assert victoria[2:] == (100.0, 288, 24, 16, 58, 190)
    assert half_up(ilo[1]) == Decimal("92.59")
    assert ilo[3] == 27


REFUSALS = {
    "unknown target": (["--target", "oracle"], "--target: «oracle» no existe"),
    "missing folder": (["--data", "no-existe"], "no es una carpeta"),
    "date of another form": (["--as-of", "15/05/2024"], "--as-of: «15/05/2024» no es una fecha"),
    "day that is none": (["--as-of", "2024-02-30"], "--as-of: «2024-02-30» no es una fecha"),
    "negative wait": (["--wait", "-1"], "--wait"),
}


@pytest.mark.parametrize(("options", "reason"), REFUSALS.values(), ids=REFUSALS)
def test_option_that_means_nothing_is_one_line_and_exit_1(warehouse, options, reason):
    done = warehouse.run("refresh", *options)
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("semaforo: ")
    assert reason in line
    assert not warehouse.published.exists()


def test_refused_file_leaves_the_published_file_untouched(warehouse, small_folder):
    warehouse.refresh("--data", small_folder, "--as-of", small_plan.AS_OF)
    before = warehouse.published.resolve(), warehouse.published.read_bytes()
    (small_folder / "metas_ejecutadas.csv").write_text("esto;no\nes el contrato\n")
    done = warehouse.run("refresh", "--data", small_folder)
    assert done.returncode == 1
    assert "metas_ejecutadas.csv" in done.stderr
    assert "Traceback" not in done.stderr
    assert (warehouse.published.resolve(), warehouse.published.read_bytes()) == before


def test_empty_folder_is_refused(warehouse, tmp_path):
    (tmp_path / "vacia").mkdir()
    done = warehouse.run("refresh", "--data", tmp_path / "vacia")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not warehouse.published.exists()


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


def test_interruption_is_exit_130_and_publishes_nothing(warehouse, small_folder):
    process = subprocess.Popen(
        warehouse.command("refresh", "--data", small_folder), stderr=subprocess.PIPE, text=True
    )
    for line in process.stderr:
        if line.startswith("[2/3]"):
            break
    process.send_signal(signal.SIGINT)
    _, rest = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in rest
    assert not warehouse.published.exists()
