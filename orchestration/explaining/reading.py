"""Reading the private database that a refresh leaves behind.

Belongs here: opening it, and rows as dicts. Does not: which rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from orchestration.errors import SemaforoError
from orchestration.failures import not_being_updated
from orchestration.settings import WarehousePaths

Row = dict[str, object]


class Build:
    """The build database, read only."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def rows(self, query: str, **values: object) -> list[Row]:
        """Run a query with named parameters; only those that it names are handed on."""
        named = {name: value for name, value in values.items() if f"${name}" in query}
        cursor = self._connection.execute(query, named)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def first(self, query: str, **values: object) -> Row | None:
        """Give the first row of a query, or None."""
        return next(iter(self.rows(query, **values)), None)

    def run(self, statement: str, **values: object) -> None:
        """Run a statement that gives no rows."""
        self.rows(statement, **values)


@contextmanager
def open_build(paths: WarehousePaths) -> Iterator[Build]:
    """Open the private database of a warehouse.

    Raises:
        SemaforoError: there is none, it is damaged, a refresh is writing it, or an older semaforo
            made it.
    """
    if not paths.build_db.exists():
        raise SemaforoError(
            f"{paths.root} no tiene la base privada con los registros; "
            "explique donde corre «semaforo refresh»"
        )
    try:
        with not_being_updated(paths.root):
            connection = duckdb.connect(str(paths.build_db), read_only=True)
    except duckdb.Error:
        raise SemaforoError(
            f"{paths.build_db} está dañada y no se puede leer; restáurela de una copia "
            "(docs/operating.md)"
        ) from None
    with connection:
        (known,) = connection.execute(
            "select count(*) from duckdb_views() where view_name = 'int_explicacion_elemento'"
        ).fetchone()
        outdated = SemaforoError(
            f"{paths.root} es de una versión anterior o no terminó de calcularse; "
            "actualícelo con «semaforo refresh»"
        )
        if not known:
            raise outdated
        try:
            yield Build(connection)
        except (duckdb.BinderException, duckdb.CatalogException):
            raise outdated from None
