"""Any past state can be computed again: later data does not touch what was known before."""

import pytest
import small_plan
from warehouses import Warehouse

# `archivo` and `carga_id` of loads do not enter the marts; everything that does must agree.
BEFORE = ("--as-of", small_plan.AS_OF)
AFTER = ("--as-of", small_plan.AFTER_LATE_REGISTRATION)

ADVANCES = """
    select actividad_id, avance_fisico_pct, estado from marts.fct_avance_actividad
    where mes_corte = 3 order by actividad_id
"""


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    """Contents as of D before later data, as of a later day with it, as of D again with it."""
    root = tmp_path_factory.mktemp("history")
    warehouse = Warehouse(root / "warehouse")
    first = small_plan.write_folder(root / "first", small_plan.tables())
    later = small_plan.write_folder(
        root / "later",
        {
            "metas_ejecutadas": small_plan.late_registrations(),
            "metas_programadas": small_plan.reprogramming(),
        },
    )
    states = []
    for options in (("--data", first, *BEFORE), ("--data", later, *AFTER), BEFORE):
        warehouse.refresh(*options)
        states.append((warehouse.contents(), warehouse.query(ADVANCES)))
    return states


def test_same_marts_before_and_after_later_data_arrives(history):
    (before, _), _, (again, _) = history
    assert before.keys() == again.keys()
    for table in before:
        assert before[table] == again[table], table


def test_later_date_sees_the_later_data(history):
    """A5's missing month came, A1 was corrected to 31 of 30, A2 reprogrammed to 10: 9/10."""
    _, (_, advances), _ = history
    assert advances == [
        ("A1", 100.0, "completo"),
        ("A2", 90.0, "completo"),
        ("A3", 100.0, "completo"),
        ("A4", None, "S.P."),
        ("A5", 100.0, "completo"),
    ]


def test_before_the_first_registration_is_due_nothing_is_missing(tmp_path, small_folder):
    """As of 31 January no month is due and none is registered: every advance is 0, none S.I."""
    warehouse = Warehouse(tmp_path / "warehouse")
    warehouse.refresh("--data", small_folder, "--as-of", "2024-01-31")
    assert warehouse.query(ADVANCES) == [
        ("A1", 0.0, "completo"),
        ("A2", 0.0, "completo"),
        ("A3", 0.0, "completo"),
        ("A4", None, "S.P."),
        ("A5", 0.0, "completo"),
    ]


def test_before_the_plan_is_approved_there_is_no_programming(tmp_path, small_folder):
    warehouse = Warehouse(tmp_path / "warehouse")
    warehouse.refresh("--data", small_folder, "--as-of", "2023-12-19")
    assert warehouse.query("select count(*) from marts.fct_avance_actividad") == [(0,)]
    assert warehouse.query("select count(*) from marts.dim_actividad") == [(5,)]
