"""An indicator's advance, explained down to the lines of its definition and its result."""

import json
from decimal import Decimal

import pytest
import small_plan
from warehouses import Warehouse

ILO = ("301498", "pei-2022")
MUNI = ("muni", "poi-2024")

# Down from 50 to 30: 35 is three quarters of the way, 38 three fifths.
DEFINITION = small_plan.KEYS | {
    "indicador_id": "IND.1",
    "elemento_id": "AEI.1",
    "nombre": "Días de espera",
    "unidad_medida": "día",
    "sentido": "descendente",
    "linea_base": 50,
}
# What starts where it is to end has no way to go.
NOWHERE = DEFINITION | {"indicador_id": "IND.2", "elemento_id": "OEI.1", "linea_base": 30}
UNKNOWN = DEFINITION | {"indicador_id": "IND.3", "linea_base": None}
# Nothing gone of the way down from 50 to 30.
UNMOVED = DEFINITION | {"indicador_id": "IND.5", "elemento_id": "AEI.3"}
# Measured for the first time in the second load.
LATER = DEFINITION | {"indicador_id": "IND.4", "elemento_id": "AEI.3"}


def result(indicator: str, programmed: int, obtained: int | None) -> dict:
    return small_plan.KEYS | {
        "indicador_id": indicator,
        "mes_corte": 3,
        "programado": programmed,
        "obtenido": obtained,
    }


def explained(warehouse: Warehouse, *names: object) -> dict:
    done = warehouse.run("explain", *names, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def text(warehouse: Warehouse, *names: object) -> str:
    done = warehouse.run("explain", *names)
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


@pytest.fixture(scope="module")
def corrected(tmp_path_factory) -> Warehouse:
    """Published with 35 days of waiting, then with 38 and a baseline of 60."""
    root = tmp_path_factory.mktemp("indicator")
    warehouse = Warehouse(root / "warehouse")
    first = small_plan.tables() | {
        "indicadores": [DEFINITION, NOWHERE, UNKNOWN, LATER, UNMOVED],
        "indicador_resultados": [
            result("IND.1", 30, 35),
            result("IND.2", 30, 30),
            result("IND.3", 30, None),
            result("IND.5", 30, 50),
        ],
    }
    warehouse.refresh(
        "--data", small_plan.write_folder(root / "first", first), "--as-of", small_plan.AS_OF
    )
    second = {
        "indicadores": [DEFINITION | {"linea_base": 60}],
        "indicador_resultados": [result("IND.1", 30, 38), result("IND.4", 30, 40)],
    }
    warehouse.refresh(
        "--data", small_plan.write_folder(root / "second", second), "--as-of", small_plan.AS_OF
    )
    return warehouse


def test_indicator_is_what_the_document_prints(shipped_warehouse):
    """Table of indicators of Ilo's municipality, OEI.03: 10 programmed, 20 obtained, going down."""
    found = explained(shipped_warehouse, *ILO, "IND.01.OEI.03", "diciembre")
    figure = found["explicacion"]["cifra"]
    assert (Decimal(figure["programado"]), Decimal(figure["obtenido"])) == (10, 20)
    assert (figure["avance_pct"], figure["logrado"]) == (50, False)
    assert (
        "Avance = 100 × programado / obtenido = 100 × 10 / 20 = 50 %."
        in (found["explicacion"]["pasos"])
    )


def test_lines_of_the_files_are_named(shipped_warehouse):
    from orchestration.settings import SHIPPED_SEEDS

    found = explained(shipped_warehouse, *ILO, "IND.01.OEI.03", 12)
    definition, obtained = found["explicacion"]["filas"]
    for row, start in (
        (definition, "301498,pei-2022,IND.01.OEI.03,OEI.03,"),
        (obtained, "301498,pei-2022,IND.01.OEI.03,12,"),
    ):
        lines = (SHIPPED_SEEDS / row["archivo"]).read_text(encoding="utf-8").splitlines()
        assert lines[row["fila"] - 1].startswith(start)


def test_with_a_baseline_it_is_the_way_gone(corrected):
    """(38 - 60) / (30 - 60) = 73.33 %."""
    said = text(corrected, *MUNI, "IND.1", 3)
    assert "Avance: 73.33 % · rojo (Menos de 75) · no logrado" in said
    assert "menos es mejor; parte de 60." in said
    assert "100 × (38 - 60) / (30 - 60) = 73.3333 %." in said
    assert "Con tope de 100 % y sin redondear: 73.3333 %." in said
    assert "Logrado: no, porque 38 es mayor que 30." in said
    assert "Mide acción estratégica AEI.1." in said


def test_nothing_gone_of_the_way_down_is_zero(corrected):
    """(50 - 50) / (30 - 50) is 0 %, not -0 %."""
    said = text(corrected, *MUNI, "IND.5", 3)
    assert "Avance: 0 % · rojo (Menos de 75) · no logrado" in said
    assert "100 × (50 - 50) / (30 - 50) = 0 %." in said


def test_what_a_later_load_replaced_is_said(corrected):
    """Before: (35 - 50) / (30 - 50) = 75 %."""
    said = text(corrected, *MUNI, "IND.1", 3)
    assert "daba 75 % (amarillo); ahora da 73.33 % (rojo)." in said
    assert "IND.1 obtenido 35 38" in said
    assert "Ficha de IND.1: elemento AEI.1, sentido descendente, línea de base 60 (antes 50)" in (
        said
    )
    assert "IND.1, marzo: programado 30, obtenido 38 (antes 35), indicador_resultados.csv:2" in said
    rows = explained(corrected, *MUNI, "IND.1", 3)["explicacion"]["filas"]
    assert [(row["tipo"], row["vigente"]) for row in rows] == [
        ("ficha", False),
        ("ficha", True),
        ("resultado", False),
        ("resultado", True),
    ]


def test_a_first_result_replaces_none(corrected):
    said = text(corrected, *MUNI, "IND.4", 3)
    assert "IND.4, marzo: programado 30 (antes no había), obtenido 40 (antes no había)," in said


def test_why_there_is_no_figure_is_said(corrected):
    nowhere = text(corrected, *MUNI, "IND.2", 3)
    assert "Avance: sin avance · logrado" in nowhere
    assert "La línea de base es igual a lo programado" in nowhere
    unknown = text(corrected, *MUNI, "IND.3", 3)
    assert "La fuente no trae lo obtenido a este corte" in unknown
    assert "Nada cambió respecto de la publicación 1" in unknown


def test_a_corte_without_result(corrected):
    done = corrected.run("explain", *MUNI, "IND.1", 2)
    assert done.returncode == 1
    assert "el indicador IND.1 no tiene el corte «2»; tiene 3" in done.stderr


def test_an_objective_lists_its_indicators_and_its_result(shipped_warehouse):
    """OEI.01 of Ilo: of 95/55, 90/40, 85/75, 65/45, 65/60 none is reached, 20/10 going down is."""
    found = explained(shipped_warehouse, *ILO, "OEI.01", 12)
    assert [(row["indicador_id"], row["logrado"]) for row in found["indicadores"]] == [
        *((f"IND.01.AEI.01.0{number}", False) for number in range(1, 6)),
        ("IND.01.OEI.01", True),
    ]
    assert found["resultado"]["resultado_pct"] == pytest.approx(100 / 6)
    said = text(shipped_warehouse, *ILO, "OEI.01", 12)
    assert "sus acciones = 100 × 1 / 6 = 16.6667 %, rojo (Menos de 50 %)." in said


def test_an_action_lists_its_own_indicators(corrected):
    found = explained(corrected, *MUNI, "AEI.1", 3)
    assert [row["indicador_id"] for row in found["indicadores"]] == ["IND.1", "IND.3"]
    assert found["resultado"] is None
    said = text(corrected, *MUNI, "AEI.1", 3)
    assert "IND.1 Días de espera 30 38 73.33 % no" in said
    assert "IND.3 Días de espera 30 — sin avance —" in said


def test_elements_without_indicators_say_nothing_of_them(corrected):
    for element in ("AEI.2", "A1", "CC.1", "muni"):
        assert explained(corrected, *MUNI, element, 3)["indicadores"] == []
        assert "Indicadores" not in text(corrected, *MUNI, element, 3)
