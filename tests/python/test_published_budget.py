"""A budget line that a report prints without its plan, where there are budgets of two years."""

import small_plan
from test_status import of_year


def published(line: str, plan: str | None) -> dict:
    return {
        "documento": "memoria",
        "entidad_id": "muni",
        "plan_id": plan,
        "mes_corte": 3,
        "nivel": "PRESUPUESTO",
        "elemento_id": f"gasto/{line}",
        "medida": "pim",
        "valor": 100,
        "decimales": 0,
    }


def budget(line: str, year: int, pim: int) -> dict:
    return {
        "entidad_id": "muni",
        "anio": year,
        "mes_corte": 3,
        "tipo": "gasto",
        "rubro": line,
        "pim": pim,
    }


def test_of_two_figures_none_is_guessed(warehouse, tmp_path) -> None:
    tables = small_plan.tables()
    other = of_year(tables, "poi-2025", anio=2025)
    tables = {name: [*rows, *other.get(name, [])] for name, rows in tables.items()}
    tables["presupuesto"] = [
        budget("bienes", 2024, 100),
        budget("bienes", 2025, 300),
        budget("obras", 2024, 100),
        budget("obras", 2025, 100),
        budget("deuda", 2025, 100),
    ]
    tables["valores_publicados"] = [
        published("bienes", None),
        published("bienes", "poi-2024"),
        published("obras", None),
        published("deuda", None),
    ]
    folder = small_plan.write_folder(tmp_path / "plan", tables)
    warehouse.refresh("--data", folder, "--as-of", small_plan.AS_OF)
    assert warehouse.query(
        """
        select elemento_id, plan_id, valor_calculado::integer, resultado, nota
        from marts.rpt_conciliacion order by elemento_id, plan_id nulls first
        """
    ) == [
        (
            "gasto/bienes",
            None,
            None,
            "no_calculable",
            "Hay presupuesto de varios años: escriba de qué plan es (plan_id).",
        ),
        ("gasto/bienes", "poi-2024", 100, "coincide", None),
        ("gasto/deuda", None, 100, "coincide", None),
        ("gasto/obras", None, 100, "coincide", None),
    ]
