"""How the year will end, and what reprogramming changed: on the page of a plan, as in the marts."""

import json
from collections import Counter

import pytest
from boards import PHONE, Board, percent, seen, words
from test_every_page import serious
from warehouses import half_up

PLAN = "entidad_id = 'gen-tardio' and plan_id = 'poi-2023'"
LEVELS = "('ENTIDAD', 'OEI', 'AEI', 'AO')"


@pytest.fixture(scope="module")
def opened(browser, course_warehouse):
    """The page of a reprogrammed plan in course, every fold open."""
    board = Board(course_warehouse.root / "dashboard")
    with browser.open(board.plan("gen-tardio", "poi-2023")) as page:
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        yield page


@pytest.fixture(scope="module")
def letters(course_warehouse) -> dict[str, str]:
    return dict(
        course_warehouse.query("""
            select color, letra from marts.dim_semaforo
            where metodologia_id = 'ceplan' and ambito = 'fisico'
        """)
    )


def lines(page, section: str, table: str = "") -> list[list[str]]:
    """Cells of the rows of a section's tables: the code, then the figures."""
    name = f"[aria-label='{table}']" if table else ""
    return [
        [words(text) for text in row]
        for row in page.evaluate(f"""
            () => [...document.querySelectorAll("#{section} .tabla-caja{name} tbody tr")].map(
                tr => [tr.querySelector('.codigo').innerText,
                    ...[...tr.querySelectorAll('td')].map(td => td.innerText)])
        """)
    ]


def whole(value: float) -> str:
    return f"{half_up(value, 0)} %"


def chance(value: float) -> str:
    """A probability: nothing is certain that may still turn."""
    if 0 < value < 0.5:
        return "menos de 1 %"
    if 99.5 <= value < 100:
        return "más de 99 %"
    return whole(value)


def signed(value: float | None) -> str:
    if value is None:
        return "—"
    return f"{'+' if value > 0 else ''}{half_up(float(value)):,}".replace("-", "−")


def projected(warehouse, letters, condition: str = "true") -> list[list[str]]:
    rows = warehouse.query(f"""
        select nivel, elemento_id, estado, semaforo_fisico, semaforo_proyectado,
            avance_proyectado_pct, proyectado_min_pct, proyectado_max_pct,
            probabilidad_rojo_pct, ritmo_mensual_pct, necesario_mensual_pct
        from marts.fct_proyeccion where {PLAN} and nivel in {LEVELS} and {condition}
        order by probabilidad_rojo_pct desc, elemento_id
    """)
    return [
        [
            "Entidad" if level == "ENTIDAD" else element,
            letters[now] if now else state,
            letters[later],
            percent(mean),
            f"{whole(low)} a {whole(high)}",
            chance(red),
            percent(pace),
            percent(needed),
        ]
        for level, element, state, now, later, mean, low, high, red, pace, needed in rows
    ]


def test_projection_of_every_element_is_that_of_the_mart(opened, course_warehouse, letters):
    expected = projected(course_warehouse, letters)
    first = "Actividades que más probablemente terminen en rojo"
    ten = lines(opened, "proyeccion", first)
    shown = Counter(map(tuple, lines(opened, "proyeccion"))) - Counter(map(tuple, ten))
    assert shown == Counter(map(tuple, expected))
    assert len(expected) == 38
    assert ten == projected(course_warehouse, letters, "nivel = 'AO'")[:10]


def test_why_shows_what_is_needed_in_the_units_of_the_activity(opened, course_warehouse):
    ((code, needed, months),) = course_warehouse.query(f"""
        select elemento_id, necesario_mensual_fisico, meses_restantes
        from marts.fct_proyeccion where {PLAN} and nivel = 'AO'
            and necesario_mensual_fisico is not null
        order by probabilidad_rojo_pct desc, elemento_id limit 1
    """)
    row = opened.locator("#proyeccion .tabla-caja tbody tr", has_text=code).first
    row.locator(".cifra").click()
    text = seen(opened, "#porque")
    assert f"Meses que faltan {months}" in text
    quantity = f"{half_up(float(needed), 4):,}".rstrip("0").rstrip(".")
    assert f"Hace falta por mes, en su unidad {quantity}" in text
    opened.keyboard.press("Escape")


def test_versions_of_every_element_are_those_of_the_mart(opened, course_warehouse, letters):
    found = {}
    for level, element, version, *figures in course_warehouse.query(f"""
        select nivel, elemento_id, version_plan, avance_fisico_pct, semaforo_fisico, estado,
            diferencia_avance_pct, diferencia_financiera_anual
        from marts.fct_avance_version where {PLAN} and nivel in {LEVELS}
    """):
        found.setdefault((level, element), {})[version] = figures
    expected = []
    for (level, element), versions in found.items():
        cells = ["Entidad" if level == "ENTIDAD" else element]
        for version in ("aprobado", "consistente", "modificado"):
            advance, colour, state, *_ = versions[version]
            cells.append(f"{letters[colour] if colour else state} {percent(advance)}")
        *_, points, money = versions["modificado"]
        expected.append([*cells, signed(points), signed(money)])
    assert sum(row[4] not in {"—", "0.00"} for row in expected) > 5
    assert Counter(map(tuple, lines(opened, "versiones"))) == Counter(map(tuple, expected))


def test_readable_by_all_and_on_a_phone(opened) -> None:
    found = serious(opened, "#proyeccion", "#versiones")
    assert found == [], json.dumps(found, indent=1, ensure_ascii=False)
    size = opened.viewport_size
    opened.set_viewport_size(PHONE)
    assert opened.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    opened.set_viewport_size(size)


def test_a_plan_that_ended_has_neither_and_one_never_reprogrammed_no_versions(
    browser, course_warehouse
) -> None:
    board = Board(course_warehouse.root / "dashboard")
    sections = {}
    for plan in (("gen-tardio", "poi-2022"), ("gen-ordenado", "poi-2023")):
        with browser.open(board.plan(*plan)) as page:
            sections[plan] = [
                name for name in ("proyeccion", "versiones") if page.locator(f"#{name}").count()
            ]
    assert sections == {
        ("gen-tardio", "poi-2022"): [],
        ("gen-ordenado", "poi-2023"): ["proyeccion"],
    }
