"""What reprogramming gave away: the contract read in Python on each version of random plans."""

from datetime import date
from decimal import Decimal

import pytest
from reference.compare import differences
from reference.drafting import Draft
from reference.drafting_plans import draft_folder
from reference.inputs import Tables, read_folder
from reference.marts import compute
from reference.plans import last_day
from warehouses import Warehouse

AS_OF = date(2024, 7, 20)
LEVELS = {
    "AEI": ("fct_avance_accion", "aei_id"),
    "OEI": ("fct_avance_objetivo", "oei_id"),
    "ENTIDAD": ("fct_avance_entidad", None),
    "AO": ("fct_avance_actividad", "actividad_id"),
}
COLUMNS = ("estado", "avance_fisico_pct", "programado_financiero", "ejecutado_financiero")


def _plan(row) -> tuple[str, str]:
    return row["entidad_id"], row["plan_id"]


def _add_reported_actions(draft: Draft) -> None:
    """Give each plan an action that only its reported results say anything of."""
    for plan in draft.tables["planes"]:
        key = {"entidad_id": plan["entidad_id"], "plan_id": plan["plan_id"]}
        objective = next(row for row in draft.tables["objetivos"] if _plan(row) == _plan(plan))
        action = {"aei_id": "AEI.R", "oei_id": objective["oei_id"], "ponderacion": Decimal("0.4")}
        draft.add("acciones", **key, **action, nombre="Solo reportada")
        for corte in range(1, 13):
            draft.add(
                "resultados_reportados",
                **key,
                mes_corte=corte,
                nivel="AEI",
                elemento_id="AEI.R",
                n_actividades=3,
                avance_fisico_pct=Decimal(5 * corte),
                programado_financiero=Decimal(1200),
                ejecutado_financiero=Decimal(100 * corte),
            )


@pytest.fixture(scope="module")
def tables(tmp_path_factory) -> Tables:
    """Random plans, with results reported of every level, which have no versions."""
    draft = draft_folder(11, 24, AS_OF)
    _add_reported_actions(draft)
    folder = tmp_path_factory.mktemp("versions") / "data"
    folder.mkdir()
    draft.write(folder)
    return read_folder(folder) | {"folder": folder}


@pytest.fixture(scope="module")
def warehouse(tables) -> Warehouse:
    warehouse = Warehouse(tables["folder"].parent / "warehouse")
    warehouse.refresh("--data", tables["folder"], "--as-of", AS_OF)
    return warehouse


def _as_it_was(tables: Tables, kind: str) -> Tables:
    """The folder as if nothing later than the version had been approved."""
    years = {_plan(row): row["anio"] for row in tables["planes"]}

    def counts(row) -> bool:
        if kind == "modificado" or row["version"] == 0:
            return True
        return kind == "consistente" and row["fecha_version"] <= last_day(years[_plan(row)], 1)

    targets = tables["metas_programadas"]
    kept = [row for row in targets if row["fecha_version"] <= AS_OF and counts(row)]

    def activity(row):
        return *_plan(row), row["actividad_id"]

    programmed = {activity(row) for row in kept}
    later_only = {activity(row) for row in targets if row["fecha_version"] <= AS_OF} - programmed

    return tables | {
        "metas_programadas": kept,
        "actividades": [row for row in tables["actividades"] if activity(row) not in later_only],
        "metas_ejecutadas": [
            row for row in tables["metas_ejecutadas"] if activity(row) not in later_only
        ],
        "resultados_reportados": [
            row
            for row in tables["resultados_reportados"]
            if (*_plan(row), row["elemento_id"]) not in later_only
        ],
    }


@pytest.mark.parametrize("kind", ["aprobado", "consistente", "modificado"])
@pytest.mark.parametrize("level", LEVELS)
def test_versions_equal_the_contract_on_the_plan_as_it_was(tables, warehouse, kind, level):
    table, element = LEVELS[level]
    reference = {
        (*_plan(row), row[element] if element else row["entidad_id"], row["mes_corte"]): row
        for row in compute(_as_it_was(tables, kind), AS_OF)[table]
    }
    rows = warehouse.query(f"""
        select entidad_id, plan_id, elemento_id, mes_corte, {", ".join(COLUMNS)}
        from marts.fct_avance_version where version_plan = '{kind}' and nivel = '{level}'
    """)
    assert len(rows) >= 10
    key = ("entidad_id", "plan_id", "elemento_id", "mes_corte")
    found = [dict(zip((*key, *COLUMNS), row, strict=True)) for row in rows]
    # A version that names fewer months than the plan in force has no row at a later corte.
    expected = [
        dict(zip(key, place, strict=True)) | {c: reference[place][c] for c in COLUMNS}
        for place in (tuple(row[c] for c in key) for row in found)
        if place in reference
    ]
    assert len(expected) >= 0.8 * len(found)
    compared = [row for row in found if tuple(row[c] for c in key) in reference]
    assert list(differences("fct_avance_version", key, expected, compared)) == []


@pytest.mark.parametrize(
    ("level", "mart", "element"),
    [
        ("AEI", "fct_avance_accion", "aei_id"),
        ("OEI", "fct_avance_objetivo", "oei_id"),
        ("ENTIDAD", "fct_avance_entidad", "entidad_id"),
        ("CC", "fct_avance_centro_costo where alcance = 'propio'", "centro_costo_id"),
        ("CC_TOTAL", "fct_avance_centro_costo where alcance = 'total'", "centro_costo_id"),
    ],
)
def test_the_version_in_force_is_what_the_marts_say(warehouse, level, mart, element):
    figures = f"""
        entidad_id, plan_id, mes_corte, round(avance_fisico_pct, 9), round(avance_parcial_pct, 9),
        {", ".join(COLUMNS[:1] + COLUMNS[2:])}, semaforo_fisico, semaforo_financiero, n_actividades
    """
    versions = warehouse.query(f"""
        select {figures}, elemento_id from marts.fct_avance_version
        where nivel = '{level}' and version_plan = 'modificado' order by all
    """)
    levels = warehouse.query(f"""
        select {figures}, {element} from (from marts.{mart}) semi join marts.fct_avance_version
        using (entidad_id, plan_id, mes_corte) order by all
    """)
    assert len(versions) >= 10
    assert versions == levels


@pytest.mark.parametrize("mart", ["accion", "objetivo", "centro_costo"])
def test_results_reported_of_a_level_are_in_reprogrammed_plans(warehouse, mart):
    """Or the tests above would say nothing of them."""
    assert warehouse.query(f"""
        from marts.fct_avance_{mart} semi join marts.fct_avance_version
        using (entidad_id, plan_id, mes_corte) where origen = 'reportado' limit 1
    """)


def test_every_level_of_a_reprogrammed_plan_has_its_versions(tables, warehouse):
    reprogrammed = {
        _plan(row)
        for row in tables["metas_programadas"]
        if row["version"] > 0 and row["fecha_version"] <= AS_OF
    }
    rows = warehouse.query("""
        select distinct entidad_id, plan_id from marts.fct_avance_version
        where nivel = 'ENTIDAD' and version_plan = 'modificado'
    """)
    assert set(rows) == reprogrammed


def test_nothing_is_said_of_what_an_element_without_executed_share_needs(warehouse):
    rows = warehouse.query("""
        select necesario_mensual_pct from marts.fct_proyeccion where ejecutado_anual_pct is null
    """)
    assert rows
    assert {needed for (needed,) in rows} == {None}
