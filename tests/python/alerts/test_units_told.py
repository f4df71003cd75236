"""Whose finding or month it is, where entities and plans use the same codes."""

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from orchestration.alerts.deadlines import pending
from orchestration.alerts.findings import Published
from orchestration.errors import SemaforoError

LAST_DAY = date(2024, 5, 31)

PUBLICATION = """
    create schema marts;
    create schema catalogos;
    create table catalogos.reglas_calidad as
        select 'S07' as regla_id, 't' as titulo, 's' as significado, 'q' as que_hacer,
            'unidad' as responsable;
    create table marts.dim_entidad as from (values ('a', 'Entidad a'), ('b', 'Entidad b'))
        as v(entidad_id, nombre);
    create table marts.dim_centro_costo as
        from (values ('a', 'C1', 'Centro a1'), ('a', 'C2', 'Centro a2'), ('b', 'C1', 'Centro b1'))
        as v(entidad_id, centro_costo_id, nombre);
    create table marts.dim_plan as
        from (values ('a', 'P', 'Plan aP'), ('a', 'Q', 'Plan aQ'), ('b', 'P', 'Plan bP'))
        as v(entidad_id, plan_id, nombre);
    create table marts.dim_actividad as from (values
            ('a', 'P', 'X', 'AO aPX'), ('a', 'P', 'Y', 'AO aPY'), ('a', 'Q', 'X', 'AO aQX'),
            ('b', 'P', 'X', 'AO bPX')
        ) as v(entidad_id, plan_id, actividad_id, nombre);
    create table marts.dim_accion as from (values
            ('a', 'P', 'X', 'AEI aPX'), ('a', 'P', 'Y', 'AEI aPY'), ('a', 'Q', 'X', 'AEI aQX'),
            ('b', 'P', 'X', 'AEI bPX')
        ) as v(entidad_id, plan_id, aei_id, nombre);
    create table marts.dim_objetivo as from (values
            ('a', 'P', 'X', 'OEI aPX'), ('a', 'P', 'Y', 'OEI aPY'), ('a', 'Q', 'X', 'OEI aQX'),
            ('b', 'P', 'X', 'OEI bPX')
        ) as v(entidad_id, plan_id, oei_id, nombre);
    create table marts.dim_periodo as
        from (values (2023, 4, 'Abril'), (2024, 3, 'Marzo'), (2024, 4, 'Abril'))
        as v(anio, mes, nombre_mes);
    create table marts.fct_alerta as
        select *, 'S07' as regla_id, 4 as mes, 'd' as detalle, 1.0 as valor,
            date '2024-05-01' as abierta_desde, 1 as aperturas
        from (values
            ('1', 'a', 'C1', 'P', 'AO', 'X', 'baja', null),
            ('2', 'a', 'C1', 'P', 'AEI', 'X', 'media', null),
            ('3', 'a', 'C1', 'Q', 'OEI', 'X', 'critica', null),
            ('4', 'a', 'C1', 'P', 'AO', 'Y', 'alta', date '2024-05-02'),
            ('5', 'b', 'C1', 'P', 'AO', 'X', 'alta', null),
            ('6', 'a', null, 'P', 'CC', 'X', 'media', null),
            ('7', null, null, null, 'ARCHIVO', null, 'media', null)
        ) as v(alerta_id, entidad_id, centro_costo_id, plan_id, nivel, elemento_id, severidad,
            resuelta_en);
    create table marts.fct_registro_por_vencer as
        select *, 'X' as aei_id, true as bloquea
        from (values
            ('a', 'C1', 'P', 'X', 2024, 4, date '2024-05-31'),
            ('a', 'C1', 'P', 'Z', 2024, 3, date '2024-05-30'),
            ('a', 'C2', 'Q', 'X', 2024, 4, date '2024-05-31'),
            ('b', 'C1', 'P', 'X', 2024, 4, date '2024-05-31'),
            ('b', 'C9', 'R', 'N', 2024, 4, date '2024-05-31')
        ) as v(entidad_id, centro_costo_id, plan_id, actividad_id, anio, mes, fecha_limite);
"""


@pytest.fixture
def marts() -> Iterator[Published]:
    """A publication of two entities that use the same codes."""
    with duckdb.connect() as connection:
        connection.execute(PUBLICATION)
        yield Published(connection, 1, date(2024, 5, 15))


def findings(marts: Published, entity: str | None = None) -> list[tuple]:
    return [
        (
            unit.entity_name,
            unit.name,
            [(one.alert_id, one.plan_name, one.element_name) for one in found],
        )
        for unit, found in marts.open_findings(entity)
    ]


def test_each_unit_has_its_own_open_findings_once_worst_first(marts):
    assert findings(marts) == [
        ("", "Oficina de planeamiento", [("7", "", "")]),
        ("Entidad a", "Oficina de planeamiento", [("6", "Plan aP", "")]),
        (
            "Entidad a",
            "Centro a1",
            [("3", "Plan aQ", "OEI aQX"), ("2", "Plan aP", "AEI aPX"), ("1", "Plan aP", "AO aPX")],
        ),
        ("Entidad b", "Centro b1", [("5", "Plan bP", "AO bPX")]),
    ]


def test_findings_of_one_entity_are_its_own(marts):
    assert findings(marts, "b") == [("Entidad b", "Centro b1", [("5", "Plan bP", "AO bPX")])]


def due(marts: Published, day: date, entity: str | None = None) -> list[tuple]:
    return [
        (
            unit.entity_name,
            unit.name,
            [(one.plan_name, one.activity_name, one.month) for one in found],
        )
        for unit, found in pending(marts, entity, day)
    ]


def test_on_its_last_day_a_month_is_still_due_and_on_the_day_after_no_more(marts):
    assert due(marts, LAST_DAY) == [
        ("Entidad a", "Centro a1", [("Plan aP", "AO aPX", "abril")]),
        ("Entidad a", "Centro a2", [("Plan aQ", "AO aQX", "abril")]),
        ("Entidad b", "Centro b1", [("Plan bP", "AO bPX", "abril")]),
        # What the catalogs do not name goes by its code.
        ("Entidad b", "C9", [("R", "", "abril")]),
    ]
    assert due(marts, date(2024, 5, 30), "a")[0] == (
        "Entidad a",
        "Centro a1",
        [("Plan aP", "AO aPX", "abril"), ("Plan aP", "", "marzo")],
    )


def test_months_due_of_one_entity_are_its_own(marts):
    assert [unit for _, unit, _ in due(marts, LAST_DAY, "b")] == ["Centro b1", "C9"]


@pytest.mark.parametrize("day", [date(2024, 6, 1), date(2024, 4, 30), date(2023, 5, 15)])
def test_a_publication_of_another_month_says_nothing_of_this_one(marts, day):
    with pytest.raises(SemaforoError, match="lo publicado es al 15/05/2024"):
        due(marts, day)
