"""Which views stand as the last run of the same models left them.

Belongs here: what of a parsed project may differ from run to run. Does not: whether a run may
build upon the last one (recalculation), or how dbt is called.
A view holds no rows. Its text, its types and its comments follow from the project alone unless
something in it is looked up anew each time.
"""

import re
from collections.abc import Iterator
from graphlib import TopologicalSorter

# Variables, such as the report date; the environment; the clock; what the database answers.
_LOOKED_UP = re.compile(
    r"\b(?:var|env_var|run_query|statement)\s*\(|\brun_started_at\b|\bmodules\."
)


def drop_tests(manifest) -> None:
    """Take out what no run of models asks for: there are five tests a model, and dbt sorts all."""
    manifest.nodes = {
        key: node for key, node in manifest.nodes.items() if node.resource_type != "test"
    }
    manifest.unit_tests = {}


def models_in_order(manifest) -> list[str]:
    """Name every model of a parsed project, parents before children."""
    models = dict(_models(manifest))
    parents = {key: models.keys() & set(model.depends_on.nodes) for key, model in models.items()}
    return [models[key].name for key in TopologicalSorter(parents).static_order()]


def standing_views(manifest) -> list[str]:
    """Name the views whose statement is the same in every run of this project."""
    return [
        model.name
        for _, model in _models(manifest)
        if model.config.materialized == "view" and not _looks_up(manifest, model)
    ]


def _models(manifest) -> Iterator[tuple[str, object]]:
    return ((key, node) for key, node in manifest.nodes.items() if node.resource_type == "model")


def _looks_up(manifest, model) -> bool:
    texts = [model.raw_code]
    seen, to_see = set(), list(model.depends_on.macros)
    while to_see:
        key = to_see.pop()
        if key not in seen and key in manifest.macros:
            seen.add(key)
            texts.append(manifest.macros[key].macro_sql)
            to_see += manifest.macros[key].depends_on.macros
    return any(_LOOKED_UP.search(text) for text in texts)
