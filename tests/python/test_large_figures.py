"""Figures as large as the contract's decimals hold are computed: budgets in trillions of pesos."""

from decimal import Decimal

import pytest
import small_plan
from warehouses import Warehouse

LARGEST = Decimal("99999999999999.9999")
# A budget of 4.5 billones of pesos, of which 75 % are executed.
BUDGET, EXECUTED = Decimal("4500000000000"), Decimal("3375000000000")
METHOD = small_plan.METHOD | {"tope_pct": LARGEST, "decimales_actividad": 4}


def _indicator(name: str, sense: str, base: object = None) -> dict:
    return small_plan.KEYS | {
        "indicador_id": name,
        "elemento_id": "OEI.1",
        "nombre": "Ejecución presupuestal",
        "unidad_medida": "peso",
        "sentido": sense,
        "linea_base": base,
    }


def _result(name: str, programmed: object, obtained: object) -> dict:
    return small_plan.KEYS | {
        "indicador_id": name,
        "mes_corte": 3,
        "programado": programmed,
        "obtenido": obtained,
    }


def _tables() -> dict[str, list[dict]]:
    tables = small_plan.tables()
    # A4 was without programme: one month as large as a meta can be, half of it executed.
    programmed = [
        row | {"meta_fisica": LARGEST} if (row["actividad_id"], row["mes"]) == ("A4", 1) else row
        for row in tables["metas_programadas"]
    ]
    executed = [
        small_plan.executed_row("A4", month, day, LARGEST / 2 if month == 1 else 0)
        for month, day in enumerate(small_plan.REGISTERED_ON, start=1)
    ]
    return tables | {
        "metodologias": [METHOD],
        "metas_programadas": programmed,
        "metas_ejecutadas": [
            *tables["metas_ejecutadas"],
            *(row | {"ejecucion_fisica": f"{row['ejecucion_fisica']:.4f}"} for row in executed),
        ],
        "resultados_reportados": [
            small_plan.KEYS
            | {
                "mes_corte": 3,
                "nivel": "AO",
                "elemento_id": "A5",
                "avance_fisico_pct": "12345678901.2345",
            }
        ],
        "indicadores": [
            _indicator("IND.1", "ascendente"),
            _indicator("IND.2", "descendente"),
            _indicator("IND.3", "ascendente", base=0),
        ],
        "indicador_resultados": [
            _result("IND.1", BUDGET, EXECUTED),
            _result("IND.2", EXECUTED, BUDGET),
            _result("IND.3", LARGEST, LARGEST),
        ],
        "valores_publicados": [
            small_plan.KEYS
            | {
                "documento": "Informe",
                "mes_corte": 3,
                "nivel": "IND",
                "elemento_id": "IND.1",
                "medida": "obtenido",
                "valor": EXECUTED,
                "decimales": 2,
            }
        ],
    }


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> Warehouse:
    root = tmp_path_factory.mktemp("large")
    warehouse = Warehouse(root / "warehouse")
    folder = small_plan.write_folder(root / "data", _tables())
    warehouse.refresh("--data", folder, "--as-of", small_plan.AS_OF)
    return warehouse


def test_indicators_in_trillions(large) -> None:
    found = large.query(
        "select indicador_id, avance_pct, logrado from marts.fct_indicador order by 1"
    )
    assert found == [("IND.1", 75.0, False), ("IND.2", 75.0, False), ("IND.3", 100.0, True)]


def test_the_largest_meta_and_the_largest_cap(large) -> None:
    """Half of 99,999,999,999,999.9999, to four decimals, is 50 %."""
    found = large.query(
        """
        select programado_fisico, avance_fisico_pct from marts.fct_avance_actividad
        where actividad_id = 'A4' and mes_corte = 3
        """
    )
    assert found == [(LARGEST, 50.0)]


def test_a_reported_advance_of_billions_of_percent(large) -> None:
    found = large.query(
        """
        select origen, avance_fisico_pct from marts.fct_avance_actividad
        where actividad_id = 'A5' and mes_corte = 3
        """
    )
    assert found == [("reportado", 12345678901.2345)]


def test_a_published_value_in_trillions_coincides(large) -> None:
    found = large.query("select valor_calculado, resultado from marts.rpt_conciliacion")
    assert found == [(EXECUTED, "coincide")]
