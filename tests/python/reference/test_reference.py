"""The plain-Python reading of the contract against cases worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from .arithmetic import band, half_up, median, weighted_mean
from .compare import differences, same
from .plans import last_day
from .small import pick, small_marts

AO = "fct_avance_actividad"
# Three months of 10 programmed before the year; registrations on the deadline.
THREE = """X 1 0 2023-12-20 10 100
           X 2 0 2023-12-20 20 -
           X 3 0 2023-12-20 10 50"""


def activity(kind: str) -> str:
    return f"X A1 C {kind} -"


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        ("74.994", 2, "74.99"),
        ("74.995", 2, "75"),
        ("74.9949999", 2, "74.99"),
        ("1.005", 2, "1.01"),
        ("0.5", 0, "1"),
        ("2.5", 0, "3"),
        ("33.33335", 4, "33.3334"),
    ],
)
def test_half_rounds_up(value: str, decimals: int, expected: str) -> None:
    assert half_up(Fraction(value), decimals) == Fraction(expected)


@pytest.mark.parametrize(
    ("value", "colour"),
    [("74.99", "rojo"), ("75", "amarillo"), ("95", "amarillo"), ("95.01", "verde"), ("-3", "rojo")],
)
def test_band_holds_its_limits(value: str, colour: str) -> None:
    rows = [
        dict(zip(("color", "desde", "incluye_desde", "hasta", "incluye_hasta"), row, strict=True))
        for row in (
            ("rojo", None, True, 75, False),
            ("amarillo", 75, True, 95, True),
            ("verde", 95, False, None, False),
        )
    ]
    assert band(Fraction(value), rows) == colour


def test_mean_is_null_where_weights_sum_to_zero() -> None:
    # (1·50 + 3·90) / 4 = 80; no weight, no mean.
    assert weighted_mean([(Fraction(1), Fraction(50)), (Fraction(3), Fraction(90))]) == 80
    assert weighted_mean([(Fraction(0), Fraction(50)), (Fraction(0), Fraction(90))]) is None
    assert weighted_mean([]) is None


def test_median_of_an_even_number_is_the_mean_of_the_middle_two() -> None:
    assert median([Fraction(1), Fraction(9), Fraction(4), Fraction(5)]) == Fraction(9, 2)
    assert median([Fraction(7), Fraction(1), Fraction(9)]) == 7


def test_last_day_runs_over_the_year() -> None:
    assert last_day(2023, 2) == date(2023, 2, 28)
    assert last_day(2023, 14) == date(2024, 2, 29)
    assert last_day(2023, 12) == date(2023, 12, 31)


@pytest.mark.parametrize(
    ("kind", "rule", "expected"),
    [
        # Programmed 10, 20, 10; executed 5, 40, 0.
        # Sums: 10/5, 30/45, 40/45 → 50 %, 150 %, 112.5 %; capped at 100.
        (
            "acumulado_anual",
            "promedio_mensual",
            [(10, 5, 50, 50), (30, 45, 100, 150), (40, 45, 100, Fraction("112.5"))],
        ),
        # Last positive figure: 10/5, 20/40, 10/40 (March executed 0, so February's 40 stands).
        (
            "acumulado_mensual",
            "promedio_mensual",
            [(10, 5, 50, 50), (20, 40, 100, 200), (10, 40, 100, 400)],
        ),
        # Monthly 50, 200, 0: means 50, 125, 83.333…; rounded to 83.33.
        (
            "no_acumulado",
            "promedio_mensual",
            [
                (None, None, 50, 50),
                (None, None, 100, 125),
                (None, None, Fraction("83.33"), Fraction(250, 3)),
            ],
        ),
        (
            "no_acumulado",
            "acumulado",
            [(10, 5, 50, 50), (30, 45, 100, 150), (40, 45, 100, Fraction("112.5"))],
        ),
    ],
)
def test_three_aggregation_types(tmp_path, kind: str, rule: str, expected: list) -> None:
    marts = small_marts(
        tmp_path,
        method={"regla_no_acumulado": rule},
        actividades=activity(kind),
        metas_programadas=THREE,
        metas_ejecutadas="X 1 2024-02-29 5 30 | X 2 2024-03-31 40 - | X 3 2024-04-30 0 60",
    )
    columns = ("programado_fisico", "ejecutado_fisico", "avance_fisico_pct", "avance_sin_tope_pct")
    assert pick(marts[AO], *columns) == expected
    # Money is summed for every type: 100, 100, 150 against 30, 30, 90.
    money = ("programado_financiero", "ejecutado_financiero", "avance_financiero_pct")
    assert pick(marts[AO], *money) == [(100, 30, 30), (100, 30, 30), (150, 90, 60)]


@pytest.mark.parametrize(
    ("as_of", "rule", "expected"),
    [
        # One month's grace: February (last day of the month after: 31 March) is due on 1 April.
        ("2024-03-31", "bloquear", ["completo", "completo", "completo"]),
        ("2024-04-01", "bloquear", ["completo", "S.I.", "S.I."]),
        ("2024-04-01", "cero", ["completo", "completo", "completo"]),
    ],
)
def test_month_is_due_after_its_deadline(tmp_path, as_of: str, rule: str, expected: list) -> None:
    marts = small_marts(
        tmp_path,
        as_of=as_of,
        method={"sin_seguimiento": rule},
        actividades=activity("acumulado_anual"),
        metas_programadas=THREE,
        metas_ejecutadas="X 1 2024-02-29 5 -",
    )
    assert pick(marts[AO], "estado") == expected
    advances = pick(marts[AO], "avance_fisico_pct")
    # 5/10, 5/30, 5/40 where the missing months count 0.
    assert advances == [
        None if state == "S.I." else advance
        for state, advance in zip(expected, [50, Fraction("16.67"), Fraction("12.5")], strict=True)
    ]
    assert pick(marts[AO], "ejecutado_fisico") == [5, 5, 5]


def test_registration_without_physical_value_is_incomplete(tmp_path) -> None:
    marts = small_marts(
        tmp_path,
        as_of="2024-04-01",
        actividades=activity("acumulado_anual"),
        metas_programadas="X 1 0 2023-12-20 10 100",
        metas_ejecutadas="X 1 2024-02-10 5 - | X 1 2024-03-05 - 40",
    )
    # The later registration replaces the earlier one, also where it has no physical value.
    assert pick(marts[AO], "estado", "ejecutado_fisico", "ejecutado_financiero") == [
        ("S.I.", 0, 40)
    ]
    # The month had been registered in time (10 February ≤ 29 February).
    months = pick(marts["fct_meta_mensual"], "ejecutado_fisico", "fecha_registro",
                  "registrado_a_tiempo")  # fmt: skip
    assert months == [(None, date(2024, 3, 5), True)]


@pytest.mark.parametrize(
    ("as_of", "target", "executed"),
    [("2024-02-29", 10, 5), ("2024-03-01", 10, 7), ("2024-03-15", 14, 7), ("2024-04-02", 14, 6)],
)
def test_only_what_was_known_counts(tmp_path, as_of: str, target: int, executed: int) -> None:
    marts = small_marts(
        tmp_path,
        as_of=as_of,
        actividades=activity("acumulado_anual"),
        metas_programadas="X 1 0 2023-12-20 10 - | X 1 1 2024-03-15 14 -",
        metas_ejecutadas="X 1 2024-02-10 5 - | X 1 2024-03-01 7 - | X 1 2024-04-02 6 -",
    )
    assert pick(marts[AO], "programado_fisico", "ejecutado_fisico") == [(target, executed)]
    assert pick(marts["fct_meta_mensual"], "version") == [0 if target == 10 else 1]


@pytest.mark.parametrize(("rule", "advance", "mean"), [("excluir", None, 50), ("cien", 100, 75)])
def test_activity_without_programme(tmp_path, rule: str, advance, mean: int) -> None:
    # X has 50 %; Y is programmed 0 and leaves the mean, or counts 100: (50 + 100) / 2.
    marts = small_marts(
        tmp_path,
        as_of="2024-02-29",
        method={"sin_programacion": rule},
        actividades="X A1 C acumulado_anual - | Y A1 C no_acumulado -",
        metas_programadas="X 1 0 2023-12-20 10 - | Y 1 0 2023-12-20 0 -",
        metas_ejecutadas="X 1 2024-02-10 5 - | Y 1 2024-02-10 3 -",
    )
    assert pick(marts[AO], "estado", "avance_fisico_pct", actividad_id="Y") == [("S.P.", advance)]
    (row,) = marts["fct_avance_accion"]
    assert (row["avance_fisico_pct"], row["estado"], row["n_sp"]) == (mean, "completo", 1)


def test_one_incomplete_activity_blocks_all_above(tmp_path) -> None:
    # A1 holds X (50 %) and Y (S.I.), A2 holds Z (90 %).
    marts = small_marts(
        tmp_path,
        as_of="2024-04-01",
        actividades="""X A1 C acumulado_anual - | Y A1 C acumulado_anual -
                       Z A2 D acumulado_anual -""",
        acciones="A1 O1 - | A2 O1 -",
        centros_costo="R - | C R | D R",
        metas_programadas="X 1 0 2023-12-20 10 - | Y 1 0 2023-12-20 10 - | Z 1 0 2023-12-20 10 -",
        metas_ejecutadas="X 1 2024-02-10 5 - | Z 1 2024-02-10 9 -",
    )
    columns = ("avance_fisico_pct", "avance_parcial_pct", "estado", "semaforo_fisico")
    assert pick(marts["fct_avance_accion"], *columns) == [
        (None, 50, "S.I.", None),
        (90, 90, "completo", "amarillo"),
    ]
    # The objective's partial is the mean of the partials, the entity's that of the activities.
    assert pick(marts["fct_avance_objetivo"], *columns) == [(None, 70, "S.I.", None)]
    assert pick(marts["fct_avance_entidad"], *columns) == [(None, 70, "S.I.", None)]
    counts = ("n_actividades", "n_si", "n_rojo", "n_amarillo", "mediana_actividades_pct")
    assert pick(marts["fct_avance_entidad"], *counts) == [(3, 1, 1, 1, 70)]
    places = ("centro_costo_id", "alcance", "avance_fisico_pct", "estado", "suma_programada")
    assert pick(marts["fct_avance_centro_costo"], *places) == [
        ("R", "total", None, "S.I.", 30),
        ("C", "propio", None, "S.I.", 20),
        ("C", "total", None, "S.I.", 20),
        ("D", "propio", 90, "completo", 10),
        ("D", "total", 90, "completo", 10),
    ]


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        # X 50 %, Y 80 % in A1; Z 20 % in A2. Weights X 1, Y 3, Z 2; A1 1, A2 4; O1 1.
        ("actividades", Fraction(50 * 1 + 80 * 3 + 20 * 2, 6)),
        # A1 = (50 + 240)/4 = 72.5; A2 = 20; (72.5 + 4·20)/5 = 30.5
        ("acciones", Fraction("30.5")),
        ("objetivos", Fraction("30.5")),
    ],
)
def test_weighted_means(tmp_path, unit: str, expected: Fraction) -> None:
    marts = small_marts(
        tmp_path,
        as_of="2024-02-29",
        method={"ponderacion": "ponderada", "promedio_entidad": unit},
        objetivos="O1 1",
        acciones="A1 O1 1 | A2 O1 4",
        actividades="""X A1 C acumulado_anual 1 | Y A1 C acumulado_anual 3
                       Z A2 C acumulado_anual 2""",
        metas_programadas="X 1 0 2023-12-20 10 - | Y 1 0 2023-12-20 10 - | Z 1 0 2023-12-20 10 -",
        metas_ejecutadas="X 1 2024-02-10 5 - | Y 1 2024-02-10 8 - | Z 1 2024-02-10 2 -",
    )
    assert pick(marts["fct_avance_accion"], "avance_fisico_pct") == [Fraction("72.5"), 20]
    assert pick(marts["fct_avance_entidad"], "avance_fisico_pct") == [expected]


def test_reported_result_stands_in_for_incomplete_months(tmp_path) -> None:
    marts = small_marts(
        tmp_path,
        as_of="2024-04-15",
        actividades=activity("acumulado_anual"),
        metas_programadas=THREE,
        metas_ejecutadas="X 1 2024-02-10 5 30",
        # January is complete: its report is not used. In February P is that of the months
        # (10 + 20), E as reported: 27/30 = 90 %. In March nothing but a percentage.
        resultados_reportados="""AO X 1 99 99 - - -
                                 AO X 2 - 27 12 - 70
                                 AO X 3 - - 60.555 200 -""",
    )
    columns = ("origen", "programado_fisico", "ejecutado_fisico", "avance_fisico_pct", "estado",
               "programado_financiero", "ejecutado_financiero")  # fmt: skip
    assert pick(marts[AO], *columns) == [
        ("mensual", 10, 5, 50, "completo", 100, 30),
        ("reportado", 30, 27, 90, "completo", 100, 70),
        ("reportado", 40, None, Fraction("60.56"), "completo", 200, 30),
    ]


@pytest.mark.parametrize("kind", ["acumulado_anual", "acumulado_mensual", "no_acumulado"])
@pytest.mark.parametrize(
    ("rule", "report", "expected"),
    [
        # Nothing programmed anywhere. A percentage alone holds; a P of 0 is S.P. whatever else is
        # said; money alone leaves the activity without a programme.
        ("bloquear", "- - 80 - -", ("completo", 80)),
        ("bloquear", "0 3 80 - -", ("S.P.", None)),
        ("bloquear", "10 - - - -", ("S.I.", None)),
        ("cero", "10 - - - -", ("completo", 0)),
        ("cero", "- - - 5 5", ("S.P.", None)),
    ],
)
def test_report_of_an_activity_without_months(tmp_path, kind, rule, report, expected) -> None:
    marts = small_marts(
        tmp_path,
        method={"sin_seguimiento": rule},
        actividades=activity(kind),
        resultados_reportados=f"AO X 6 {report}",
    )
    assert pick(marts[AO], "estado", "avance_fisico_pct", mes_corte=6) == [expected]


def test_plan_without_programming_lives_from_reports(tmp_path) -> None:
    marts = small_marts(
        tmp_path,
        method={"promedio_entidad": "objetivos"},
        objetivos="O1 - | O2 -",
        acciones="A1 O1 - | A2 O1 -",
        centros_costo="C - | D C",
        # Uncapped: 150/100; the other AEI has its own percentage only; O2 has no AEI.
        resultados_reportados="""AEI A1 6 100 150 - 10 5 3
                                 AEI A2 6 - - 70 - - -
                                 OEI O2 6 0 - - 4 2 1
                                 CC D 12 80 20 - - - 2""",
    )
    columns = ("mes_corte", "avance_fisico_pct", "estado", "origen", "n_actividades",
               "programado_financiero")  # fmt: skip
    assert pick(marts["fct_avance_accion"], *columns) == [
        (6, 150, "completo", "reportado", 3, 10),
        (6, 70, "completo", "reportado", None, None),
    ]
    assert pick(marts["fct_avance_objetivo"], *columns) == [
        (6, 110, "completo", "mensual", 3, 10),
        (6, None, "S.P.", "reportado", 1, 4),
    ]
    assert pick(marts["fct_avance_entidad"], *columns) == [(6, 110, "completo", "mensual", 4, 14)]
    centres = ("centro_costo_id", "alcance", "avance_fisico_pct", "suma_programada")
    assert pick(marts["fct_avance_centro_costo"], *centres, mes_corte=12) == [
        ("D", "propio", 25, 80),
        ("D", "total", 25, 80),
    ]


def test_plan_without_follow_up_shows_its_programme_only(tmp_path) -> None:
    marts = small_marts(
        tmp_path,
        plan={"con_seguimiento": "false"},
        actividades="X A1 C acumulado_anual - | Y A1 C acumulado_anual -",
        metas_programadas=THREE,
    )
    for table in (AO, "fct_avance_accion", "fct_avance_entidad", "fct_avance_centro_costo"):
        columns = ("estado", "avance_fisico_pct", "semaforo_fisico", "ejecutado_financiero",
                   "ejecutado_anual_pct")  # fmt: skip
        assert set(pick(marts[table], *columns)) == {("sin_seguimiento", None, None, None, None)}
    # 10/40, 30/40, 40/40; Y has no programme and no share.
    assert pick(marts["fct_avance_entidad"], "programado_anual_pct") == [25, 75, 100]
    assert pick(marts["fct_avance_entidad"], "n_actividades", "n_sp") == [(2, 0)] * 3


@pytest.mark.parametrize(
    ("kind", "programmed", "executed"),
    [
        # P 10, 30, 40 and E 30, 30, 60 of a year of 40; executed capped at 100.
        ("acumulado_anual", [25, 75, 100], [75, 75, 100]),
        # Months 1, 2, 3 of 3; min(1, 30/10), min(1, 0/20), min(1, 30/10): 1/3, 1/3, 2/3.
        (
            "no_acumulado",
            [Fraction(100, 3), Fraction(200, 3), 100],
            [Fraction(100, 3), Fraction(100, 3), Fraction(200, 3)],
        ),
    ],
)
def test_progress_over_the_year(tmp_path, kind: str, programmed: list, executed: list) -> None:
    marts = small_marts(
        tmp_path,
        actividades=activity(kind),
        metas_programadas=THREE,
        metas_ejecutadas="X 1 2024-02-29 30 - | X 2 2024-03-31 0 - | X 3 2024-04-30 30 -",
    )
    assert pick(marts[AO], "programado_anual_pct") == programmed
    assert pick(marts["fct_avance_entidad"], "ejecutado_anual_pct") == executed


def test_quarterly_plan_has_only_quarter_ends(tmp_path) -> None:
    marts = small_marts(
        tmp_path,
        as_of="2024-07-31",
        plan={"periodicidad": "trimestral"},
        actividades=activity("acumulado_anual"),
        metas_programadas="X 3 0 2023-12-20 4 - | X 9 0 2023-12-20 4 -",
        metas_ejecutadas="X 3 2024-04-30 3 -",
    )
    # June is due from 1 August on; nothing between the quarter ends is.
    columns = ("mes_corte", "estado", "avance_fisico_pct")
    assert pick(marts[AO], *columns) == [
        (3, "completo", 75), (6, "completo", 75), (9, "completo", Fraction("37.5")),
    ]  # fmt: skip
    assert pick(marts[AO], "semaforo_fisico", mes_corte=3) == ["amarillo"]


@pytest.mark.parametrize(
    ("indicator", "advance", "achieved"),
    [
        (("ascendente", "-", "80", "60"), 75, False),
        (("ascendente", "-", "80", "100"), 100, True),  # 125 %, capped
        (("ascendente", "-", "0", "5"), None, True),
        (("descendente", "-", "40", "50"), 80, False),
        (("descendente", "-", "40", "0"), None, True),
        (("descendente", "60", "40", "45"), 75, False),  # (45 − 60)/(40 − 60)
        (("ascendente", "20", "20", "30"), None, True),
        (("ascendente", "20", "40", "10"), -50, False),
        (("ascendente", "-", "80", "-"), None, None),
    ],
)
def test_indicators(tmp_path, indicator, advance, achieved) -> None:
    sense, base, target, result = indicator
    marts = small_marts(
        tmp_path,
        indicadores=f"I O1 {sense} {base} | J A1 ascendente -",
        indicador_resultados=f"I 6 {target} {result}",
    )
    assert pick(marts["fct_indicador"], "avance_pct", "logrado", "oei_id") == [
        (advance, achieved, "O1")
    ]
    # J has no result at this corte and is still one of the objective's two indicators.
    (objective,) = marts["fct_resultado_objetivo"]
    assert (objective["n_indicadores"], objective["n_logrados"]) == (2, 1 if achieved else 0)
    assert objective["resultado_pct"] == (50 if achieved else 0)


def test_budget_totals_ignore_nulls(tmp_path) -> None:
    marts = small_marts(
        tmp_path,
        presupuesto="2024 6 gasto a 100 200 50 | 2024 6 gasto b - 0 30 | 2024 6 ingreso a - - 7",
    )
    columns = ("tipo", "rubro", "pia", "pim", "ejecucion", "avance_pim_pct", "modificacion")
    assert pick(marts["fct_presupuesto"], *columns) == [
        ("gasto", "a", 100, 200, 50, 25, 100),
        ("gasto", "b", None, 0, 30, None, None),
        ("ingreso", "a", None, None, 7, None, None),
        ("gasto", "TOTAL", 100, 200, 80, 40, 100),
        ("ingreso", "TOTAL", None, None, 7, None, None),
    ]


def test_schedule_takes_weights_as_given(tmp_path) -> None:
    marts = small_marts(
        tmp_path,
        plan={"tipo": "POA", "con_seguimiento": "false"},
        objetivos="O1 - | O2 -",
        acciones="A1 O1 60 | A2 O1 30 | B1 O2 100",
        centros_costo="C - | D C",
        actividades="""X A1 C acumulado_anual 70 | Y A1 D acumulado_anual 20
                       Z A2 C acumulado_anual 100 | W B1 C acumulado_anual -""",
        metas_programadas="""X 1 0 2023-12-20 1 - | X 2 0 2023-12-20 3 -
                             Y 2 0 2023-12-20 5 - | Z 1 0 2023-12-20 0 -""",
    )
    # A1: January 70·1/4 = 17.5, February 70·3/4 + 20 = 72.5 (the weights sum to 90).
    # A2 has no programme: 0. W has no weight: 0.
    # C has part in O1 and O2: half of 60 % of A1: 5.25, 21.75. D in O1 only: 10.5, 43.5.
    rows = marts["rpt_cronograma_poa"]
    assert pick(rows, "elemento_id", "programado_mes_pct", nivel="AEI", centro_costo_id="D") == [
        ("A1", Fraction("17.5")), ("A1", Fraction("72.5")),
    ]  # fmt: skip
    assert pick(rows, "elemento_id", nivel="AEI", centro_costo_id="C", mes=1) == ["A1", "A2", "B1"]
    assert pick(rows, "programado_mes_pct", nivel="CC", elemento_id="C") == [
        Fraction("5.25"),
        Fraction("21.75"),
    ]
    assert pick(rows, "programado_mes_pct", nivel="CC", elemento_id="D") == [
        Fraction("10.5"),
        Fraction("43.5"),
    ]


def test_every_colour_has_a_count(tmp_path) -> None:
    marts = small_marts(
        tmp_path,
        as_of="2024-02-29",
        actividades="X A1 C acumulado_anual - | Y A1 C acumulado_anual -",
        metas_programadas="X 1 0 2023-12-20 10 - | Y 1 0 2023-12-20 100 -",
        metas_ejecutadas="X 1 2024-02-10 10 - | Y 1 2024-02-10 40 -",
        indicadores="I A1 ascendente -",
        indicador_resultados="I 6 100 80",
    )
    # AO 100 and 40; AEI and OEI 70; the indicator of the AEI 80, at its own corte.
    rows = marts["rpt_semaforizacion"]
    assert pick(rows, "nivel", "mes_corte", "color", "cantidad") == [
        ("AO", 1, "rojo", 1), ("AO", 1, "amarillo", 0), ("AO", 1, "verde", 1),
        ("AEI", 1, "rojo", 1), ("AEI", 1, "amarillo", 0), ("AEI", 1, "verde", 0),
        ("OEI", 1, "rojo", 1), ("OEI", 1, "amarillo", 0), ("OEI", 1, "verde", 0),
        ("IND_AEI", 6, "rojo", 0), ("IND_AEI", 6, "amarillo", 1), ("IND_AEI", 6, "verde", 0),
    ]  # fmt: skip


def test_comparison_sees_what_differs() -> None:
    expected = [
        {"k": 1, "avance_pct": Fraction(1, 3), "pim": Fraction(5)},
        {"k": 2, "avance_pct": None, "pim": None},
    ]
    actual = [{"k": 1, "avance_pct": 1 / 3, "pim": Decimal("5.00")}, {"k": 3, "avance_pct": 0.0}]
    assert list(differences("t", ("k",), expected, actual)) == [
        "t (2,): missing in the mart",
        "t (3,): only in the mart",
    ]
    assert list(differences("t", ("k",), expected[:1], actual[:1] * 2)) == [
        "t (1,): 2 rows in the mart"
    ]
    assert not same("avance_pct", Fraction(1, 3), 0.333333)
    assert not same("pim", Fraction(5), 5.0), "money is never a double"
    assert not same("pim", Fraction(5), Decimal("5.01"))
    assert not same("pim", Fraction(0), None)
    assert not same("n_sp", 1, None)
    assert not same("logrado", True, 1)
