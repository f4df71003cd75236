"""The page about the models: complete, in Spanish, offline, without a row of any table."""

import re
import shutil

import duckdb
import pytest
import yaml

from orchestration.bi.project_docs import about_the_project, show_project_docs
from orchestration.errors import SemaforoError
from orchestration.settings import PROJECT_ROOT, WarehousePaths


def page_of(warehouse):
    return WarehousePaths(warehouse.root).dbt_docs / "index.html"


def test_the_page_opens_offline_and_describes_in_spanish(chromium, small_warehouse):
    address = page_of(small_warehouse).as_uri()
    page = chromium.new_page()
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{address}#!/overview")
    page.get_by_text("No contiene ningún dato").wait_for()
    page.goto(f"{address}#!/model/model.semaforo.fct_avance_entidad")
    page.get_by_text("¿Cómo va la entidad en su plan?").wait_for()
    assert page.get_by_text("Código de la entidad", exact=False).count() > 0
    page.goto(f"{address}#!/metric/metric.semaforo.avance_fisico_pct")
    page.get_by_text("Avance físico del plan al corte vigente").first.wait_for()
    assert page.locator("svg use").first.get_attribute("xlink:href").startswith("#")
    assert {url.split("#")[0] for url in asked if not url.startswith(("data:", "blob:"))} == {
        address
    }
    assert complaints == []
    page.close()


def test_the_page_holds_no_row_and_no_place(small_warehouse):
    text = page_of(small_warehouse).read_text(encoding="utf-8")
    names = small_warehouse.query(
        "select nombre from marts.dim_actividad union select nombre from marts.dim_centro_costo "
        "union select nombre from marts.dim_plan"
    )
    assert names
    # A name of one common word (a unit called Gerencia) is no sign of anything.
    assert [name for (name,) in names if " " in name and name in text] == []
    assert "muni.example" not in text
    assert str(PROJECT_ROOT) not in text
    assert str(small_warehouse.root) not in text


def test_the_page_is_made_anew_only_for_another_project(published):
    paths = WarehousePaths(published.root)
    page = page_of(published)
    assert not show_project_docs(paths, target="duckdb")
    (paths.private / "dbt_docs.key").write_text("of another state", encoding="utf-8")
    page.write_text("of another state", encoding="utf-8")
    assert show_project_docs(paths, target="duckdb")
    # Not the bytes of before: a page says when it was made, and another process may have made
    # the one that is kept.
    assert "fct_avance_entidad" in page.read_text(encoding="utf-8")
    page.unlink()
    assert show_project_docs(paths, target="duckdb")
    assert "fct_avance_entidad" in page.read_text(encoding="utf-8")


def test_a_page_that_cannot_be_written_is_said_and_harms_nothing(published):
    page = page_of(published)
    shutil.rmtree(page.parent)
    page.parent.write_text("in the way", encoding="utf-8")
    with pytest.raises(SemaforoError, match="ya vale, pero falta la página de los modelos"):
        show_project_docs(WarehousePaths(published.root), target="duckdb")
    assert published.query("select 1 from marts.dim_plan limit 1")


def _described():
    """Every model with the descriptions of its columns, shared ones written out."""
    shared = dict(
        re.findall(
            r"{% docs (\w+) %}\n(.*?)\n{% enddocs %}",
            (PROJECT_ROOT / "models/_docs.md").read_text(encoding="utf-8"),
            re.DOTALL,
        )
    )
    models = {}
    for path in (PROJECT_ROOT / "models").rglob("*.yml"):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", ()):
            models[model["name"]] = {
                column["name"]: re.sub(
                    r"{{ doc\('(\w+)'\) }}", lambda name: shared[name[1]], column["description"]
                )
                for column in model["columns"]
            }
    return models


def test_every_column_of_every_model_is_described_with_its_unit(small_warehouse):
    described = _described()
    with duckdb.connect(WarehousePaths(small_warehouse.root).build_db, read_only=True) as build:
        made = build.execute(
            """
            select table_name, list(column_name) from duckdb_columns()
            where schema_name in ('staging', 'intermediate', 'marts') group by all
            """
        ).fetchall()
    assert {name: set(columns) for name, columns in made} == {
        name: set(columns) for name, columns in described.items()
    }
    # What it says, then the unit as a sentence of its own.
    assert [
        (name, column)
        for name, columns in described.items()
        for column, text in columns.items()
        if not re.search(r"\S\.\s\S.*\.$", text.strip())
    ] == []


def test_what_is_not_about_the_project_is_left_out():
    manifest = {
        "metadata": {"project_name": "semaforo"},
        "macros": {
            "macro.semaforo.a": {"package_name": "semaforo"},
            "macro.dbt.b": {"package_name": "dbt"},
        },
        "docs": {"doc.dbt.c": {"package_name": "dbt"}},
        "nodes": {"seed.semaforo.d": {"name": "d", "root_path": "/srv/semaforo"}},
        "exposures": {"e": 1},
        "unit_tests": {"unit_test.semaforo.f": {"given": []}},
        "parent_map": {"unit_test.semaforo.f": ["model.semaforo.g"], "model.semaforo.g": []},
        "child_map": {"model.semaforo.g": ["unit_test.semaforo.f", "model.semaforo.h"]},
    }
    assert about_the_project(manifest) == {
        "metadata": {"project_name": "semaforo"},
        "macros": {"macro.semaforo.a": {"package_name": "semaforo"}},
        "docs": {},
        "nodes": {"seed.semaforo.d": {"name": "d"}},
        "exposures": {"e": 1},
        "unit_tests": {},
        "parent_map": {"model.semaforo.g": []},
        "child_map": {"model.semaforo.g": ["model.semaforo.h"]},
    }
