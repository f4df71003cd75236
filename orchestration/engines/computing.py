"""A build on another engine: rows go there, the models run there, the figures come back.

Belongs here: the order of these steps. Does not: how an engine is reached (one module each).
The warehouse stays the one place that is assessed and published from: the tables of the
intermediate layer, where everything is computed, come back into the build database, and its own
staging and marts, which are views, stand over them.
"""

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Protocol

import duckdb

from orchestration import transform
from orchestration.engines.postgres import PostgresEngine
from orchestration.engines.spark import SparkEngine
from orchestration.errors import SemaforoError
from orchestration.settings import DEFAULT_TARGET, WarehousePaths
from orchestration.transform import OnModel, TransformResult


class Engine(Protocol):
    """What a build asks of an engine."""

    def send(self, build_db: Path) -> None:
        """Copy every table of schema raw to the engine."""

    def fetch(self, build_db: Path, tables: list[tuple[str, str]]) -> None:
        """Fill these empty tables of the build database (schema, name) from the engine."""

    def close(self) -> None:
        """Let go of what the engine holds on this machine."""


_ENGINES: dict[str, type[Engine]] = {"postgres": PostgresEngine, "spark": SparkEngine}


def engine_of(target: str) -> Engine:
    """Give the engine behind a target of profiles.yml.

    Raises:
        SemaforoError: there is none, or it is not set up.
    """
    if target not in _ENGINES:
        raise SemaforoError(f"--target: «{target}» no tiene motor; use {', '.join(_ENGINES)}")
    return _ENGINES[target]()


def compute_elsewhere(
    paths: WarehousePaths, *, as_of: date, target: str, on_model: OnModel
) -> TransformResult:
    """Build every model on another engine and bring its tables into the build database.

    Raises:
        SemaforoError: the engine is out of reach, or a model failed there.
    """
    with closing(engine_of(target)) as engine:
        # Every table with its types and no row; then the views again, which that leaves empty.
        for options in ("--empty", "--select config.materialized:view"):
            transform.run_models(paths, as_of=as_of, target=DEFAULT_TARGET, options=options)
        engine.send(paths.build_db)
        result = transform.run_models(paths, as_of=as_of, target=target, on_model=on_model)
        engine.fetch(paths.build_db, _empty_tables(paths.build_db))
    return result


def _empty_tables(build_db: Path) -> list[tuple[str, str]]:
    with duckdb.connect(str(build_db), read_only=True) as connection:
        return connection.execute(
            "select schema_name, table_name from duckdb_tables() "
            "where schema_name = 'intermediate' order by all"
        ).fetchall()
