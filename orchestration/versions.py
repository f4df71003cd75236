"""Which versions are at work: semaforo's own, dbt's and DuckDB's.

Belongs here: asking them. Does not: what a publication or a terminal makes of them.
"""

from importlib.metadata import version

import duckdb


def versions() -> dict[str, str]:
    """Give the version of each program whose version changes what a refresh writes."""
    return {
        "semaforo": version("semaforo"),
        "dbt": version("dbt-core"),
        "duckdb": duckdb.__version__,
    }


def version_line() -> str:
    """Say them in a line."""
    found = versions()
    return f"semaforo {found['semaforo']} (dbt {found['dbt']}, DuckDB {found['duckdb']})"
