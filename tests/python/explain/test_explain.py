"""The figures of real plans, explained down to the registrations they stand on."""

import json
from datetime import date
from decimal import Decimal

import pytest
import small_plan
from warehouses import half_up

from orchestration.explaining.explanation import explain
from orchestration.explaining.figures import Explained
from orchestration.explaining.steps import steps
from orchestration.settings import WarehousePaths

LA_VICTORIA = ("301264", "poi-2023")


def explained(warehouse, *names: object) -> dict:
    """Run the command as a machine reads it."""
    done = warehouse.run("explain", *names, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def text(warehouse, *names: object) -> str:
    """Run the command into a pipe."""
    done = warehouse.run("explain", *names)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def action(shipped_warehouse) -> dict:
    return explained(shipped_warehouse, *LA_VICTORIA, "AEI.01.04", 6)["explicacion"]


def test_action_is_the_mean_that_the_document_prints(action):
    """AEI.01.04 of La Victoria prints 55.2, over these six activities."""
    figure = action["cifra"]
    assert half_up(figure["avance_fisico_pct"], 1) == Decimal("55.2")
    assert (figure["semaforo_fisico"], figure["regla"]) == ("rojo", "promedio")
    assert Decimal(figure["divisor"]) == 6
    printed = {"206": 100, "208": 22.22, "209": 100, "210": 100, "211": 2.38, "212": 6.67}
    assert {
        part["parte_id"][-3:]: part["avance_fisico_pct"] for part in action["partes"]
    } == printed
    assert Decimal(figure["suma"]) == sum(Decimal(str(value)) for value in printed.values())


def test_registered_months_name_their_date_and_their_line(action, shipped_warehouse):
    """Plans of prevention (…206): one a month, programmed and executed, as printed."""
    (activity,) = (
        one for one in action["debajo"] if one["cifra"]["elemento_id"] == "AOI30126400206"
    )
    assert [(row["programado_fisico"], row["ejecutado_fisico"]) for row in activity["meses"]] == [
        ("1.0000", "1.0000")
    ] * 6
    registered = [row for row in activity["registros"] if row["tipo"] == "ejecucion"]
    assert [row["fecha"] for row in registered] == [
        "2023-02-28", "2023-03-31", "2023-04-30", "2023-05-31", "2023-06-30", "2023-07-31",
    ]  # fmt: skip
    assert {row["archivo"] for row in registered} == {"metas_ejecutadas.csv"}
    from orchestration.settings import SHIPPED_SEEDS

    lines = (SHIPPED_SEEDS / "metas_ejecutadas.csv").read_text(encoding="utf-8").splitlines()
    for row in registered:
        assert lines[row["fila"] - 1].startswith(
            f"301264,poi-2023,AOI30126400206,{row['mes']},{row['fecha']}"
        )


def test_months_that_are_not_known_give_way_to_the_reported_figure(action):
    """…208 prints 18 programmed, 4 executed, 22.22 %; its executed months are not legible."""
    (activity,) = (
        one for one in action["debajo"] if one["cifra"]["elemento_id"] == "AOI30126400208"
    )
    assert activity["cifra"]["origen"] == "reportado"
    assert (activity["cifra"]["programado_fisico"], activity["cifra"]["ejecutado_fisico"]) == (
        "18.0000",
        "4.0000",
    )
    assert activity["reportado"]["archivo"] == "resultados_reportados.csv"
    assert all(row["falta"] for row in activity["meses"])


def test_entity_over_its_activities_says_what_each_action_brings(shipped_warehouse):
    """83.7 = mean of the 264 AO with a figure; 24 of the 288 are S.P."""
    found = explained(shipped_warehouse, *LA_VICTORIA, "301264", "junio")["explicacion"]
    assert half_up(found["cifra"]["avance_fisico_pct"], 1) == Decimal("83.7")
    assert (found["cifra"]["partes"], Decimal(found["cifra"]["divisor"])) == (288, 264)
    assert len(found["por_accion"]) == 29
    assert sum(Decimal(row["suma_avance"] or 0) for row in found["por_accion"]) == Decimal(
        found["cifra"]["suma"]
    )


def test_unprogrammed_activity_says_why_it_has_no_figure(shipped_warehouse):
    said = text(shipped_warehouse, *LA_VICTORIA, "AOI30126400201", 6)
    assert "Avance físico: S.P." in said
    assert "nada se programó hasta el corte" in said
    assert "queda fuera" in said


def test_missing_registrations_count_0_where_the_method_says_so(shipped_warehouse):
    """ZED ILO's AEI.03.02: 100, 0 and 0, of which the mean is 33.33."""
    found = explained(shipped_warehouse, "zed-ilo", "poi-2023", "AEI.03.02", 12)["explicacion"]
    assert [part["avance_fisico_pct"] for part in found["partes"]] == [100, 0, 0]
    assert half_up(found["cifra"]["avance_fisico_pct"]) == Decimal("33.33")
    below = {one["cifra"]["elemento_id"]: one for one in found["debajo"]}
    assert any(row["falta"] for row in below["AO.03.02.02"]["meses"])


def test_action_without_activities_names_the_reported_result(shipped_warehouse):
    """Table 4 of the evaluation of Ilo's municipality prints 116 % for AEI.01.01."""
    said = text(shipped_warehouse, "301498", "pei-2022", "AEI.01.01", 12)
    assert "Avance físico: 116 %" in said
    assert "se usa la cifra que reporta la fuente" in said
    assert "resultados_reportados.csv:" in said


def test_plan_without_follow_up_has_no_advance_to_explain(shipped_warehouse):
    said = text(shipped_warehouse, "mdpyep", "poa-2017", "UGI/2.3.1", 12)
    assert "Avance físico: sin seguimiento" in said
    assert "solo se conoce la programación" in said


def test_every_action_of_a_plan_is_the_mean_of_its_parts(shipped_warehouse):
    """All 29 of La Victoria, worked out here anew from the parts that are named."""
    paths = WarehousePaths(shipped_warehouse.root)
    published = shipped_warehouse.query(
        "select aei_id, avance_fisico_pct from marts.fct_avance_accion "
        "where entidad_id = '301264' and mes_corte = 6"
    )
    assert len(published) == 29
    for name, figure in published:
        parts = explain(paths, entity="301264", plan="poi-2023", element=name, corte="6").root.parts
        inside = [Decimal(str(part["avance_fisico_pct"])) for part in parts if part["entra"]]
        assert float(sum(inside) / len(inside)) == pytest.approx(figure, abs=1e-9)


@pytest.mark.parametrize("element", ["301264", "AEI.01.04", "OEI.02", "AOI30126400208"])
def test_piped_text_fits_in_100_columns(shipped_warehouse, element):
    said = text(shipped_warehouse, *LA_VICTORIA, element, 6)
    assert max(len(line) for line in said.splitlines()) <= 100
    assert "\x1b" not in said


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("30126", "poi-2023", "AEI.01.04", "6"), "¿quiso decir 301264 (Municipalidad de La Vic"),
        (("301264", "poi-2032", "AEI.01.04", "6"), "¿quiso decir poi-2023 (Plan Operativo"),
        (("301264", "poi-2023", "aei.01.04", "6"), "¿quiso decir AEI.01.04 (PROGRAMA"),
        (("301264", "poi-2023", "PADSC", "6"), "AOI30126400201"),
        (
            ("301264", "poi-2023", "AEI.01.04", "13"),
            "no tiene el corte «13»; tiene 1, 2, 3, 4, 5, 6",
        ),
        (("301264", "poi-2023", "AEI.01.04", "6", "--nivel", "CC"), "AEI.01.04 es AEI; quite"),
        (
            ("301264", "poi-2023", "AEI.01.04", "6", "--alcance", "total"),
            "--alcance es de un centro de costo y AEI.01.04 es AEI",
        ),
    ],
)
def test_unknown_names_are_one_line_with_the_nearest(shipped_warehouse, names, words):
    done = shipped_warehouse.run("explain", *names)
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("semaforo: ")
    assert words in line


def test_a_centre_with_a_figure_only_of_those_below_names_the_scope(warehouse, tmp_path):
    plan = small_plan.tables()
    root = {"entidad_id": "muni", "centro_costo_id": "CC.0", "nombre": "Alcaldía"}
    plan["centros_costo"].append(root)
    plan["centros_costo"][0]["centro_padre_id"] = "CC.0"
    folder = small_plan.write_folder(tmp_path / "plan", plan)
    warehouse.refresh("--data", folder, "--as-of", small_plan.AS_OF, "--no-dashboard")
    done = warehouse.run("explain", "muni", "poi-2024", "CC.0", 3)
    (line,) = done.stderr.splitlines()
    assert line.endswith("--alcance total")
    whole = warehouse.run("explain", "muni", "poi-2024", "CC.0", 3, "--alcance", "total")
    assert (done.returncode, whole.returncode) == (1, 0)


def test_nothing_to_explain_from_is_one_line(warehouse):
    done = warehouse.run("explain", "a", "b", "c", "6")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "semaforo refresh" in line


def test_no_month_is_missing_of_a_plan_without_follow_up(shipped_warehouse):
    """Only its programming is known: nothing was ever to be registered."""
    ((code,),) = shipped_warehouse.query(
        "select min(actividad_id) from marts.fct_avance_actividad where entidad_id = 'mdpyep'"
    )
    months = explained(shipped_warehouse, "mdpyep", "poa-2017", code, 12)["explicacion"]["meses"]
    assert [row["falta"] for row in months] == [False] * 12
    assert "falta" not in text(shipped_warehouse, "mdpyep", "poa-2017", code, 12)


def test_what_programmes_nothing_up_to_the_corte_has_no_month_that_counts_as_nothing():
    """It programmes from February on, so that January is missing by now; of January it is S.P."""
    january = {"mes": 1, "falta": True, "fecha_limite": date(2024, 2, 29)}
    figure = {"nivel": "AO", "programado_fisico": 0, "ejecutado_fisico": 0, "regla": "ninguna"}
    activity = {"tipo_agregacion": "acumulado_anual", "unidad_medida": "informe"}
    plan = {"sin_seguimiento": "cero", "tope_pct": 100, "decimales_actividad": 2}

    def said(state: str) -> str:
        explained = Explained(figure | {"estado": state}, activity=activity, months=[january])
        return " ".join(steps(explained, plan))

    assert "cuenta como 0" in said("completo")
    assert "cuenta como 0" not in said("S.P.")
