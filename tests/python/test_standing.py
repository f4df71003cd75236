"""A refresh leaves a view standing only where it would make the same one again."""

from datetime import date
from types import SimpleNamespace

import duckdb
import pytest

from orchestration import transform
from orchestration.parsing import ParsedProject
from orchestration.settings import PROJECT_ROOT, WarehousePaths
from orchestration.standing import drop_tests, models_in_order, standing_views

LATER = date(2024, 7, 20)


def node(name: str, *, kind: str = "view", code: str = "", parents=(), macros=()):
    return SimpleNamespace(
        name=name,
        resource_type="model",
        raw_code=code,
        config=SimpleNamespace(materialized=kind),
        depends_on=SimpleNamespace(nodes=list(parents), macros=list(macros)),
    )


def macro(text: str, *calls: str):
    return SimpleNamespace(macro_sql=text, depends_on=SimpleNamespace(macros=list(calls)))


def manifest(*nodes, **macros):
    return SimpleNamespace(
        nodes={made.name: made for made in nodes}, macros=macros, unit_tests={"one": None}
    )


@pytest.mark.parametrize(
    ("model", "stands"),
    [
        (node("a", code="select 1 as variable"), True),
        (node("a", code="select 1", kind="table"), False),
        (node("a", code="select '{{ var(\"fecha_reporte\") }}'"), False),
        (node("a", macros=["plain"]), True),
        (node("a", macros=["dated"]), False),
        (node("a", macros=["through"]), False),
        (node("a", macros=["of_a_package_left_out"]), True),
    ],
)
def test_a_view_stands_unless_it_looks_something_up(model, stands):
    macros = {
        "plain": macro("cast(1 as int)"),
        "dated": macro("{{ run_started_at }}", "through"),
        "through": macro("{{ dated() }}", "dated"),
    }
    assert bool(standing_views(manifest(model, **macros))) == stands


def test_parents_come_before_children():
    nodes = [node("c", parents=["b", "source"]), node("b", parents=["a"]), node("a")]
    assert models_in_order(manifest(*nodes)) == ["a", "b", "c"]


def test_tests_are_dropped_and_models_kept():
    tested = manifest(node("a"), SimpleNamespace(name="not_null_a", resource_type="test"))
    drop_tests(tested)
    assert list(tested.nodes) == ["a"]
    assert tested.unit_tests == {}


def views(paths: WarehousePaths) -> dict[str, tuple]:
    """Each view of the build database: its text, its comments, the types of its columns."""
    with duckdb.connect(str(paths.build_db), read_only=True) as connection:
        rows = connection.execute("""
            select view_name, sql, views.comment, list((column_name, data_type, columns.comment))
            from duckdb_views() as views
            inner join duckdb_columns() as columns
                on
                    views.schema_name = columns.schema_name
                    and view_name = table_name
            where not views.internal and views.database_name = current_database()
            group by all
        """).fetchall()
    return {name: (text, comment, sorted(columns)) for name, text, comment, columns in rows}


def test_what_stands_would_be_made_the_same(published, monkeypatch):
    paths = WarehousePaths(published.root)
    before = views(paths)
    monkeypatch.setattr(transform, "standing_views", lambda manifest: [])
    transform.run_models(paths, as_of=LATER, target="duckdb")
    after = views(paths)
    changed = {name for name in before if after[name] != before[name]}
    assert "stg_metas_ejecutadas" in changed
    standing = set(standing_views(ParsedProject(PROJECT_ROOT, "duckdb").read()))
    assert len(standing) > len(before) / 2
    assert not standing & changed


def test_a_refresh_runs_all_but_those_and_names_every_model(published):
    paths = WarehousePaths(published.root)
    told = []
    built = transform.run_models(
        paths, as_of=LATER, target="duckdb", on_model=lambda *model: told.append(model)
    )
    parsed = ParsedProject(PROJECT_ROOT, "duckdb").read()
    standing = standing_views(parsed)
    assert list(built.seconds_by_model) == models_in_order(parsed)
    assert {name for name, seconds in built.seconds_by_model.items() if not seconds} == set(
        standing
    )
    assert {name for name, _, _ in told} == built.seconds_by_model.keys() - set(standing)
    assert [(number, total) for _, number, total in told] == [
        (number, len(told)) for number in range(1, len(told) + 1)
    ]
