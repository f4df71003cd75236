"""Rows of DuckDB as PostgreSQL's COPY reads them, and types of one as types of the other.

Belongs here: how a value and a type are written, and in which encoding. Does not: which tables are
copied where.
"""

import re

import duckdb
from psycopg2 import extensions

from orchestration.errors import SemaforoError

_BATCH = 5_000
_TYPES = {
    "VARCHAR": "text",
    "INTEGER": "integer",
    "BIGINT": "bigint",
    "DOUBLE": "double precision",
    "DATE": "date",
    "BOOLEAN": "boolean",
    "TIMESTAMP": "timestamp without time zone",
}
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def postgres_type(table: str, kind: str) -> str:
    """Name the type of PostgreSQL that holds all values of a type of DuckDB.

    Raises:
        SemaforoError: there is none.
    """
    if match := re.fullmatch(r"DECIMAL\((\d+),(\d+)\)", kind):
        return f"numeric({match[1]},{match[2]})"
    if kind not in _TYPES:
        raise SemaforoError(f"{table} tiene el tipo {kind}, sin par en PostgreSQL")
    return _TYPES[kind]


def refuse_other_encodings(connection: extensions.connection, option: str) -> None:
    """Refuse a database that is not in UTF-8: it has no room for our texts.

    Raises:
        SemaforoError: it has another encoding; `option` names what asked for it.
    """
    encoding = connection.get_parameter_status("server_encoding")
    if encoding != "UTF8":
        raise SemaforoError(
            f"{option}: la base está en {encoding} y hace falta UTF8; indique otra, creada con "
            "«create database … encoding 'UTF8' template template0»"
        )


class Rows:
    """Rows of a query as a file in COPY's text format, read in pieces."""

    def __init__(self, result: duckdb.DuckDBPyConnection) -> None:
        self.count = 0
        self._result = result

    def read(self, _size: int = -1) -> str:
        """Give the next piece; empty at the end."""
        rows = self._result.fetchmany(_BATCH)
        self.count += len(rows)
        return "".join("\t".join(map(_text, row)) + "\n" for row in rows)


def _text(value: object) -> str:
    if value is None:
        return "\\N"
    # str() of a float is the shortest text that reads back as the same double.
    return str(value).translate(_ESCAPES)
