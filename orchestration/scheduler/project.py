"""The project as Dagster sees it: one asset per seed and model, one check per test and rule.

Belongs here: keys and specs, read from dbt's manifest and the catalog of rules. Does not: running
dbt or judging.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dagster import AssetCheckSpec, AssetKey, AssetSpec
from dagster_dbt import DagsterDbtTranslator
from dagster_dbt.asset_utils import build_dbt_specs, get_node

from orchestration import transform
from orchestration.settings import (
    DEFAULT_TARGET,
    DEFAULT_WAREHOUSE,
    SHIPPED_SEEDS,
    WarehousePaths,
)

QUALITY = AssetKey(["calidad", "hallazgos"])


class Translator(DagsterDbtTranslator):
    """Groups by layer: raw, staging, intermediate, marts."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """Name the layer of a node."""
        return dbt_resource_props["schema"]


@dataclass(frozen=True)
class ProjectSpecs:
    """What Dagster lists of the project.

    Attributes:
        tables: the raw tables, which the load fills.
        models: the models, which the build makes.
        checks: the data tests, each on its model.
        rules: the quality rules, each a check on what they find.
    """

    tables: Sequence[AssetSpec]
    models: Sequence[AssetSpec]
    checks: Sequence[AssetCheckSpec]
    rules: Sequence[AssetCheckSpec]


@cache
def project_specs() -> ProjectSpecs:
    """List the project's assets and checks from its parsed manifest; parsed once, then kept."""
    manifest = transform.parsed_manifest(WarehousePaths(DEFAULT_WAREHOUSE), target=DEFAULT_TARGET)
    specs, checks = build_dbt_specs(
        translator=Translator(),
        manifest=manifest,
        select="fqn:*",
        exclude="",
        selector="",
        io_manager_key=None,
        project=None,
    )
    kinds = {
        spec.key: get_node(manifest, spec.metadata["dagster_dbt/unique_id"])["resource_type"]
        for spec in specs
    }
    return ProjectSpecs(
        tables=[spec for spec in specs if kinds[spec.key] == "seed"],
        models=[spec for spec in specs if kinds[spec.key] == "model"],
        checks=[check for check in checks if kinds.get(check.asset_key) == "model"],
        rules=_rules(),
    )


def _rules() -> list[AssetCheckSpec]:
    with (SHIPPED_SEEDS / "reglas_calidad.csv").open(encoding="utf-8", newline="") as file:
        return [
            AssetCheckSpec(
                row["regla_id"],
                asset=QUALITY,
                description=f"{row['titulo']}. {row['significado']}",
                metadata={"severidad": row["severidad"], "que_hacer": row["que_hacer"]},
            )
            for row in csv.DictReader(file)
        ]
