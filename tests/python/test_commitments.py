"""Commitments from their file to the alert, as of any date; the shipped ones as printed."""

import pytest
import small_plan
from warehouses import Warehouse

SITUATION = """
    select compromiso_id, situacion, estado, dias_vencido, dias_restantes, cumplido_a_tiempo
    from marts.fct_compromiso order by compromiso_id
"""
OVERDUE = """
    select elemento_id, severidad, centro_costo_id, cast(valor as integer), resuelta_en is null
    from marts.fct_alerta where regla_id = 'R08' order by elemento_id
"""


def commitment(name: str, day: str, state: str, **others: object) -> dict:
    return small_plan.KEYS | {
        "compromiso_id": name,
        "fecha_registro": day,
        "recomendacion": f"Recomendación {name}",
        "estado": state,
        "centro_costo_id": "CC.2",
        "fecha_limite": "2024-05-31",
        **others,
    }


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    """What stands before, just after and long after the due date, and just after it again."""
    root = tmp_path_factory.mktemp("commitments")
    warehouse = Warehouse(root / "warehouse")
    first = small_plan.write_folder(
        root / "first",
        small_plan.tables()
        | {
            "compromisos": [
                commitment("done", "2024-04-15", "pendiente"),
                commitment("late", "2024-04-15", "en_proceso"),
                commitment("someday", "2024-04-15", "pendiente", fecha_limite=None),
            ]
        },
    )
    later = small_plan.write_folder(
        root / "later",
        {"compromisos": [commitment("done", "2024-06-20", "cumplido", evidencia="Acta 1")]},
    )
    states = []
    for options in (
        ("--data", first, "--as-of", "2024-05-31"),
        ("--as-of", "2024-06-01"),
        ("--data", later, "--as-of", "2024-09-15"),
        ("--as-of", "2024-06-01"),
    ):
        warehouse.refresh(*options)
        states.append((warehouse.query(SITUATION), warehouse.query(OVERDUE)))
    return states


def test_due_date_itself_is_in_time(history):
    commitments, alerts = history[0]
    assert commitments == [
        ("done", "en_plazo", "pendiente", 0, 0, None),
        ("late", "en_plazo", "en_proceso", 0, 0, None),
        ("someday", "sin_plazo", "pendiente", None, None, None),
    ]
    assert alerts == []


def test_the_day_after_it_is_overdue_and_the_unit_is_told(history):
    commitments, alerts = history[1]
    assert [row[:4] for row in commitments] == [
        ("done", "vencido", "pendiente", 1),
        ("late", "vencido", "en_proceso", 1),
        ("someday", "sin_plazo", "pendiente", None),
    ]
    assert alerts == [("done", "media", "CC.2", 1, True), ("late", "media", "CC.2", 1, True)]


def test_done_is_resolved_and_what_stays_overdue_gets_graver(history):
    commitments, alerts = history[2]
    assert commitments[0] == ("done", "cumplido", "cumplido", None, None, False)
    # 31 May to 15 September: 30 + 31 + 31 + 15 days, beyond the second threshold of 90.
    assert commitments[1][:4] == ("late", "vencido", "en_proceso", 107)
    assert [(row[0], row[1], row[3], row[4]) for row in alerts if row[0] == "late"] == [
        ("late", "alta", 107, True)
    ]
    assert [row[4] for row in alerts if row[0] == "done"] == [False]


def test_an_earlier_date_shows_what_was_known_then(history):
    assert history[3][0] == history[1][0]


def test_a_plan_without_commitments_has_none(small_warehouse):
    assert small_warehouse.query("select count(*) from marts.fct_compromiso") == [(0,)]


def test_shipped_commitments_are_those_the_documents_print(shipped_warehouse):
    """Evaluation of Ilo's municipality: 8 of section 8, 7 of section 9, 11 of its objectives."""
    found = shipped_warehouse.query("""
        select left(compromiso_id, 2) as seccion, count(*), count(*) filter (where abierto),
            count(*) filter (where situacion = 'vencido'), max(dias_vencido)
        from marts.fct_compromiso where entidad_id = '301498' group by 1 order by 1
    """)
    # Overdue since the end of the year they name: 31 days of January and 15 of February.
    assert found == [("8.", 8, 8, 0, None), ("9.", 7, 7, 0, None), ("OE", 11, 11, 5, 46)]
    # The evaluation of ZED ILO is of February 2024: not known yet on the 15th.
    assert shipped_warehouse.query("select distinct entidad_id from marts.fct_compromiso") == [
        ("301498",)
    ]


def test_shipped_evaluation_of_zed_ilo_asks_for_what_it_missed(closed_warehouse):
    assert closed_warehouse.query("""
        select compromiso_id, nivel, elemento_id, centro_costo_id, estado, situacion
        from marts.fct_compromiso where entidad_id = 'zed-ilo' order by compromiso_id
    """) == [
        ("1.2-1", "AEI", "AEI.03.02", "DOI", "en_proceso", "sin_plazo"),
        ("1.2-2", "AEI", "AEI.03.02", None, "pendiente", "sin_plazo"),
        ("1.2-3", "AEI", "AEI.03.02", None, "pendiente", "sin_plazo"),
    ]
