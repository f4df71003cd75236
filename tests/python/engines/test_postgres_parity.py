"""PostgreSQL gives what DuckDB gives: its own marts, and a refresh that publishes from it."""

import duckdb
import pytest
from parity import differences, published_marts


@pytest.fixture(scope="module")
def calculated(server, computed, tmp_path_factory):
    """The warehouse refreshed once more, on the server, from the same rows as of the same day."""
    server.create_database("calculo")
    with pytest.MonkeyPatch.context() as environment:
        for name, value in server.variables("calculo").items():
            environment.setenv(name, value)
        warehouse = computed.copy_to(tmp_path_factory.mktemp("postgres") / "warehouse")
        warehouse.refresh("--as-of", "2024-02-15", "--target", "postgres")
    return warehouse


def test_every_mart_has_rows_to_compare(computed):
    empty = [name for name, (_, rows) in computed.marts.items() if not rows]
    assert not empty


def test_marts_of_the_server_are_those_of_duckdb(server, computed, calculated):
    found = []
    for name, (columns, rows) in computed.marts.items():
        listed = ", ".join(columns)
        theirs = server.run(f"select {listed} from marts.{name}", database="calculo")
        found += differences(name, columns, rows, theirs)
    assert not found, "\n".join([f"{len(found)} differences", *found[:40]])


def test_what_is_published_from_the_server_is_the_same(computed, calculated):
    with duckdb.connect(str(calculated.published), read_only=True) as connection:
        marts = published_marts(connection)
    assert marts.keys() == computed.marts.keys()
    found = []
    for name, (columns, rows) in computed.marts.items():
        assert marts[name][0] == columns
        found += differences(name, columns, rows, marts[name][1])
    assert not found, "\n".join([f"{len(found)} differences", *found[:40]])
    assert '"motor": "postgres"' in (calculated.root / "manifest.json").read_text(encoding="utf-8")
