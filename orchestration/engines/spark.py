"""Apache Spark as the engine: raw tables go there as Parquet, what the models made comes back so.

Belongs here: both copies. Does not: what the models compute; how a session is had
(spark_session.py). dbt finds the session in this process, whose catalog lives as long as that does.
"""

import re
import shutil
from pathlib import Path

import duckdb

from orchestration.engines.spark_session import SparkProcess, plain_spark_failures
from orchestration.errors import SemaforoError
from orchestration.sql import literal

_SCHEMAS = ("raw", "staging", "intermediate", "marts")
_TYPES = {
    "VARCHAR": "string",
    "INTEGER": "int",
    "BIGINT": "bigint",
    "DOUBLE": "double",
    "DATE": "date",
    "BOOLEAN": "boolean",
    "TIMESTAMP": "timestamp_ntz",
}


class SparkEngine:
    """A session on the master that SPARK_MASTER names, or on this machine.

    While it is open, the files of its tables stand in the folder `spark` beside the build database.
    """

    def __init__(self) -> None:
        self._process = SparkProcess()
        self._folder: Path | None = None

    @property
    def session(self):
        """The session of pyspark, once rows were sent."""
        return self._process.session

    def send(self, build_db: Path) -> None:
        """Start Spark and give it every table of schema raw.

        Raises:
            SemaforoError: Spark does not start, or its master is out of reach.
        """
        self._folder = build_db.parent / "spark"
        shutil.rmtree(self._folder, ignore_errors=True)
        (self._folder / "raw").mkdir(parents=True)
        log = build_db.parent / "dbt" / "spark.log"
        session = self._process.start(self._folder, log=log)
        with (
            plain_spark_failures(log),
            duckdb.connect(str(build_db), read_only=True) as source,
        ):
            for schema in _SCHEMAS:
                session.sql(f"create database {schema}")
            tables = source.execute(
                "select table_name from duckdb_tables() where schema_name = 'raw' order by all"
            ).fetchall()
            for (name,) in tables:
                columns = _columns(source, name)
                names = ", ".join(f'"{column}"' for column, _ in columns)
                kinds = ", ".join(f"{column} {spark_type(name, kind)}" for column, kind in columns)
                file = self._folder / "raw" / f"{name}.parquet"
                source.execute(
                    f'copy (select {names} from raw."{name}") to {literal(str(file))} '
                    "(format parquet)"
                )
                session.sql(
                    f"create table raw.{name} ({kinds}) using parquet "
                    f"location {literal(file.as_uri())}"
                )

    def fetch(self, build_db: Path, tables: list[tuple[str, str]]) -> None:
        """Fill tables of the build database, empty ones, with those of the same name here."""
        with duckdb.connect(str(build_db)) as target:
            for schema, name in tables:
                files = self._folder / "warehouse" / f"{schema}.db" / name / "*.parquet"
                target.execute(
                    f'insert into "{schema}"."{name}" by name '
                    f"from read_parquet({literal(str(files))})"
                )

    def close(self) -> None:
        """End Spark and remove the files of its tables."""
        self._process.stop()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


def spark_type(table: str, kind: str) -> str:
    """Name the type of Spark that holds all values of a type of DuckDB.

    Raises:
        SemaforoError: there is none.
    """
    if re.fullmatch(r"DECIMAL\(\d+,\d+\)", kind):
        return kind.lower()
    if kind not in _TYPES:
        raise SemaforoError(f"{table} tiene el tipo {kind}, sin par en Spark")
    return _TYPES[kind]


def _columns(connection: duckdb.DuckDBPyConnection, name: str) -> list[tuple[str, str]]:
    """Columns and types; lists, which only the loader keeps for itself, are none of a model's."""
    return connection.execute(
        "select column_name, data_type from duckdb_columns() where schema_name = 'raw' "
        "and table_name = ? and not data_type like '%[]' order by column_index",
        [name],
    ).fetchall()
