"""The rules of a plan in words follow its method."""

from orchestration.dashboard.rules import sentences

PLAN = {
    "regla_no_acumulado": "acumulado",
    "tope_pct": None,
    "decimales_actividad": 2,
    "ponderacion": "simple",
    "promedio_entidad": "acciones",
    "plazo_registro_meses": 1,
    "sin_programacion": "excluir",
    "sin_seguimiento": "cero",
}


def test_progress_of_the_year_is_weighted_as_the_means_are():
    assert "hasta el corte: promedio simple de las actividades" in sentences(PLAN)["anual"]
    weighted = sentences(PLAN | {"ponderacion": "ponderada"})["anual"]
    assert "hasta el corte: promedio ponderado por el peso de las actividades" in weighted


def test_one_decimal_is_no_plural():
    assert sentences(PLAN)["avance"].endswith("redondeado a 2 decimales.")
    assert sentences(PLAN | {"decimales_actividad": 1})["avance"].endswith("a 1 decimal.")
