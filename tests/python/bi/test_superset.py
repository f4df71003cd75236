"""The Superset bundle: what is in it, and that a real Superset imports it and draws it."""

import json
import math
import os
import socket
import zipfile
from collections import Counter
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser
from superset_server import ADMIN, Superset
from warehouses import Warehouse

from orchestration.bi.postgres import publish_postgres
from orchestration.bi.superset_bundle import write_bundle
from orchestration.errors import MisuseError, SemaforoError

VENV = "SEMAFORO_SUPERSET_VENV"


def contents(bundle: Path) -> dict[str, dict]:
    with zipfile.ZipFile(bundle) as files:
        return {name: yaml.safe_load(files.read(name)) for name in files.namelist()}


def of_kind(files: dict[str, dict], kind: str) -> dict[str, dict]:
    return {name: file for name, file in files.items() if name.startswith(f"semaforo/{kind}/")}


@pytest.fixture(scope="module")
def bundle(shipped_warehouse, tmp_path_factory):
    output = tmp_path_factory.mktemp("bundle") / "semaforo.zip"
    write_bundle(shipped_warehouse.published, output)
    return output


def test_everything_in_the_bundle_refers_to_what_is_in_it(bundle):
    files = contents(bundle)
    (database,) = of_kind(files, "databases").values()
    datasets = of_kind(files, "datasets").values()
    charts = of_kind(files, "charts").values()
    (dashboard,) = of_kind(files, "dashboards").values()
    assert {dataset["database_uuid"] for dataset in datasets} == {database["uuid"]}
    assert {chart["dataset_uuid"] for chart in charts} == {file["uuid"] for file in datasets}
    placed = {
        place["meta"]["uuid"]
        for place in dashboard["position"].values()
        if isinstance(place, dict) and place["type"] == "CHART"
    }
    assert placed == {chart["uuid"] for chart in charts}
    for row in dashboard["position"].values():
        if isinstance(row, dict) and row["type"] == "ROW":
            widths = [dashboard["position"][child]["meta"]["width"] for child in row["children"]]
            assert sum(widths) == 12


def test_charts_and_filters_name_columns_and_metrics_of_their_dataset(bundle):
    files = contents(bundle)
    datasets = {file["uuid"]: file for file in of_kind(files, "datasets").values()}
    for name, chart in of_kind(files, "charts").items():
        dataset = datasets[chart["dataset_uuid"]]
        columns = {column["column_name"] for column in dataset["columns"]}
        metrics = {metric["metric_name"] for metric in dataset["metrics"]}
        params = chart["params"]
        named = [*params.get("all_columns", []), *params.get("groupby", []),
                 *params.get("groupbyRows", []), *params.get("groupbyColumns", [])]  # fmt: skip
        named += [params["x_axis"]] if "x_axis" in params else []
        named += [filters["subject"] for filters in params["adhoc_filters"]]
        named += [json.loads(order)[0] for order in params.get("order_by_cols", [])]
        assert set(named) <= columns, name
        asked = [*params.get("metrics", []), *([params["metric"]] if "metric" in params else [])]
        assert set(asked) <= metrics, name
        assert named or asked
        assert {"entidad", "plan"} <= columns, "the dashboard's filters reach every chart"


def test_a_month_is_shown_with_its_year(bundle):
    """Else January of two years would be one."""
    for name, chart in of_kind(contents(bundle), "charts").items():
        shown = chart["params"].get("groupbyColumns", [])
        assert "mes" not in shown or "anio" in shown, name


def test_what_is_graver_stands_first(bundle, shipped_warehouse):
    files = contents(bundle)
    order = files["semaforo/charts/alertas.yaml"]["params"]["order_by_cols"]
    assert json.loads(order[0]) == ["gravedad", True]
    asked = files["semaforo/datasets/semaforo/alertas.yaml"]["sql"]
    found = shipped_warehouse.query(
        f"select severidad from ({asked}) group by severidad, gravedad order by gravedad"
    )
    assert found == [("alta",), ("media",), ("baja",)]


def test_colours_are_those_of_the_catalog_and_columns_are_described(bundle, shipped_warehouse):
    files = contents(bundle)
    (dashboard,) = of_kind(files, "dashboards").values()
    catalog = shipped_warehouse.query("select color, hex from marts.dim_semaforo")
    assert set(dashboard["metadata"]["label_colors"].items()) <= set(catalog)
    assert {color for color, _ in catalog} == set(dashboard["metadata"]["label_colors"])
    planes = files["semaforo/datasets/semaforo/planes.yaml"]
    notes = {column["column_name"]: column["description"] for column in planes["columns"]}
    assert notes["avance_fisico_pct"].startswith("Avance físico")


def test_the_same_bundle_is_the_same_file_and_another_database_another_identity(
    bundle, shipped_warehouse, tmp_path
):
    again, other = tmp_path / "again.zip", tmp_path / "other.zip"
    write_bundle(shipped_warehouse.published, again)
    assert again.read_bytes() == bundle.read_bytes()
    write_bundle(shipped_warehouse.published, other, "postgresql://ana@servidor:5432/base")
    (database,) = of_kind(contents(other), "databases").values()
    assert database["sqlalchemy_uri"] == ("postgresql+psycopg2://ana:XXXXXXXXXX@servidor:5432/base")
    uuids = [{file.get("uuid") for file in contents(path).values()} - {None}
             for path in (bundle, other)]  # fmt: skip
    assert uuids[0].isdisjoint(uuids[1])


@pytest.mark.parametrize(
    ("database", "sign"),
    [
        ("postgresql://ana:secreta@servidor/base", "sin clave"),
        ("postgresql://ana@servidor/base?sslmode=require&password=secreta", "sin clave"),
        ("mysql://ana@servidor/base", "postgresql://usuario@servidor"),
        ("servidor/base", "postgresql://usuario@servidor"),
    ],
)
def test_an_address_of_no_use_is_refused(database, sign, shipped_warehouse, tmp_path):
    with pytest.raises(SemaforoError, match=sign) as refused:
        write_bundle(shipped_warehouse.published, tmp_path / "no.zip", database)
    assert "secreta" not in str(refused.value)
    assert not (tmp_path / "no.zip").exists()


def test_the_file_gets_its_extension_and_no_other(shipped_warehouse, bundle, tmp_path):
    named = write_bundle(shipped_warehouse.published, tmp_path / "semaforo")
    assert named == tmp_path / "semaforo.zip"
    assert named.read_bytes() == bundle.read_bytes()
    with pytest.raises(MisuseError, match=r"termina en \.tar; use \.zip"):
        write_bundle(shipped_warehouse.published, tmp_path / "semaforo.tar")
    assert [path.name for path in tmp_path.iterdir()] == ["semaforo.zip"]


def test_the_command_writes_the_bundle(shipped_warehouse, bundle, tmp_path):
    output = tmp_path / "new" / "semaforo.zip"
    done = shipped_warehouse.run("superset", output)
    assert done.returncode == 0, done.stderr
    assert output.read_bytes() == bundle.read_bytes()
    nothing = Warehouse(tmp_path / "empty").run("superset", tmp_path / "no.zip")
    assert nothing.returncode == 1
    assert "no tiene nada publicado" in nothing.stderr.replace("\n", " ")


@pytest.fixture(scope="module")
def superset(tmp_path_factory):
    venv = os.environ.get(VENV)
    if not venv:
        pytest.skip(
            f"{VENV} names no environment with Superset: it is large and pins an old pandas, so "
            "it is no dependency of this project (docs/bi.md says how to make one)"
        )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Superset(Path(venv), tmp_path_factory.mktemp("superset"), port)
    yield server
    server.stop()


def comparable(rows):
    """Rows as a bag: numbers to nine digits (JSON knows no decimals), dates left as text."""

    def plain(value):
        if value is None or (isinstance(value, float) and math.isnan(value)):
            return None
        try:
            return f"{float(value):.9g}"
        except (TypeError, ValueError):
            return str(value)

    return Counter(tuple(map(plain, row)) for row in rows)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["file", "postgres"])
def test_superset_imports_the_bundle_and_draws_the_marts(
    kind, chromium, superset, shipped_warehouse, tmp_path, request
):
    address, passwords = None, "{}"
    if kind == "postgres":
        server = request.getfixturevalue("server")
        publish_postgres(shipped_warehouse.published, server.url())
        server.run("create role tablero login in role semaforo_bi")
        address = f"postgresql://tablero@127.0.0.1:{server.port}/postgres"
        passwords = json.dumps({"databases/semaforo.yaml": "ninguna"})
    output = tmp_path / "semaforo.zip"
    write_bundle(shipped_warehouse.published, output, address)
    superset.import_bundle(output, passwords)
    files = contents(output)

    made = {dataset["uuid"]: dataset["id"] for dataset in superset.all("dataset")}
    for dataset in of_kind(files, "datasets").values():
        # Superset writes dates its own way.
        columns = [column["column_name"] for column in dataset["columns"] if not column["is_dttm"]]
        ours = shipped_warehouse.query(f"select distinct {', '.join(columns)} "
                                       f"from ({dataset['sql']})")  # fmt: skip
        assert ours
        theirs = superset.rows(made[dataset["uuid"]], columns)
        assert set(comparable(theirs)) == set(comparable(ours)), dataset["table_name"]

    (dashboard,) = of_kind(files, "dashboards").values()
    text = drawn(chromium, superset, dashboard["slug"], Path(tmp_path / "dashboard.png"))
    for chart in of_kind(files, "charts").values():
        assert chart["slice_name"] in text
    for sign in ("Unexpected error", "Data error", "No results", "An error occurred"):
        assert sign not in text
    for number, name in shipped_warehouse.query(
        "select printf('%.2f', avance_fisico_pct), nombre from marts.fct_avance_entidad "
        "join marts.dim_plan as p using (entidad_id, plan_id) "
        "where mes_corte = corte_vigente and avance_fisico_pct is not null"
    ):
        assert number in text, name
    [(alerts,)] = shipped_warehouse.query(
        "select count(*) from marts.fct_alerta where resuelta_en is null"
    )
    assert f"\n{alerts}\n" in text


def drawn(chromium: Browser, superset: Superset, slug: str, picture: Path) -> str:
    """Open the dashboard in a browser, wait until it is drawn, give its text."""
    page = chromium.new_page(viewport={"width": 1500, "height": 2150})
    page.goto(f"{superset.address}/login/")
    page.locator("input#username").fill(ADMIN[0])
    page.locator("input#password").fill(ADMIN[1])
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "login" not in url)
    page.goto(f"{superset.address}/superset/dashboard/{slug}/")
    page.get_by_text("Qué hay por corregir").wait_for(timeout=120_000)
    # Drawn when every chart has a picture or a table and none is loading.
    page.wait_for_function(
        "() => document.querySelectorAll('.dashboard-chart canvas, .dashboard-chart table, "
        ".dashboard-chart .header-line').length >= 7 "
        "&& !document.querySelector('.dashboard-chart .loading')",
        timeout=120_000,
    )
    page.wait_for_timeout(2_000)
    page.screenshot(path=picture)
    text = page.inner_text("body")
    page.close()
    return text
