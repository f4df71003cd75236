"""Each question of analyses/ runs on what was published, and has an answer."""

import re
from pathlib import Path

import duckdb
import pytest
import small_plan
from warehouses import half_up

ANALYSES = sorted((Path(__file__).parents[3] / "analyses").glob("*.sql"))


def as_sql(path: Path) -> str:
    return re.sub(r"\{\{\s*ref\('(\w+)'\)\s*\}\}", r"marts.\1", path.read_text(encoding="utf-8"))


def answer_of(warehouse, question: str) -> list[dict]:
    (path,) = (path for path in ANALYSES if path.stem == question)
    with duckdb.connect(str(warehouse.published), read_only=True) as connection:
        answer = connection.sql(as_sql(path))
        return [dict(zip(answer.columns, row, strict=True)) for row in answer.fetchall()]


@pytest.mark.parametrize("path", ANALYSES, ids=lambda path: path.stem)
def test_the_question_runs_on_the_published_file(path, closed_warehouse):
    text = as_sql(path)
    assert "{{" not in text
    answer = closed_warehouse.query(text)
    if path.stem == "que_metas_bloquean_una_accion":
        # Only an activity without all its registrations blocks one: no answer where there is none.
        blocked = closed_warehouse.query(
            "from marts.fct_avance_actividad as a join marts.dim_plan as p "
            "using (entidad_id, plan_id) where a.estado = 'S.I.' and a.mes_corte = p.corte_vigente"
        )
        assert bool(answer) == bool(blocked)
    else:
        assert answer


def test_points_are_those_of_what_the_method_averages(warehouse, tmp_path):
    """Over actions: A1 and A2 are each half of one of the two that have a figure."""
    tables = small_plan.tables()
    tables["metodologias"] = [small_plan.METHOD | {"promedio_entidad": "acciones"}]
    folder = small_plan.write_folder(tmp_path / "plan", tables)
    warehouse.refresh("--data", folder, "--as-of", small_plan.AS_OF, "--no-dashboard")
    answer = answer_of(warehouse, "cuanto_cuestan_las_peores_actividades")
    assert [(row["actividad_id"], str(half_up(row["puntos_perdidos"]))) for row in answer] == [
        ("A2", "6.25"),
        ("A1", "4.17"),
        ("A3", "0.00"),
    ]


def test_activities_without_any_weight_do_not_add_up_to_a_hundred(published):
    with duckdb.connect(str(published.published)) as connection:
        connection.execute("update marts.dim_plan set ponderacion = 'ponderada'")
        connection.execute("update marts.dim_actividad set ponderacion = null")
    answer = answer_of(published, "que_pesos_no_suman_cien")
    assert [(row["aei_id"], row["suma_de_pesos"]) for row in answer] == [
        ("AEI.1", 0),
        ("AEI.2", 0),
        ("AEI.3", 0),
    ]


@pytest.mark.parametrize("question", ["que_debe_corregir_cada_unidad", "quien_registra_a_tiempo"])
def test_units_of_one_name_stay_apart(question, published):
    apart = len(answer_of(published, question))
    with duckdb.connect(str(published.published)) as connection:
        connection.execute("update marts.dim_centro_costo set nombre = 'Gerencia'")
    assert len(answer_of(published, question)) == apart
