"""Ask the semantic models a metric, with MetricFlow and the published file."""

import os
from pathlib import Path

import duckdb
from dbt.cli.main import dbtRunner
from metricflow.engine.metricflow_engine import MetricFlowEngine, MetricFlowQueryRequest
from metricflow.protocols.sql_client import SqlEngine
from metricflow.sql.render.duckdb_renderer import DuckDbSqlPlanRenderer
from metricflow_semantics.model.dbt_manifest_parser import (
    parse_manifest_from_dbt_generated_manifest,
)
from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup

from orchestration.settings import PROJECT_ROOT


class _DuckDb:
    """What MetricFlow asks of an engine to write SQL for it."""

    sql_engine_type = SqlEngine.DUCKDB
    sql_plan_renderer = DuckDbSqlPlanRenderer()


class Metrics:
    """The project's metrics, answered from one published file."""

    def __init__(self, published: Path, target: Path) -> None:
        """Parse the project, warnings as errors, into `target`."""
        self.published = published
        before = os.environ.get("SEMAFORO_BUILD_DB")
        # The path names the database in the SQL that MetricFlow writes.
        os.environ["SEMAFORO_BUILD_DB"] = str(published)
        try:
            done = dbtRunner().invoke(
                ["--warn-error", "--quiet", "parse", "--project-dir", str(PROJECT_ROOT),
                 "--profiles-dir", str(PROJECT_ROOT), "--target-path", str(target),
                 "--log-path", str(target)]
            )  # fmt: skip
        finally:
            if before is None:
                del os.environ["SEMAFORO_BUILD_DB"]
            else:
                os.environ["SEMAFORO_BUILD_DB"] = before
        assert done.success, done.exception
        self.text = (target / "semantic_manifest.json").read_text(encoding="utf-8")
        self.manifest = parse_manifest_from_dbt_generated_manifest(self.text)
        self._engine = MetricFlowEngine(SemanticManifestLookup(self.manifest), _DuckDb())

    def ask(self, metrics: list[str], by: list[str], where: str | None = None) -> list[tuple]:
        """Give the rows of a query: the groups, then the metrics, in the order asked for."""
        request = MetricFlowQueryRequest.create(
            metric_names=metrics, group_by_names=by, where_constraints=[where] if where else None
        )
        sql = self._engine.explain(request).sql_statement.sql
        with duckdb.connect(str(self.published), read_only=True) as connection:
            answer = connection.sql(sql)
            names = {name: number for number, name in enumerate(answer.columns)}
            order = [names[name] for name in [*by, *metrics]]
            return [tuple(row[number] for number in order) for row in answer.fetchall()]
