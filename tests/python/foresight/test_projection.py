"""The projection of generated plans against a plain-Python reading of its method.

At half time, and in February of the year before, when January is registered and not yet due.
"""

from datetime import date
from fractions import Fraction

import pytest
from generated_plans import MIDDLE, WAYS, in_course, write_folder
from projection_in_python import PARAMETERS, below, habits, mean_of, measure, project
from reference.activity import activity_rows
from reference.inputs import read_folder
from reference.plans import read_plans
from warehouses import Warehouse

from orchestration.settings import SHIPPED_SEEDS

EARLY = date(2023, 2, 20)


@pytest.fixture(scope="module")
def early_warehouse(tmp_path_factory) -> Warehouse:
    """The generated plans when January of 2023 is registered, but for one unit of each, not due."""
    root = tmp_path_factory.mktemp("early")
    plans = in_course()
    for tables in plans:
        tables["metas_ejecutadas"] = [
            row
            for row in tables["metas_ejecutadas"]
            if row["plan_id"] != "poi-2023" or not row["actividad_id"].startswith("CC02")
        ]
    write_folder(root / "data", *plans)
    warehouse = Warehouse(root / "warehouse")
    warehouse.refresh("--data", root / "data", "--as-of", EARLY)
    return warehouse


@pytest.fixture(scope="module", params=[(MIDDLE, 6), (EARLY, 1)], ids=["june", "january"])
def projected(request) -> tuple[Warehouse, dict]:
    """A warehouse and, per entity: the plan in course, its activities projected in Python."""
    as_of, corte = request.param
    name = "course_warehouse" if as_of == MIDDLE else "early_warehouse"
    warehouse = request.getfixturevalue(name)
    tables = read_folder(warehouse.root.parent / "data")
    shipped = read_folder(SHIPPED_SEEDS)
    catalogs = {name: shipped[name] for name in ("metodologias", "semaforo_bandas")}
    plans = read_plans(tables | catalogs, as_of)
    found = {}
    for way in WAYS:
        entity = f"gen-{way}"
        before, plan = sorted(
            (p for p in plans if p.key["entidad_id"] == entity), key=lambda p: p.row["anio"]
        )
        measured = measure(plan, activity_rows(plan), corte)
        project(measured, habits(before, activity_rows(before), corte), cap=100, red=75)
        found[entity] = (plan, measured)
    return warehouse, found


def test_the_catalog_has_the_documented_parameters(course_warehouse):
    rows = course_warehouse.query("select parametro, valor from catalogos.parametros")
    documented = {name: Fraction(str(value)) for name, value in PARAMETERS.items()}
    assert {name: Fraction(value) for name, value in rows} == documented | {"mes_consistencia": 1}


def test_only_the_plan_course_warehouse_is_projected_at_its_corte(course_warehouse):
    rows = course_warehouse.query("select distinct plan_id, mes_corte from marts.fct_proyeccion")
    assert rows == [("poi-2023", 6)]


@pytest.mark.parametrize("way", WAYS)
def test_activities_equal_the_method_read_in_python(projected, way):
    warehouse, expected = projected
    _, measured = expected[f"gen-{way}"]
    rows = warehouse.query(f"""
        select elemento_id, avance_proyectado_pct, proyectado_min_pct, proyectado_max_pct,
            probabilidad_rojo_pct
        from marts.fct_proyeccion where nivel = 'AO' and entidad_id = 'gen-{way}'
    """)
    assert {row[0] for row in rows} == {m.name for m in measured}
    found = {row[0]: row[1:] for row in rows}
    for m in measured:
        end, low, high, red = found[m.name]
        assert (end, low, high) == pytest.approx((m.projected, m.low, m.high), abs=1e-6)
        # The models' normal curve is an approximation that is off by 0.0002 at most.
        assert red / 100 == pytest.approx(m.red, abs=0.0003)


@pytest.mark.parametrize("way", WAYS)
def test_levels_are_the_mean_of_what_is_expected_of_their_activities(projected, way):
    warehouse, expected = projected
    plan, measured = expected[f"gen-{way}"]
    action_of = {row["actividad_id"]: row["aei_id"] for row in plan.activities}
    groups = {("ENTIDAD", f"gen-{way}"): measured}
    for m in measured:
        for key in (("AEI", action_of[m.name]), ("CC", m.unit), ("CC_TOTAL", m.unit)):
            groups.setdefault(key, []).append(m)
    rows = warehouse.query(f"""
        select nivel, elemento_id, avance_proyectado_pct, proyectado_min_pct, proyectado_max_pct,
            probabilidad_rojo_pct, n_actividades
        from marts.fct_proyeccion where nivel not in ('AO', 'OEI') and entidad_id = 'gen-{way}'
    """)
    assert {row[:2] for row in rows} == set(groups)
    for level, element, end, low, high, red, count in rows:
        members = groups[level, element]
        mean, sd = mean_of([(m.weight, m.expected, m.deviation) for m in members])
        z = PARAMETERS["z_intervalo"]
        weights = sum(m.weight for m in members)
        reached = sum(m.weight * m.reached for m in members) / weights
        assert count == len(members)
        # A hundredth of a point: the approximated curve weighs on what is expected under the cap.
        assert end == pytest.approx(mean, abs=0.02)
        assert low == pytest.approx(max(mean - z * sd, reached), abs=0.05)
        assert high == pytest.approx(min(mean + z * sd, 100), abs=0.05)
        chance = 0 if reached >= 75 else below((75 - mean) / sd)
        assert red / 100 == pytest.approx(chance, abs=0.005)


def test_what_is_needed_each_month_reaches_the_target(course_warehouse):
    rows = course_warehouse.query("""
        select proyeccion.ejecutado_anual_pct, necesario_mensual_pct, ritmo_mensual_pct,
            meses_restantes, necesario_mensual_fisico, anual.meta, avance.ejecutado_fisico
        from marts.fct_proyeccion as proyeccion
        join marts.fct_avance_actividad as avance
            on avance.actividad_id = elemento_id and avance.entidad_id = proyeccion.entidad_id
            and avance.plan_id = proyeccion.plan_id and avance.mes_corte = proyeccion.mes_corte
        join marts.dim_actividad as actividad
            on actividad.actividad_id = elemento_id and actividad.entidad_id = proyeccion.entidad_id
            and actividad.plan_id = proyeccion.plan_id
        join (
            select entidad_id, plan_id, actividad_id, sum(programado_fisico) as meta
            from marts.fct_meta_mensual group by all
        ) as anual
            on anual.actividad_id = elemento_id and anual.entidad_id = proyeccion.entidad_id
            and anual.plan_id = proyeccion.plan_id
        where nivel = 'AO' and actividad.tipo_agregacion = 'acumulado_anual'
    """)
    assert len(rows) > 50
    for share, needed, pace, months, quantity, target, executed in rows:
        assert months == 6
        assert share + months * needed == pytest.approx(100)
        assert pace == pytest.approx(share / 6)
        assert float(quantity) == pytest.approx(max(float(target - executed), 0) / 6, abs=1e-4)


def test_before_a_month_is_due_what_is_registered_counts_and_what_has_ended_is_no_month_left(
    early_warehouse,
):
    rows = early_warehouse.query("""
        select substr(elemento_id, 1, 4) = 'CC02', mes_corte, meses_restantes, ejecutado_anual_pct,
            proyectado_min_pct, necesario_mensual_pct, ritmo_mensual_pct
        from marts.fct_proyeccion as proyeccion
        join marts.dim_actividad as actividad
            on actividad.actividad_id = elemento_id and actividad.entidad_id = proyeccion.entidad_id
            and actividad.plan_id = proyeccion.plan_id
        where nivel = 'AO' and actividad.tipo_agregacion = 'acumulado_anual'
    """)
    executed = [row for row in rows if row[3]]
    assert len(executed) >= 20
    assert not any(unregistered for unregistered, *_ in executed)
    for _, corte, months, share, low, needed, pace in executed:
        assert (corte, months) == (1, 11)
        assert low >= share - 1e-9
        assert share + months * needed == pytest.approx(100)
        assert pace == pytest.approx(share)


def test_means_of_months_need_no_quantity(course_warehouse):
    rows = course_warehouse.query("""
        select necesario_mensual_pct, necesario_mensual_fisico
        from marts.fct_proyeccion as proyeccion
        join marts.dim_actividad as actividad
            on actividad.actividad_id = elemento_id and actividad.entidad_id = proyeccion.entidad_id
            and actividad.plan_id = proyeccion.plan_id
        join marts.dim_plan as plan
            on plan.entidad_id = proyeccion.entidad_id and plan.plan_id = proyeccion.plan_id
        where nivel = 'AO' and actividad.tipo_agregacion = 'no_acumulado'
            and plan.regla_no_acumulado = 'promedio_mensual'
    """)
    assert rows
    assert all(share is not None and quantity is None for share, quantity in rows)
