"""Run the suites on what the models measured.

Belongs here: calling Great Expectations and reading what it answers. Does not: any rule, or what
happens to a finding.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from expectations.data_docs import add_site, build, finish
from expectations.engine import RunIdentifier, gx
from expectations.index_page import SuiteSummary
from expectations.results_store import SHORT_RESULTS
from expectations.rules import Rules

# After engine, which imports Great Expectations in the way it has to be.
from expectations import carga, integridad, programacion, resultados, seguimiento  # isort: skip

SUITES = {
    "seguimiento": seguimiento,
    "programacion": programacion,
    "resultados": resultados,
    "carga": carga,
    "integridad": integridad,
}
"""Module of each suite, by its name in the catalog."""

COLUMNS = ("regla_id", "nivel", "valor")
"""Columns of a batch. Its index names the measured element as Data Docs show it and ends with the
alert's id. Given columns to name elements by, Great Expectations takes a millisecond a finding."""

OnSuite = Callable[[str, int, int], None]
"""Told of each suite that starts: its name, its number from 1, how many there are."""


class ExpectationCrashError(RuntimeError):
    """An expectation could not judge: a failure of semaforo, never a finding of the data."""


@dataclass(frozen=True)
class Verdict:
    """A measure that an expectation does not accept."""

    alert_id: str
    rule_id: str
    severity: str


def judge(
    batches: Mapping[str, Iterable[pd.DataFrame]],
    rules: Rules,
    docs: Path,
    run_name: str,
    on_suite: OnSuite = lambda name, number, total: None,
    *,
    note: str = "",
) -> list[Verdict]:
    """Judge each suite's batches and write the Data Docs of the run.

    Args:
        batches: for each suite, measures to judge: COLUMNS, and an index as described there.
        rules: the catalog.
        docs: folder for the Data Docs, empty or not there yet.
        run_name: what the Data Docs call the run.
        on_suite: told of each suite that starts.
        note: what the index of the Data Docs says of the batches.

    Raises:
        ExpectationCrashError: an expectation raised; carries its trace.
        IncompleteRuleError: the catalog lacks a threshold.
        DataDocsError: a page could not be written.
    """
    context = _quiet_context()
    add_site(context, docs)
    source = context.data_sources.add_pandas("duckdb")
    verdicts: list[Verdict] = []
    summaries: list[SuiteSummary] = []
    for number, (name, module) in enumerate(SUITES.items(), start=1):
        on_suite(name, number, len(SUITES))
        suite = context.suites.add(
            gx.ExpectationSuite(name, expectations=module.expectations(rules))
        )
        definition = context.validation_definitions.add(
            gx.ValidationDefinition(
                name=name,
                data=source.add_dataframe_asset(name).add_batch_definition_whole_dataframe("corte"),
                suite=suite,
            )
        )
        failed: set[int] = set()
        measures, found = 0, []
        for batch in batches[name]:
            outcome = definition.run(
                batch_parameters={"dataframe": batch},
                run_id=RunIdentifier(run_name=run_name),
                result_format={
                    "result_format": "COMPLETE",
                    "return_unexpected_index_query": False,
                },
            )
            found += _verdicts(outcome)
            failed |= {place for place, result in enumerate(outcome.results) if not result.success}
            measures += len(batch)
        verdicts += found
        findings = len({verdict.alert_id for verdict in found})
        summaries.append(
            SuiteSummary(name, len(suite.expectations), len(failed), measures, findings)
        )
    build(context)
    finish(docs, run_name, summaries, note)
    return verdicts


def _quiet_context():
    """Make a context that keeps nothing on disk, sends nothing and prints nothing."""
    log = logging.getLogger("great_expectations")
    log.addHandler(logging.NullHandler())
    log.propagate = False
    context = gx.get_context(mode="ephemeral")
    context.add_store(context.validation_results_store_name, SHORT_RESULTS)
    context.enable_analytics(False)
    context.variables.progress_bars = {"globally": False}
    return context


def _verdicts(outcome) -> list[Verdict]:
    found = []
    for result in outcome.results:
        meta = result.expectation_config.meta
        trace = _trace(result.exception_info)
        unexpected = result.result.get("unexpected_index_list") or []
        if trace is None and not result.success and not unexpected:
            trace = "failed and named no row"
        if trace is not None:
            raise ExpectationCrashError(
                f"{meta['regla_id']} ({result.expectation_config.type}) could not judge:\n{trace}"
            )
        found += [
            Verdict(label.rsplit(maxsplit=1)[-1], meta["regla_id"], meta["severidad"])
            for label in unexpected
        ]
    return found


def _trace(exception_info: dict) -> str | None:
    """Give the trace of an expectation that raised: told in one place, or once per metric."""
    if "raised_exception" in exception_info:
        parts = [exception_info]
    else:
        parts = list(exception_info.values())
    traces = [
        part.get("exception_traceback") or part.get("exception_message") or "no trace"
        for part in parts
        if part["raised_exception"]
    ]
    return "\n".join(traces) or None
