"""The project's own dbt tests find what they are there to find: each fails on bad rows."""

import duckdb
from dbt_macros import macros_of, rendered

from orchestration.settings import PROJECT_ROOT

SINGULAR = PROJECT_ROOT / "tests" / "dbt" / "explained_mean_is_the_mean.sql"


def found_by(sql: str, tables: dict[str, str]) -> list[tuple]:
    """What a test finds in tables of these rows."""
    with duckdb.connect() as connection:
        for name, rows in tables.items():
            connection.execute(f"create table {name} as select * from {rows}")
        return connection.execute(sql).fetchall()


def test_every_dbt_test_of_the_project_is_tried_here():
    folder = PROJECT_ROOT / "tests" / "dbt"
    assert {path.stem for path in folder.rglob("*.sql")} == {
        "explained_mean_is_the_mean",
        "parent_exists",
        "unique_key",
    }


def test_a_key_that_comes_twice_is_found_also_where_part_of_it_is_null():
    rows = "(values ('e', 1), ('e', 2), ('f', 1), ('e', 2), ('g', null), ('g', null)) as t (a, b)"
    sql = macros_of("duckdb", "unique_key")["unique_key"]("model", ["a", "b"])
    found = found_by(sql, {"model": rows})
    assert sorted(found) == [("e", 2, 2), ("g", None, 2)]


def test_a_parent_is_one_of_the_same_plan():
    tables = {
        "child": "(values ('e', 'p', 1), ('e', 'q', 2), ('e', null, 3)) as t (entity, plan, code)",
        "parent": "(values ('e', 'p'), ('f', 'q')) as t (entity, plan)",
    }
    test = macros_of("duckdb", "parent_exists")["parent_exists"]
    found = found_by(test("child", "parent", ["entity", "plan"]), tables)
    assert sorted(found, key=str) == [("e", "q", 2), ("e", None, 3)]


def test_a_mean_that_its_sum_and_divisor_do_not_give_is_found():
    rows = """
        ('right', 'promedio', 150, 2, 75), ('third', 'promedio', 200, 3, 66.66666666666667),
        ('other', 'promedio', 150, 2, 75.00000001), ('no sum', 'promedio', null, 2, 75),
        ('no divisor', 'promedio', 150, null, 75), ('zero', 'promedio', 150, 0, 75),
        ('reported', 'reportada', null, null, 116)
    """
    elements = f"""
        (values {rows}) as t (elemento_id, regla, suma, divisor, avance_fisico_pct),
        (values ('e', 'p', 6, 'AEI', '')) as k (entidad_id, plan_id, mes_corte, nivel, alcance)
    """
    sql = rendered(SINGULAR, macros_of("duckdb", "engine", "bands", "levels"))
    found = found_by(sql, {"int_explicacion_elemento": elements})
    assert sorted(row[4] for row in found) == ["no divisor", "no sum", "other", "zero"]
