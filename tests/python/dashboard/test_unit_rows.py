"""A unit's page: rows of the unit and those below, without going through the plan's for each."""

from orchestration.dashboard.plans import PlanData, UnitRows
from orchestration.dashboard.tables import TABLES

# U1 above U2 above U3; U4 beside them. Programmes by activity, in the order of activities.
PARENTS = {"U1": None, "U2": "U1", "U3": "U2", "U4": None}
OWNERS = {"AO1": "U4", "AO2": "U3", "AO3": "U1", "AO4": "U3"}


class Counted(list):
    """Rows that count how often somebody goes through all of them."""

    times = 0

    def __iter__(self):
        self.times += 1
        return super().__iter__()


def plan_data() -> PlanData:
    """A plan of four units, a month of each of four activities."""
    data = {table.name: Counted() for table in TABLES}
    data["centros"] += [
        {"centro_costo_id": centre, "nombre": centre, "centro_padre_id": parent}
        for centre, parent in PARENTS.items()
    ]
    data["objetivos"] += [{"oei_id": "O1"}, {"oei_id": "O2"}]
    data["acciones"] += [{"aei_id": "A1", "oei_id": "O1"}, {"aei_id": "A2", "oei_id": "O2"}]
    data["actividades"] += [
        {"actividad_id": code, "centro_costo_id": owner, "aei_id": "A2" if code == "AO1" else "A1"}
        for code, owner in OWNERS.items()
    ]
    data["metas"] += [{"actividad_id": code, "mes": 1} for code in OWNERS]
    data["alertas"] += [{"centro_costo_id": centre} for centre in ("U3", None, "U1")]
    return data


def codes(rows: list[dict]) -> list[str]:
    return [row["actividad_id"] for row in rows]


def test_a_unit_has_what_is_its_own_and_of_the_units_below_in_the_plans_order() -> None:
    rows = UnitRows(plan_data())
    of_all_below = rows.of("U1")
    assert codes(of_all_below["metas"]) == ["AO2", "AO3", "AO4"]
    assert [row["centro_costo_id"] for row in of_all_below["alertas"]] == ["U3", "U1"]
    assert [row["aei_id"] for row in of_all_below["acciones"]] == ["A1"]
    assert [row["oei_id"] for row in of_all_below["objetivos"]] == ["O1"]
    assert codes(rows.of("U2")["metas"]) == ["AO2", "AO4"]
    assert codes(rows.of("U4")["metas"]) == ["AO1"]


def test_pages_of_many_units_go_through_the_rows_of_the_plan_once() -> None:
    # A hundred units of a plan of 60,000 activities looked at 1.5 million rows each.
    data = plan_data()
    rows = UnitRows(data)
    for centre in PARENTS:
        rows.of(centre)
    assert data["metas"].times == 1
    assert data["alertas"].times == 1
