"""The rules of a plan in words follow its method."""

from decimal import Decimal

from orchestration.dashboard.rules import sentences
from orchestration.reports.method import sentences as notes

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

REPORTED = {"metodologia": "Regla", "metodologia_documento": None, "con_seguimiento": True}


def test_progress_of_the_year_is_weighted_as_the_means_are():
    assert "hasta el corte: promedio simple de las actividades" in sentences(PLAN)["anual"]
    weighted = sentences(PLAN | {"ponderacion": "ponderada"})["anual"]
    assert "hasta el corte: promedio ponderado por el peso de las actividades" in weighted


def test_one_decimal_is_no_plural():
    assert sentences(PLAN)["avance"].endswith("redondeado a 2 decimales.")
    assert sentences(PLAN | {"decimales_actividad": 1})["avance"].endswith("a 1 decimal.")


def test_a_large_cap_is_written_as_figures_are():
    large = PLAN | {"tope_pct": Decimal("1000000.5")}
    assert "con tope de 1,000,000.5 %" in sentences(large)["avance"]
    assert "con tope de 1,000,000.5 %" in " ".join(notes(large | REPORTED))


def test_incomplete_is_what_the_method_makes_of_months_or_the_source_leaves_out():
    """Under `cero` a month without registration counts 0: only a source makes a figure S.I."""
    source = "Seguimiento incompleto: la fuente no reporta lo ejecutado ni un avance."
    assert sentences(PLAN)["S.I."].startswith(source)
    blocked = sentences(PLAN | {"sin_seguimiento": "bloquear"})
    assert "falta el registro de algún mes" in blocked["S.I."]
    assert blocked["S.I. reportado"] == sentences(PLAN)["S.I. reportado"] == source


def test_no_months_to_register_is_the_end_of_the_month():
    late = PLAN | {"plazo_registro_meses": 2}
    assert sentences(late)["completitud"].endswith("vence 2 meses después de que termina.")
    at_once = PLAN | {"plazo_registro_meses": 0}
    assert sentences(at_once)["completitud"].endswith("vence el día en que termina.")
    assert "cuyo plazo ya venció (el último día del mes)" in " ".join(notes(at_once | REPORTED))
    blocked = at_once | {"sin_seguimiento": "bloquear"}
    assert "venció; vence el último día del mes." in " ".join(notes(blocked | REPORTED))
