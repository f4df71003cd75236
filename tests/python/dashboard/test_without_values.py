"""What a plan or a warehouse does not have is said in words, or left out: never a bare label."""

import duckdb
import pytest
from boards import PHONE, Board, seen, words

WITHOUT = "sin detalle de actividades"
# Labels of cards that have nothing beside them.
BARE = """
    () => [...document.querySelectorAll('.fichas td[data-titulo]')]
        .filter(td => td.offsetParent && !td.innerText.trim() && !td.querySelector('.luz'))
        .map(td => `${td.closest('section').id}: ${td.dataset.titulo}`)
"""


@pytest.fixture(scope="module")
def ilo(browser, shipped_board):
    """A plan whose source gives its actions and units, but none of its 281 activities."""
    with browser.open(shipped_board.plan("301498", "pei-2022"), PHONE) as page:
        page.get_by_role("button", name="Abrir todo").click()
        yield page


def test_no_card_has_a_label_without_a_value(ilo) -> None:
    assert ilo.locator(".fichas td[data-titulo]").count() > 100
    assert ilo.evaluate(BARE) == []


def test_activities_that_are_not_known_are_not_counted_as_zero(ilo, shipped) -> None:
    ((total,),) = shipped.query(
        "select n_actividades from marts.fct_avance_entidad where entidad_id = '301498'"
    )
    card = words(ilo.locator("#claves .clave", has_text="Actividades").inner_text())
    assert card == f"Actividades {total} {WITHOUT}"
    assert seen(ilo, "#arbol .cuenta").endswith(WITHOUT)
    assert WITHOUT in seen(ilo, "#unidades tbody tr")


def test_a_unit_of_which_only_money_is_reported_misses_no_registration(browser, shipped_board):
    """Table 5 of the evaluation of Ilo's municipality gives money by unit, nothing physical."""
    with browser.open(shipped_board.unit("301498", "pei-2022", "01.01")) as page:
        card = words(page.locator("#claves .clave", has_text="Avance físico").inner_text())
    assert card.endswith("la fuente no reporta lo ejecutado ni un avance.")


def test_the_overview_tells_plans_without_detail_from_those_without_follow_up(
    browser, shipped_board
) -> None:
    with browser.open(shipped_board.page("index")) as page:
        rows = {
            entity: words(page.locator("#planes tbody tr", has_text=entity).inner_text())
            for entity in ("Provincial de Ilo", "Desarrollo Productivo", "La Victoria")
        }
    assert {entity: WITHOUT in text for entity, text in rows.items()} == {
        "Provincial de Ilo": True,
        "Desarrollo Productivo": False,
        "La Victoria": False,
    }


def test_a_warehouse_without_published_values_says_so(browser, small_warehouse, small_board):
    assert small_warehouse.query("select count(*) from marts.rpt_conciliacion") == [(0,)]
    with browser.open(small_board.page("conciliacion")) as page:
        said = "Este almacén no tiene valores publicados con que comparar."
        assert words(page.locator("#valores").inner_text()) == said
        assert "filtros" not in page.locator("main").inner_text()


def test_a_method_without_bands_is_said_and_hides_no_figure(browser, bandless) -> None:
    done = bandless.run("dashboard")
    assert done.returncode == 0, done.stderr
    board = Board(bandless.root / "dashboard")
    without = "La metodología no tiene bandas de semáforo: sus avances no llevan color."
    with browser.open(board.plan("muni", "poi-2024")) as page:
        page.locator("#corte select").select_option("1")
        page.wait_for_selector("html[data-listo]", state="attached")
        assert without in seen(page, "#claves")
        assert without in seen(page, "#calor")
        assert page.locator("#calor td").first.get_attribute("aria-label") == "100.00 %"
        assert WITHOUT not in page.locator("main").inner_text()
        # Of A1 and A3 both advances are known; the legend has a mark of the same kind.
        marks = "document.querySelectorAll('#dispersion svg path[fill=\"#7a8699\"]').length === 3"
        page.wait_for_function(marks)
        assert "Sin color" in page.locator("#dispersion svg").text_content()
    with browser.open(board.page("index")) as page:
        assert WITHOUT not in page.locator("main").inner_text()
    with browser.open(board.page("metodo")) as page:
        said = page.locator(".bandas li").all_inner_texts()
        assert said == ["Sin bandas: estas cifras no llevan color."] * 3


def test_weights_that_sum_to_nothing_are_said(browser, weightless) -> None:
    done = weightless.run("dashboard")
    assert done.returncode == 0, done.stderr
    board = Board(weightless.root / "dashboard")
    why = "los pesos de las partes con cifra suman 0"
    with browser.open(board.page("index")) as page:
        assert "sin avance Los pesos de sus partes suman 0" in seen(page, "#planes tbody tr")
    with browser.open(board.plan("muni", "poi-2024")) as page:
        assert "sin avance" in seen(page, "#claves")
        assert why in seen(page, "#claves")
        assert page.locator("#arbol .estado", has_text="sin avance").count() >= 2
        page.locator("#claves .cifra").first.click()
        assert why in seen(page, "#porque")


def test_a_plan_without_programming_says_why_it_has_no_figures(browser, published) -> None:
    with duckdb.connect(str(published.published)) as connection:
        for level in ("actividad", "accion", "objetivo", "centro_costo", "entidad"):
            connection.execute(f"delete from marts.fct_avance_{level}")
        for table in ("rpt_semaforizacion", "rpt_aporte_actividad", "fct_proyeccion"):
            connection.execute(f"delete from marts.{table}")
        connection.execute("update marts.dim_plan set corte_vigente = null, corte_exigible = null")
    done = published.run("dashboard")
    assert done.returncode == 0, done.stderr
    board = Board(published.root / "dashboard")
    with browser.open(board.page("index")) as page:
        assert "sin metas programadas" in seen(page, "#planes tbody tr")
    with browser.open(board.plan("muni", "poi-2024")) as page:
        assert seen(page, "#corte") == "Sin metas programadas: todavía no hay cifras."
        caption = page.locator("#arbol caption").text_content()
        assert caption == "Objetivos, acciones y actividades"


@pytest.fixture
def measured(published) -> Board:
    """The small plan with three indicators, of which one is measured, and in February only."""
    with duckdb.connect(str(published.published)) as connection:
        connection.execute(
            """
            insert into marts.fct_indicador by name
            select entidad_id, plan_id, 'IND.1' as indicador_id, 2 as mes_corte,
                'OEI.1' as elemento_id, 'OEI.1' as oei_id, 10 as programado, 9 as obtenido,
                90 as avance_pct, false as logrado
            from marts.dim_plan
            """
        )
        connection.execute(
            """
            insert into marts.fct_resultado_objetivo by name
            select entidad_id, plan_id, 'OEI.1' as oei_id, 2 as mes_corte, 3 as n_indicadores,
                0 as n_logrados, 0 as resultado_pct
            from marts.dim_plan
            """
        )
    done = published.run("dashboard")
    assert done.returncode == 0, done.stderr
    return Board(published.root / "dashboard")


def test_only_what_was_filtered_speaks_of_filters(browser, measured) -> None:
    filtered = "Nada coincide con los filtros."
    with browser.open(measured.plan("muni", "poi-2024")) as page:
        # At March no activity is red, and no indicator is measured.
        assert "No hay resultados de indicadores a este corte." in seen(page, "#indicadores")
        page.locator("#semaforo .nivel").first.locator(".cifra", has_text="0").first.click()
        assert "Ningún elemento está en rojo a este corte." in seen(page, "#porque")
        assert filtered not in page.locator("body").inner_text()
    with browser.open(measured.page("index")) as page:
        page.get_by_label("Buscar").fill("nada de esto")
        page.get_by_text(filtered).wait_for()


def test_a_result_names_the_indicators_that_are_not_measured(browser, measured) -> None:
    with browser.open(measured.plan("muni", "poi-2024")) as page:
        page.locator("#corte select").select_option("2")
        page.wait_for_selector("html[data-listo]", state="attached")
        page.locator("#indicadores .cifra").first.click()
        said = "2 indicadores suyos no tienen resultado a este corte y cuentan como no logrados."
        assert said in seen(page, "#porque")


def test_where_nothing_has_an_advance_nothing_is_said_to_cost_none(browser, published) -> None:
    with duckdb.connect(str(published.published)) as connection:
        connection.execute("delete from marts.rpt_aporte_actividad where mes_corte in (2, 3)")
        connection.execute(
            """
            update marts.fct_avance_entidad
            set avance_fisico_pct = null, avance_parcial_pct = null, semaforo_fisico = null,
                estado = 'S.I.'
            where mes_corte = 3
            """
        )
    done = published.run("dashboard")
    assert done.returncode == 0, done.stderr
    with browser.open(Board(published.root / "dashboard").plan("muni", "poi-2024")) as page:
        assert "ninguna actividad tiene avance." in seen(page, "#peores")
        page.locator("#corte select").select_option("2")
        page.wait_for_selector("html[data-listo]", state="attached")
        assert "ninguna actividad le resta al avance." in seen(page, "#peores")
