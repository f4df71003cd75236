"""What the models were last computed from, and so whether only some plans need computing again.

Belongs here: the memory of the last computation and when it may be built upon. Does not: which
plans something happened to (macros/by_plan.sql), or a business rule.
The memory is taken away before the models run and written after: a run that was interrupted is
followed by one from nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import duckdb

from orchestration.contract import contract
from orchestration.followers import note_computation
from orchestration.settings import GAPS_STAY

_TABLE = """
    create table if not exists raw.calculo (
        fecha_reporte date,       -- as of which the models were computed
        cargado_hasta timestamp,  -- rows of folders loaded up to then were seen
        catalogos varchar,        -- state of the catalogs that were seen
        proyecto varchar,         -- state of the models that computed
        terminado boolean
    )
"""


@contextmanager
def recalculation(build_db: Path, *, as_of: date, project: str) -> Iterator[bool]:
    """Say whether a run as of `as_of` may leave untouched plans as they stand.

    Yields False where there is nothing to build upon: no finished computation, one as of a later
    date, of other models (`project` names their state) or of other catalogs, or rows that no load
    accounts for. The models are to run inside; where they fail, or computed such rows, the next
    run is one from nothing.
    """
    if not _holds_loads(build_db):
        yield False
        return
    with duckdb.connect(str(build_db), config=GAPS_STAY) as connection:
        connection.execute(_TABLE)
        loaded, catalogs = _loaded(connection)
        accounted = _accounted(connection)
        (possible,) = connection.execute(
            """
            select count(*) = 1 from raw.calculo
            where terminado and fecha_reporte <= ? and catalogos = ? and proyecto = ?
            """,
            [as_of, catalogs, project],
        ).fetchone()
        connection.execute("update raw.calculo set terminado = false")
    yield possible and accounted
    if not accounted:
        return
    with duckdb.connect(str(build_db), config=GAPS_STAY) as connection:
        connection.execute("begin")
        connection.execute("delete from raw.calculo")
        connection.execute(
            "insert into raw.calculo values (?, ?, ?, ?, true)", [as_of, loaded, catalogs, project]
        )
        note_computation(connection, only_touched=possible)
        connection.execute("commit")


def forget(build_db: Path) -> None:
    """Let the next run be one from nothing, whatever becomes of what is done to the tables now."""
    if _holds_loads(build_db):
        with duckdb.connect(str(build_db), config=GAPS_STAY) as connection:
            connection.execute(_TABLE)
            connection.execute("update raw.calculo set terminado = false")


def _holds_loads(build_db: Path) -> bool:
    """Say whether a load made this database: `dbt build` alone leaves no account of its rows."""
    if not build_db.exists():
        return False
    with duckdb.connect(str(build_db), read_only=True) as connection:
        tables = connection.execute(
            """
            select count(*) from duckdb_tables()
            where schema_name = 'raw' and table_name = 'carga'
            """
        ).fetchone()
        if tables == (0,):
            return False
        return connection.execute("select count(*) from raw.carga").fetchone() != (0,)


def _accounted(connection: duckdb.DuckDBPyConnection) -> bool:
    """Say whether every table holds as many rows as its loads put there: none came or went since.

    DuckDB knows how many rows a table has, so that this reads none of them.
    """
    return all(
        connection.execute(
            f"""
            select (select count(*) from raw.{table})
                = (select coalesce(sum(cargadas), 0) from raw.carga where tabla = '{table}')
            """
        ).fetchone()[0]
        for table in contract()
    )


def _loaded(connection: duckdb.DuckDBPyConnection) -> tuple[datetime | None, str]:
    """Give the moment of the last load of a folder, and the state of the catalogs."""
    (loaded,) = connection.execute(
        "select max(cargado_en) from raw.carga where not catalogo"
    ).fetchone()
    states = [
        connection.execute(
            f"""
            select concat_ws(' ', '{table.name}', count(*), max(cargado_en))
            from raw.{table.name}
            """
        ).fetchone()[0]
        for table in contract().values()
        if table.catalog
    ]
    return loaded, "; ".join(states)
