"""Projection and versions in the evaluation report: every figure is the one of the marts."""

import pytest
from report_files import rows, same, sheets, write

ORDER = "list_position(['ENTIDAD', 'OEI', 'AEI', 'AO'], nivel), elemento_id"
LEVELS = "nivel in ('ENTIDAD', 'OEI', 'AEI', 'AO')"
PROJECTED = [
    "avance_fisico_pct", "avance_proyectado_pct", "proyectado_min_pct", "proyectado_max_pct",
    "probabilidad_rojo_pct", "ritmo_mensual_pct", "necesario_mensual_pct",
]  # fmt: skip
OF_A_VERSION = ("n_actividades", "programado_financiero_anual", "avance_fisico_pct")


def body(book: dict, title: str) -> list[list[object]]:
    """Rows below the head of the table on a sheet: it starts two rows below its title."""
    cells = book[title]
    start = next(number for number, row in enumerate(cells) if row[0] == title)
    return cells[start + 3 :]


@pytest.fixture(scope="module")
def book(course_warehouse, tmp_path_factory):
    """The sheets of a plan's report."""
    folder = tmp_path_factory.mktemp("foresight")
    written = {}

    def sheets_of(entity: str, plan: str) -> dict:
        if (entity, plan) not in written:
            (folder / f"{entity}-{plan}").mkdir()
            path = write(
                course_warehouse, "evaluacion", entity, plan, "xlsx", folder / f"{entity}-{plan}"
            )
            written[entity, plan] = sheets(path)
        return written[entity, plan]

    return sheets_of


def test_projection_is_that_of_the_mart(course_warehouse, book):
    expected = rows(
        course_warehouse,
        f"""
        select * from marts.fct_proyeccion
        where entidad_id = 'gen-tardio' and plan_id = 'poi-2023' and {LEVELS} order by {ORDER}
        """,
    )
    found = body(book("gen-tardio", "poi-2023"), "Proyección a fin de año")
    assert len(found) == len(expected) == 38
    for line, row in zip(found, expected, strict=True):
        name = "Entidad" if row["nivel"] == "ENTIDAD" else f"{row['nivel']} {row['elemento_id']}"
        assert line[0].startswith(name)
        for cell, column in zip(line[1:], PROJECTED, strict=True):
            if row[column] is None:
                assert cell == row["estado"], (column, line, row)
            else:
                assert same(cell, row[column]), (column, line, row)


def test_versions_are_those_of_the_mart(course_warehouse, book):
    expected = rows(
        course_warehouse,
        f"""
        select * from marts.fct_avance_version
        where entidad_id = 'gen-tardio' and plan_id = 'poi-2023' and {LEVELS}
        order by {ORDER}, list_position(['aprobado', 'consistente', 'modificado'], version_plan)
        """,
    )
    found = body(book("gen-tardio", "poi-2023"), "Versiones del plan")
    assert len(found) * 3 == len(expected) > 30
    for line, *versions in zip(found, expected[::3], expected[1::3], expected[2::3], strict=True):
        approved, _, modified = versions
        figures = [
            version["estado"] if version[column] is None else version[column]
            for version in versions
            for column in OF_A_VERSION
        ]
        figures += [modified["diferencia_financiera_anual"], modified["diferencia_avance_pct"]]
        assert line[0].endswith("Entidad") or approved["elemento_id"] in line[0]
        for cell, figure in zip(line[1:], figures, strict=True):
            assert cell == figure or same(cell, figure), (line, figures)


def test_a_plan_that_ended_says_why_there_is_nothing(book):
    ended = book("gen-tardio", "poi-2022")
    assert body(ended, "Proyección a fin de año")[0][0].startswith("El plan terminó")
    assert body(ended, "Versiones del plan")[0][0].startswith("El plan no se reprogramó")


def test_a_plan_never_reprogrammed_has_its_projection_only(book):
    going = book("gen-ordenado", "poi-2023")
    assert len(body(going, "Proyección a fin de año")) == 38
    assert body(going, "Versiones del plan")[0][0].startswith("El plan no se reprogramó")
