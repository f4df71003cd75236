"""What late registrations, corrections and a reprogramming change from one report to the next."""

import json

import pytest
import small_plan
from warehouses import Warehouse

KEY = ("muni", "poi-2024")


def explained(warehouse, *names: object) -> dict:
    done = warehouse.run("explain", *KEY, *names, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def later(tmp_path_factory) -> Warehouse:
    """Published as of 2024-05-15, then with later registrations and a version as of 2024-06-15."""
    root = tmp_path_factory.mktemp("changes")
    warehouse = Warehouse(root / "warehouse")
    first = small_plan.write_folder(root / "first", small_plan.tables())
    warehouse.refresh("--data", first, "--as-of", small_plan.AS_OF)
    second = small_plan.write_folder(
        root / "second",
        {
            "metas_ejecutadas": small_plan.late_registrations(),
            "metas_programadas": small_plan.reprogramming(),
        },
    )
    warehouse.refresh("--data", second, "--as-of", small_plan.AFTER_LATE_REGISTRATION)
    return warehouse


def test_incomplete_activity_says_which_month_and_since_when(small_warehouse):
    """A5 lacks February; its deadline was the end of March."""
    done = small_warehouse.run("explain", *KEY, "A5", 3)
    assert "Avance físico: S.I." in done.stdout
    assert "falta registrar febrero (venció el 31/03/2024)" in done.stdout
    assert "No se compara: no hay otra publicación que se pueda leer." in done.stdout


def test_incomplete_activity_leaves_its_action_without_a_figure(small_warehouse):
    done = small_warehouse.run("explain", *KEY, "AEI.3", 3)
    assert "1 actividad tiene meses sin registrar" in " ".join(done.stdout.split())


def test_monthly_ratios_and_their_mean(small_warehouse):
    """A3: (50 + 100 + 200) / 3 = 116.67, capped at 100."""
    found = explained(small_warehouse, "A3", 3)["explicacion"]
    assert [row["razon_pct"] for row in found["meses"]] == [50, 100, 200]
    assert found["cifra"]["avance_sin_tope_pct"] == pytest.approx(350 / 3)
    assert found["cifra"]["avance_fisico_pct"] == 100
    assert any(
        "los 3 meses con meta = (50 + 100 + 200) / 3 = 116.6667 %" in step
        for step in found["pasos"]
    )


def test_late_registration_is_what_changed(later):
    """AEI.3: S.I. until A5's February came on 2024-06-01, then 15 of 15."""
    changes = explained(later, "AEI.3", 3)["cambios"]
    assert changes["fecha_reporte"] == small_plan.AS_OF
    assert (changes["antes"]["estado"], changes["antes"]["avance_fisico_pct"]) == ("S.I.", None)
    assert changes["ahora"]["avance_fisico_pct"] == 100
    (row,) = changes["registros"]
    assert (row["elemento_id"], row["mes"], row["fecha"], row["ejecutado_fisico"]) == (
        "A5",
        2,
        "2024-06-01",
        "5.0000",
    )
    assert (row["archivo"], row["fila"]) == ("metas_ejecutadas.csv", 2)


def test_correction_and_reprogramming_say_what_they_replace(later):
    """AEI.1: A1 25/30 → 31/30, capped; A2 9/12 → 9/10."""
    done = later.run("explain", *KEY, "AEI.1", 3)
    said = " ".join(done.stdout.split())
    # (83.33 + 75) / 2 = 79.165, half up.
    assert "daba 79.17 % (amarillo); ahora da 95 % (amarillo)" in said
    assert (
        "A1 ejecutado 25 31 dinero ejecutado 150.50 250.50 avance 83.33 % (amarillo) 100 % (verde)"
        in said
    )
    assert (
        "A1, marzo: el 02/06/2024 se registró 11 (antes 5) y dinero 100.00 (antes no había), "
        "metas_ejecutadas.csv:3, cargado el " in said
    )
    assert "A2, marzo: el 05/06/2024 versión 1 programa 10 (antes 12)" in said


def test_replaced_rows_stay_listed_beside_those_that_hold(later):
    rows = explained(later, "A1", 3)["explicacion"]["registros"]
    march = [row for row in rows if row["mes"] == 3 and row["tipo"] == "ejecucion"]
    assert [(row["ejecutado_fisico"], row["vigente"]) for row in march] == [
        ("5.0000", False),
        ("11.0000", True),
    ]


def test_what_did_not_change_says_so(later):
    done = later.run("explain", *KEY, "AEI.2", 3)
    assert (
        "Nada cambió respecto de la publicación 1, calculada al 15/05/2024: 100 % (verde)."
        in " ".join(done.stdout.split())
    )


@pytest.fixture(scope="module")
def resent(later, tmp_path_factory) -> Warehouse:
    """A1's March registered anew with the same 11 and, late, what it was before; A3's withdrawn."""
    root = tmp_path_factory.mktemp("resent")
    again = later.copy_to(root / "warehouse")
    third = small_plan.write_folder(
        root / "third",
        {
            "metas_ejecutadas": [
                small_plan.executed_row("A1", 3, "2024-06-20", 11, "100.00"),
                small_plan.executed_row("A1", 3, "2024-05-25", 9, "90.00"),
                small_plan.executed_row("A3", 3, "2024-06-21", None),
            ]
        },
    )
    again.refresh("--data", third, "--as-of", "2024-06-25")
    return again


def test_a_registration_that_was_withdrawn_is_told_as_such(resent):
    said = " ".join(resent.run("explain", *KEY, "A3", 3).stdout.split())
    assert (
        "A3, marzo: el 21/06/2024 se registró sin cantidad (antes 4) y sin dinero (antes 30.00), "
        "metas_ejecutadas.csv:4" in said
    )


def test_what_came_and_changed_no_figure_is_named_all_the_same(resent):
    done = resent.run("explain", *KEY, "A1", 3)
    said = " ".join(done.stdout.split())
    assert (
        "La cifra es la de la publicación 2, calculada al 15/06/2024, aun con lo que llegó desde "
        "entonces: 100 % (verde)." in said
    )
    of_may, of_june = said.split("+ A1, marzo: el ")[1:]
    assert of_may.startswith("25/05/2024 se registró 9 (antes 5) y dinero 90.00 (antes no había)")
    assert of_may.rstrip().endswith("; no vale, hay uno posterior.")
    assert of_june.startswith("20/06/2024 se registró 11 (antes 11), metas_ejecutadas.csv:2")
    assert "no vale" not in of_june


def test_what_came_for_later_months_changes_no_earlier_corte(later):
    """An earlier corte: A1 had 20 of 20 after February, before and now."""
    found = explained(later, "A1", 2)
    assert found["explicacion"]["cifra"]["avance_fisico_pct"] == 100
    assert found["cambios"]["registros"] == []


def test_centre_with_all_below_it(later):
    """CC.1 has A1 and A5; CC.2, below it, A2, A3 and A4 (S.P.)."""
    own = explained(later, "CC.1", 3)["explicacion"]
    total = explained(later, "CC.1", 3, "--alcance", "total")["explicacion"]
    assert [part["parte_id"] for part in own["partes"]] == ["A1", "A5"]
    assert [part["parte_id"] for part in total["partes"]] == ["A1", "A2", "A3", "A4", "A5"]
    assert [part["entra"] for part in total["partes"]] == [True, True, True, False, True]
    # 100, 90, 100 and 100.
    assert total["cifra"]["avance_fisico_pct"] == pytest.approx(97.5)


@pytest.mark.parametrize("corte", ["03", "mar", "Marzo"])
def test_a_corte_is_named_as_people_name_months(small_warehouse, corte):
    done = small_warehouse.run("explain", *KEY, "A3", corte)
    assert "Corte marzo de 2024" in done.stdout


def test_damaged_private_database_is_no_refresh_under_way(tmp_path):
    broken = Warehouse(tmp_path / "warehouse")
    private = broken.root / "private"
    private.mkdir(parents=True)
    (private / "build.duckdb").write_text("no es una base", encoding="utf-8")
    done = broken.run("explain", *KEY, "A3", 3)
    assert done.returncode == 1
    assert "está dañada" in " ".join(done.stderr.split())
