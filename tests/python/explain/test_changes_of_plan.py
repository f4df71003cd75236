"""What a publication that differs in its plan, its method or its sources changes in a figure."""

import csv
import json

import duckdb
import pytest
import small_plan
from small_plan import KEYS
from warehouses import Warehouse

from orchestration.settings import SHIPPED_SEEDS

KEY = ("muni", "poi-2024")


def said(warehouse, *names: object) -> str:
    done = warehouse.run("explain", *KEY, *names)
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


def explained(warehouse, *names: object) -> dict:
    done = warehouse.run("explain", *KEY, *names, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def fed(root, *deliveries: dict, as_of: str = small_plan.AS_OF) -> Warehouse:
    """A warehouse refreshed with one delivery after the other."""
    warehouse = Warehouse(root / "warehouse")
    for number, tables in enumerate(deliveries):
        folder = small_plan.write_folder(root / f"delivery{number}", tables)
        warehouse.refresh("--data", folder, "--as-of", as_of)
    return warehouse


@pytest.fixture(scope="module")
def reshaped(tmp_path_factory) -> Warehouse:
    """The same registrations; other bands, two units and an action moved, money corrected.

    And an activity more, A6.
    """
    tables = small_plan.tables()
    bands = [
        band | {"desde": 80, "etiqueta": "De 80 a 95"}
        if band["color"] == "amarillo"
        else band | {"hasta": 80, "etiqueta": "Menos de 80"}
        if band["color"] == "rojo"
        else band
        for band in tables["semaforo_bandas"]
    ]
    moved = [
        row | {"centro_costo_id": "CC.1"} if row["actividad_id"] == "A2" else row
        for row in small_plan.ACTIVITIES
    ]
    return fed(
        tmp_path_factory.mktemp("reshaped"),
        tables,
        {
            "semaforo_bandas": bands,
            "actividades": [*moved, small_plan.ACTIVITIES[4] | {"actividad_id": "A6"}],
            "metas_programadas": [
                row | {"actividad_id": "A6", "version": 1, "fecha_version": "2024-05-02"}
                for row in small_plan.programmed_rows()
                if row["actividad_id"] == "A5"
            ],
            "centros_costo": [tables["centros_costo"][1] | {"centro_padre_id": None}],
            "acciones": [tables["acciones"][1] | {"oei_id": "OEI.2"}],
            "metas_ejecutadas": [small_plan.executed_row("A3", 3, "2024-05-02", 4, "55.00")],
        },
    )


def test_other_bands_give_another_light(reshaped):
    """A2 has 75 % before and now: amarillo from 75 on, rojo below 80."""
    text = said(reshaped, "A2", 3)
    assert "daba 75 % (amarillo); ahora da 75 % (rojo)" in text
    assert "Semáforo rojo banda Menos de 75 Menos de 80" in text
    assert "Semáforo amarillo banda De 75 a 95 De 80 a 95" in text
    assert [row["color"] for row in explained(reshaped, "A2", 3)["cambios"]["semaforo"]] == [
        "rojo",
        "amarillo",
    ]


def test_activity_that_moved_to_another_unit_is_named(reshaped):
    """CC.1 had A1 and A5, which is S.I.; A2 came."""
    text = said(reshaped, "CC.1", 3)
    assert "A2 avance no figuraba 75 % (rojo)" in text
    assert "A2 centro de costo CC.2 CC.1" in said(reshaped, "AEI.1", 3)


def test_unit_that_moved_away_takes_its_activities_along(reshaped):
    """CC.2 depended on CC.1, and A3 and A4 with it; A2 came to CC.1 itself."""
    text = said(reshaped, "CC.1", 3, "--alcance", "total")
    assert "CC CC.2 centro del que depende CC.1 —" in text
    assert "A2 centro de costo CC.2 CC.1" in text
    assert "A3 avance 100 % (verde) no figura" in text
    assert "A4 avance S.P. no figura" in text


def test_activity_that_was_not_there_before_says_so(reshaped):
    text = said(reshaped, "A6", 3)
    assert "No figuraba en la publicación 1, calculada al 15/05/2024; ahora da S.I." in text


def test_action_that_moved_to_another_objective_is_named(reshaped):
    text = said(reshaped, "OEI.2", 3)
    assert "AEI AEI.2 avance no figuraba 100 % (verde)" in text
    assert "A3 objetivo OEI.1 OEI.2" in said(reshaped, "A3", 3)


def test_correction_of_money_alone_is_no_silence(reshaped):
    """A3's March: 30.00 before, 55.00 now, the quantity the same."""
    text = said(reshaped, "AEI.2", 3)
    assert "AEI.2 dinero ejecutado 60.00 85.00" in text
    assert "A3, marzo: el 02/05/2024 se registró 4 (antes 4) y dinero 55.00 (antes 30.00)" in text


def test_each_line_names_its_load(reshaped):
    """Two deliveries have a file of the same name."""
    text = said(reshaped, "A3", 3)
    assert "metas_ejecutadas.csv:10 [1]" in text
    assert "metas_ejecutadas.csv:2 [2]" in text
    assert "Cargas: [1] " in text


@pytest.fixture(scope="module")
def weighted(tmp_path_factory) -> Warehouse:
    """Weights of AEI.1's activities 70 and 30, then 50 and 50, and one decimal instead of two.

    AEI.3's A5 weighs nothing. The method gave three months to register, then one.
    """
    tables = small_plan.tables()

    def weights(**given: int) -> list[dict]:
        return [row | {"ponderacion": given[row["actividad_id"]]} for row in tables["actividades"]]

    method = small_plan.METHOD | {"ponderacion": "ponderada", "sin_seguimiento": "cero"}
    tables["metodologias"] = [method]
    first = weights(A1=70, A2=30, A3=10, A4=10, A5=0)
    return fed(
        tmp_path_factory.mktemp("weighted"),
        tables | {"actividades": first, "metodologias": [method | {"plazo_registro_meses": 3}]},
        {
            "actividades": weights(A1=50, A2=50, A3=10, A4=10, A5=0),
            "metodologias": [method | {"decimales_actividad": 1}],
        },
    )


def test_other_weights_and_another_rule_are_the_reasons(weighted):
    """(70 · 83.33 + 30 · 75) / 100 = 80.831 → (50 · 83.3 + 50 · 75) / 100 = 79.15.

    With three months to register, March was not due and had no colour.
    """
    text = said(weighted, "AEI.1", 3)
    assert "daba 80.83 %; ahora da 79.15 % (amarillo)" in text
    assert "Metodología decimales de la actividad 2 1" in text
    assert "A1 peso 70 50 avance 83.33 % 83.3 % (amarillo) A2 peso 30 50" in text


def test_weights_that_sum_to_nothing_say_so(weighted):
    text = said(weighted, "AEI.3", 3)
    assert "Avance físico: sin avance" in text
    assert "los pesos de las partes con cifra suman 0" in text
    (part,) = explained(weighted, "AEI.3", 3)["explicacion"]["partes"]
    assert part["entra"] is False


def test_month_that_a_shorter_term_makes_due_is_named(weighted):
    """February was due after May, then after March: on 15 May, the date of both reports."""
    text = said(weighted, "A5", 3)
    assert "Metodología decimales de la actividad 2 1 plazo de registro en meses 3 1" in text
    assert "A5, febrero: el 31/03/2024 venció el plazo sin que se registrara." in text


def test_missing_month_that_counts_as_nothing_is_a_step(weighted):
    """A5 lacks February, which this method counts as 0: 10 of 15."""
    text = said(weighted, "A5", 3)
    assert "plazo vencido: febrero (venció el 31/03/2024); cuenta como 0" in text
    assert "100 × 10 / 15 = 66.6667 %" in text


@pytest.fixture(scope="module")
def reported(tmp_path_factory) -> Warehouse:
    """An action without activities, of which the source says 40, then 60 %, and of its OEI 50.

    And AEI.8, of which it says 90 %, until it gets an activity, without programming.
    """
    tables = small_plan.tables()
    action = tables["acciones"][0]
    tables["objetivos"] += [tables["objetivos"][0] | {"oei_id": "OEI.9"}]
    tables["acciones"] += [
        action | {"aei_id": "AEI.9", "oei_id": "OEI.9"},
        action | {"aei_id": "AEI.8"},
    ]
    more = {"actividad_id": "A8", "aei_id": "AEI.8"}

    def row(level: str, name: str, figure: int | None) -> dict:
        return KEYS | {
            "mes_corte": 3,
            "nivel": level,
            "elemento_id": name,
            "avance_fisico_pct": figure,
        }

    tables["resultados_reportados"] = [
        row("AEI", "AEI.9", 40),
        row("OEI", "OEI.9", 50),
        row("AEI", "AEI.8", 90),
    ]
    return fed(
        tmp_path_factory.mktemp("reported"),
        tables,
        {
            "resultados_reportados": [row("AEI", "AEI.9", 60)],
            "actividades": [tables["actividades"][3] | more],
            "metas_programadas": [
                target | {"actividad_id": "A8", "version": 1, "fecha_version": "2024-05-02"}
                for target in small_plan.programmed_rows()
                if target["actividad_id"] == "A4"
            ],
        },
    )


def test_reported_figure_that_was_replaced_says_what_it_was(reported):
    text = said(reported, "AEI.9", 3)
    assert "daba 40 % (rojo); ahora da 60 % (rojo)" in text
    assert "AEI AEI.9: Reportado a marzo: avance 60 % (resultados_reportados.csv:2" in text
    assert "antes: avance 40 %" in text


def test_figure_that_is_no_longer_the_reported_one_says_so(reported):
    text = said(reported, "AEI.8", 3)
    assert "daba 90 % (amarillo); ahora da S.P." in text
    assert "AEI.8 origen reportado mensual" in text
    assert "A8 avance no figuraba S.P." in text


def test_reported_figure_is_no_mean_of_what_is_below(reported):
    text = said(reported, "OEI.9", 3)
    assert "El objetivo no tiene actividades cargadas: se usa la cifra que reporta" in text
    assert "Debajo, 1 acción tiene su propia cifra, que no entra en esta." in text
    (part,) = explained(reported, "OEI.9", 3)["explicacion"]["partes"]
    assert part["entra"] is False


def test_entity_names_the_reported_figure_below_that_changed(reported):
    text = said(reported, "muni", 3)
    assert "AEI AEI.9 avance 40 % (rojo) 60 % (rojo)" in text
    assert "AEI AEI.9: Reportado a marzo" in text


def test_incomplete_mean_gives_its_partial_with_its_sum(reported):
    """AEI.3 has A5 alone, S.I.; the entity's others: 83.33, 75 and 100."""
    text = said(reported, "muni", 3)
    assert "1 actividad tiene meses sin registrar" in text
    assert "suma / actividades que entran = 258.33 / 3 = 86.11 %" in text


@pytest.fixture
def copied(reshaped, tmp_path) -> Warehouse:
    return reshaped.copy_to(tmp_path / "copy")


def test_refused_refresh_of_the_same_date_is_told_and_compared_with_what_readers_see(
    copied, tmp_path
):
    """A rule called critical stops the publication of a late registration."""
    with (SHIPPED_SEEDS / "reglas_calidad.csv").open(encoding="utf-8", newline="") as file:
        rule = next(row for row in csv.DictReader(file) if row["regla_id"] == "S01")
    folder = small_plan.write_folder(
        tmp_path / "own",
        {
            "reglas_calidad": [rule | {"severidad": "critica"}],
            "metas_ejecutadas": [small_plan.executed_row("A1", 3, "2024-05-10", 10, "1.00")],
        },
    )
    assert copied.run("refresh", "--data", folder, "--as-of", small_plan.AS_OF).returncode == 1
    text = said(copied, "A1", 3)
    assert "Lo publicado (publicación 2) es al 15/05/2024, sin lo que se cargó después" in text
    assert (
        "La publicación 2, calculada al 15/05/2024, daba 83.33 % (amarillo); ahora da 100" in text
    )
    assert explained(copied, "A1", 3)["avisos"] != []


def test_report_before_of_a_later_date_is_remarked(copied):
    copied.refresh("--as-of", "2024-04-15")
    assert "El reporte anterior es de una fecha posterior (15/05/2024)" in said(copied, "A1", 1)


@pytest.mark.parametrize("name", ["semaforo.duckdb", "manifest.json"])
@pytest.mark.parametrize("broken", ["garbage", "missing"])
@pytest.mark.parametrize("publication", ["000001", "000002"])
def test_damaged_publication_is_named_and_the_figure_explained(copied, name, broken, publication):
    file = copied.root / "versions" / publication / name
    file.unlink()
    if broken == "garbage":
        file.write_text("no es nada", encoding="utf-8")
    done = copied.run("explain", *KEY, "A1", 3)
    assert done.returncode == 0, done.stderr
    text = " ".join(done.stdout.split())
    assert "Avance físico: 83.33 %" in text
    shown_database = publication == "000002" and name == "semaforo.duckdb"
    # What readers see is explained from the private database, and compared with the one before.
    told = f"No se compara con la publicación {int(publication)}: está dañada" in text
    assert told is not shown_database


def test_private_database_of_an_older_semaforo_is_one_line(copied):
    with duckdb.connect(str(copied.root / "private" / "build.duckdb")) as connection:
        connection.execute("alter table marts.dim_plan rename to dim_plano")
    done = copied.run("explain", *KEY, "A1", 3)
    assert done.returncode == 1
    assert "actualícelo con «semaforo refresh»" in done.stderr
