"""PostgreSQL gives what DuckDB gives: its own marts, and a refresh that publishes from it."""

import duckdb
from parity import assert_same, published_marts


def test_marts_of_the_server_and_what_is_published_from_it(server, computed, tmp_path, monkeypatch):
    """One refresh on the server, from the same rows as of the same day, for all that is asked."""
    assert [name for name, (_, rows) in computed.marts.items() if not rows] == []
    server.create_database("calculo")
    for name, value in server.variables("calculo").items():
        monkeypatch.setenv(name, value)
    warehouse = computed.copy_to(tmp_path / "warehouse")
    warehouse.refresh("--as-of", "2024-02-15", "--target", "postgres")
    of_the_server = {
        name: (
            columns,
            server.run(f"select {', '.join(columns)} from marts.{name}", database="calculo"),
        )
        for name, (columns, _) in computed.marts.items()
    }
    assert_same(computed.marts, of_the_server)
    with duckdb.connect(str(warehouse.published), read_only=True) as connection:
        assert_same(computed.marts, published_marts(connection))
    assert '"motor": "postgres"' in (warehouse.root / "manifest.json").read_text(encoding="utf-8")
