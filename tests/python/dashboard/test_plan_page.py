"""The page of a plan: its numbers are the marts', and every one can be asked why."""

import duckdb
import pytest
from boards import Board, money, percent, seen, words

PLAN = "entidad_id = '301264' and plan_id = 'poi-2023'"


def test_key_figures_are_those_of_the_mart(victoria, shipped) -> None:
    ((physical, median, cash, done, planned, total),) = shipped.query(f"""
        select avance_fisico_pct, mediana_actividades_pct, avance_financiero_pct,
            ejecutado_financiero, programado_financiero, n_actividades
        from marts.fct_avance_entidad where {PLAN} and mes_corte = 6
    """)
    cards = [seen(victoria, f"#claves .clave-cifra >> nth={n}") for n in range(4)]
    assert cards[0] == f"A {percent(physical)}" == "A 83.71 %"
    assert cards[1] == percent(median)
    assert cards[2] == f"A {percent(cash)}"
    assert cards[3] == str(total)
    assert f"S/ {money(done)} de {money(planned)}" in seen(victoria, "#claves")


def test_a_month_without_all_registrations_shows_its_partial_advance(victoria, shipped) -> None:
    victoria.select_option("#corte select", "3")
    victoria.wait_for_selector("html[data-listo]", state="attached")
    ((state, whole, partial),) = shipped.query(f"""
        select estado, avance_fisico_pct, avance_parcial_pct
        from marts.fct_avance_entidad where {PLAN} and mes_corte = 3
    """)
    assert (state, whole) == ("S.I.", None)
    card = seen(victoria, "#claves .clave >> nth=0")
    assert "S.I." in card
    assert percent(partial) in card
    assert "Avance parcial" in card


def test_every_activity_has_the_figures_of_the_mart(victoria, shipped) -> None:
    victoria.get_by_role("button", name="Abrir todo").click()
    shown = victoria.evaluate("""
        () => Object.fromEntries([...document.querySelectorAll('#arbol .nivel-ao')].map(tr => [
            tr.querySelector('.codigo').textContent,
            [...tr.querySelectorAll('td')].map(td => td.innerText),
        ]))
    """)
    letters = dict(
        shipped.query(
            "select color, letra from marts.dim_semaforo "
            "where metodologia_id = 'ceplan' and ambito = 'fisico'"
        )
    )
    rows = shipped.query(f"""
        select actividad_id, avance_fisico_pct, semaforo_fisico, estado, avance_financiero_pct,
            ejecutado_financiero, programado_financiero
        from marts.fct_avance_actividad where {PLAN} and mes_corte = 6
    """)
    assert len(rows) == len(shown) == 288
    for code, advance, colour, state, cash, done, planned in rows:
        light, figure, _, spent = map(words, shown[code])
        assert light == (letters[colour] if colour else state), code
        assert figure == percent(advance), code
        assert spent == f"{percent(cash)} {money(done)} de {money(planned)}", code


def test_colours_are_counted_as_in_the_mart(victoria, shipped) -> None:
    counted = dict(
        shipped.query(f"""
            select color, cantidad from marts.rpt_semaforizacion
            where {PLAN} and mes_corte = 6 and nivel = 'AO'
        """)
    )
    shown = victoria.locator("#semaforo .nivel >> nth=0").locator(".cifra").all_inner_texts()
    assert [words(text) for text in shown] == [
        str(counted[colour]) for colour in ("rojo", "amarillo", "verde")
    ]


def test_the_worst_ten_and_what_they_cost_are_those_of_the_mart(victoria, shipped) -> None:
    rows = shipped.query(f"""
        select actividad_id, puntos_perdidos, puntos_perdidos_hasta_puesto
        from marts.rpt_aporte_actividad
        where {PLAN} and mes_corte = 6 and puesto <= 10 order by puesto
    """)
    assert victoria.locator("#peores li .codigo").all_inner_texts() == [row[0] for row in rows]
    shown = [
        words(text) for text in victoria.locator("#peores .peor-puntos .cifra").all_inner_texts()
    ]
    assert shown == [f"−{percent(lost)[:-2]}" for _, lost, _ in rows]
    assert f"{percent(rows[-1][2])[:-2]} puntos" in seen(victoria, "#peores .resumen")


def test_the_tree_opens_step_by_step(victoria) -> None:
    assert victoria.locator("#arbol .nivel-aei").count() == 0
    victoria.locator("#arbol .nivel-oei .abre").first.click()
    actions = victoria.locator("#arbol .nivel-aei").count()
    assert actions > 0
    assert victoria.locator("#arbol .nivel-ao").count() == 0
    victoria.locator("#arbol .nivel-aei .abre").first.click()
    assert victoria.locator("#arbol .nivel-ao").count() > 0
    victoria.locator("#arbol .nivel-oei .abre").first.click()
    assert victoria.locator("#arbol .nivel-aei").count() == 0


@pytest.mark.parametrize(
    ("label", "value", "condition"),
    [
        ("Color", "rojo", "semaforo_fisico = 'rojo'"),
        ("Estado", "S.P.", "estado = 'S.P.'"),
        ("Unidad", "G-DESARROLLO-HUMANO", "centro_costo_id = 'G-DESARROLLO-HUMANO'"),
    ],
)
def test_a_filter_leaves_exactly_its_activities(victoria, shipped, label, value, condition):
    victoria.locator("#arbol").get_by_label(label).select_option(value)
    expected = {
        code
        for (code,) in shipped.query(f"""
            select actividad_id from marts.fct_avance_actividad
            where {PLAN} and mes_corte = 6 and {condition}
        """)
    }
    shown = victoria.locator("#arbol .nivel-ao th .codigo").all_inner_texts()
    assert expected
    assert set(shown) == expected
    assert seen(victoria, "#arbol .cuenta") == f"{len(expected)} de 288 actividades"


def test_search_ignores_accents_and_capitals(victoria) -> None:
    victoria.locator("#arbol").get_by_label("Buscar").fill("CAMARAS videovigilancia")
    victoria.wait_for_function("() => document.querySelectorAll('#arbol .nivel-ao').length === 1")
    assert "CÁMARAS DE VIDEOVIGILA" in seen(victoria, "#arbol .nivel-ao")


def test_why_leads_from_the_entity_to_the_registrations_of_an_activity(victoria, shipped) -> None:
    victoria.click("#claves .cifra-grande >> nth=0")
    dialog = victoria.locator("#porque")
    assert dialog.locator("h2").inner_text() == "Municipalidad de La Victoria"
    assert "Promedio simple del avance de las actividades (AO)" in dialog.inner_text()
    assert "Las actividades que hay detrás (288)" in dialog.inner_text()
    code = dialog.locator("tbody .codigo").first.inner_text()
    dialog.locator("tbody .cifra").first.click()
    rows = shipped.query(f"""
        select programado_fisico, ejecutado_fisico, strftime(fecha_registro, '%d/%m/%Y')
        from marts.fct_meta_mensual where {PLAN} and actividad_id = '{code}' order by mes
    """)
    shown = dialog.locator("tbody tr").evaluate_all(
        "trs => trs.map(tr => [...tr.querySelectorAll('td')].map(td => td.innerText))"
    )
    assert [(row[0], row[1], row[5]) for row in shown] == [
        (f"{programmed.normalize():f}", f"{executed.normalize():f}", day)
        for programmed, executed, day in rows
    ]
    dialog.get_by_role("button", name="Volver").click()
    assert dialog.locator("h2").inner_text() == "Municipalidad de La Victoria"


def test_a_count_of_a_colour_lists_those_activities(victoria, shipped) -> None:
    victoria.locator("#claves .reparto .cifra").first.click()
    ((red,),) = shipped.query(
        f"select n_rojo from marts.fct_avance_entidad where {PLAN} and mes_corte = 6"
    )
    assert f"Las actividades que hay detrás ({red})" in seen(victoria, "#porque")
    assert "en rojo" in seen(victoria, "#porque h2")


def test_the_keyboard_asks_and_comes_back(victoria) -> None:
    figure = victoria.locator("#claves .cifra-grande").first
    figure.focus()
    victoria.keyboard.press("Enter")
    assert victoria.locator("#porque[open]").count() == 1
    assert victoria.evaluate("document.activeElement.id") == "porque-titulo"
    victoria.keyboard.press("Escape")
    assert victoria.locator("#porque[open]").count() == 0
    assert figure.evaluate("el => el === document.activeElement")


def test_the_heat_map_is_walked_with_arrows(victoria) -> None:
    victoria.locator("#calor tbody td").first.focus()
    victoria.keyboard.press("ArrowRight")
    victoria.keyboard.press("ArrowDown")
    place = victoria.evaluate(
        "() => { const td = document.activeElement;return [td.parentNode.rowIndex, td.cellIndex] }"
    )
    assert place == [2, 2]
    victoria.keyboard.press("Enter")
    assert victoria.locator("#porque[open]").count() == 1


def test_the_heat_map_shows_the_light_of_each_corte(victoria, shipped) -> None:
    victoria.locator("#calor .mas").click()
    letters = dict(
        shipped.query(
            "select color, letra from marts.dim_semaforo "
            "where metodologia_id = 'ceplan' and ambito = 'fisico'"
        )
    )
    expected = {}
    for code, colour, state in shipped.query(f"""
        select actividad_id, semaforo_fisico, estado
        from marts.fct_avance_actividad where {PLAN} order by actividad_id, mes_corte
    """):
        expected.setdefault(code, []).append(letters[colour] if colour else state)
    shown = victoria.evaluate("""
        () => Object.fromEntries([...document.querySelectorAll('#calor tbody tr')].map(tr =>
            [tr.querySelector('.codigo').textContent,
             [...tr.querySelectorAll('td')].map(td => td.textContent)]))
    """)
    assert shown == expected


def test_charts_have_their_figures_as_a_table(victoria, shipped) -> None:
    victoria.locator("#curva details summary").click()
    shown = [words(text) for text in victoria.locator("#curva tbody td").all_inner_texts()]
    assert shown == [
        percent(value)
        for row in shipped.query(f"""
            select programado_anual_pct, ejecutado_anual_pct
            from marts.fct_avance_entidad where {PLAN} order by mes_corte
        """)
        for value in row
    ]


def test_a_click_on_the_overview_opens_the_question_on_the_plan(browser, shipped_board) -> None:
    with browser.open(shipped_board.page("index")) as page:
        page.locator("tr", has_text="La Victoria").get_by_role("link", name="83.71 %").click()
        page.wait_for_selector("#porque[open]")
        assert page.locator("#porque strong").first.inner_text() == "83.71 %"


def test_a_long_unit_of_measure_leaves_the_money_in_sight(browser, published) -> None:
    unit = "DOCUMENTO TÉCNICO ELABORADO Y APROBADO POR RESOLUCIÓN DE ALCALDÍA"
    name = "ASISTENCIA TÉCNICA Y CAPACITACIÓN EN GESTIÓN DEL RIESGO DE DESASTRES EN LA POBLACIÓN"
    with duckdb.connect(str(published.published)) as connection:
        connection.execute(
            "update marts.dim_actividad set unidad_medida = ?, nombre = ?", [unit, name]
        )
        connection.execute(
            "update marts.fct_avance_actividad set programado_financiero = 97971952.95, "
            "ejecutado_financiero = 142545305.46"
        )
    done = published.run("dashboard")
    assert done.returncode == 0, done.stderr
    with browser.open(Board(published.root / "dashboard").plan("muni", "poi-2024")) as page:
        page.get_by_role("button", name="Abrir todo").click()
        assert unit in page.locator("#arbol tbody").inner_text()
        box = page.locator("#arbol .tabla-caja")
        assert box.evaluate("box => box.scrollWidth - box.clientWidth") == 0
