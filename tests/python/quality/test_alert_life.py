"""A finding keeps its identity from refresh to refresh: opened, seen, resolved, reopened."""

from datetime import date

import small_plan

UNREGISTERED = small_plan.executed_row("A5", 2, "2024-07-01", None, "1.00")
"""A later registration of A5's second month that takes its physical value away again."""


def life(warehouse) -> list[tuple]:
    """Life of the finding that A5 lacks month 2."""
    return warehouse.query("""
        select alerta_id, primera_vez, abierta_desde, ultima_vez, resuelta_en, aperturas
        from marts.fct_alerta where regla_id = 'S01' and elemento_id = 'A5' and mes = 2
    """)


def registrations(folder, rows):
    """A folder with registrations only; the plan is in the warehouse."""
    return small_plan.write_folder(folder, {"metas_ejecutadas": rows})


def test_finding_is_opened_seen_resolved_and_reopened(published, tmp_path):
    ((identity, *opened),) = life(published)
    first = date(2024, 5, 15)
    assert opened == [first, first, first, None, 1]

    published.refresh("--as-of", "2024-05-20")
    seen = date(2024, 5, 20)
    assert life(published) == [(identity, first, first, seen, None, 1)]

    late = registrations(tmp_path / "late", small_plan.late_registrations())
    done = published.refresh("--data", late, "--as-of", "2024-06-15")
    resolved = date(2024, 6, 15)
    assert life(published) == [(identity, first, first, seen, resolved, 1)]
    assert "0 reabiertas, 1 resuelta)" in done.stdout

    published.refresh(
        "--data", registrations(tmp_path / "gone", [UNREGISTERED]), "--as-of", "2024-07-15"
    )
    again = date(2024, 7, 15)
    assert life(published) == [(identity, first, again, again, None, 2)]

    published.refresh("--as-of", "2024-05-20")
    assert life(published) == [(identity, first, first, seen, None, 1)]


def test_repeating_a_refresh_adds_no_evaluation(published):
    before = published.contents()["marts.fct_alerta"]
    published.refresh("--as-of", small_plan.AS_OF)
    assert published.contents()["marts.fct_alerta"] == before


def test_moved_to_another_centre_a_finding_stays_the_same_one(published, tmp_path):
    """A5 passes from CC.1 to CC.2, which has the finding from then on, seen first when it was."""
    ((identity, first, *_),) = life(published)
    (activity,) = (row for row in small_plan.ACTIVITIES if row["actividad_id"] == "A5")
    moved = small_plan.write_folder(
        tmp_path / "moved", {"actividades": [activity | {"centro_costo_id": "CC.2"}]}
    )
    # The same report date: nothing of the finding changes but its centre.
    published.refresh("--data", moved, "--as-of", small_plan.AS_OF)
    assert [row[:2] for row in life(published)] == [(identity, first)]
    assert life(published)[0][-2:] == (None, 1)
    assert published.query(f"""
        select distinct centro_costo_id, resuelta_en from marts.fct_alerta
        where alerta_id = '{identity}'
    """) == [("CC.2", None)]
