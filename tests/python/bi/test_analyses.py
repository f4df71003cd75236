"""Each question of analyses/ runs on what was published, and has an answer."""

import re
from pathlib import Path

import pytest

ANALYSES = sorted((Path(__file__).parents[3] / "analyses").glob("*.sql"))


def test_there_are_ten_questions():
    assert len(ANALYSES) >= 10


@pytest.mark.parametrize("path", ANALYSES, ids=lambda path: path.stem)
def test_the_question_runs_on_the_published_file(path, closed_warehouse):
    text = re.sub(r"\{\{\s*ref\('(\w+)'\)\s*\}\}", r"marts.\1", path.read_text(encoding="utf-8"))
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
