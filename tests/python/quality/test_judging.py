"""How measures are judged: thresholds of the catalog, pieces, crashes."""

import importlib
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from expectations import runner
from expectations.results_store import ShortResultsStore
from expectations.rules import Rule


def rule(rule_id: str, threshold: str | None = "0", second: str | None = "0") -> Rule:
    def number(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    return Rule(
        rule_id,
        f"Regla {rule_id}",
        "media",
        "alta",
        "unidad",
        number(threshold),
        number(second),
        "-",
    )


class Catalog(dict):
    """Every rule that is asked for."""

    def __missing__(self, rule_id: str) -> Rule:
        return rule(rule_id)


def measures(**values: float | None) -> pd.DataFrame:
    """One measure per rule; its id is the rule's."""
    return pd.DataFrame(
        [{"regla_id": rule_id, "nivel": "AO", "valor": value} for rule_id, value in values.items()],
        index=[f"AO A1 poi muni {rule_id}" for rule_id in values],
        columns=list(runner.COLUMNS),
    )


def judged(tmp_path: Path, catalog: dict, **values: float | None) -> dict[str, str]:
    batches = {suite: [measures()] for suite in runner.SUITES}
    batches["seguimiento"] = [measures(**values)]
    verdicts = runner.judge(batches, catalog, tmp_path / "docs", "Prueba")
    return {verdict.rule_id: verdict.severity for verdict in verdicts}


def test_threshold_is_the_catalogs(tmp_path):
    catalog = Catalog({"S07": rule("S07", "130")})
    assert judged(tmp_path, catalog, S07=130.0) == {}
    assert judged(tmp_path / "over", catalog, S07=130.01) == {"S07": "media"}


def test_every_piece_of_a_suite_is_judged(tmp_path):
    batches = {suite: [measures()] for suite in runner.SUITES}
    batches["seguimiento"] = [measures(S01=1.0), measures(S02=1.0)]
    verdicts = runner.judge(batches, Catalog(), tmp_path / "docs", "Prueba")
    assert {verdict.rule_id for verdict in verdicts} == {"S01", "S02"}


def test_pages_are_made_of_few_of_very_many_findings(tmp_path, monkeypatch):
    """Great Expectations limits values to 200; elements are kept beside them, and no more."""
    stored = []
    write = ShortResultsStore.serialize

    def noted(store, value):
        text = write(store, value)
        stored.append(json.loads(text))
        return text

    monkeypatch.setattr(ShortResultsStore, "serialize", noted)
    batches = {suite: [measures()] for suite in runner.SUITES}
    batches["seguimiento"] = [
        pd.DataFrame(
            {"regla_id": "S01", "nivel": "AO", "valor": 1.0},
            index=[f"AO A{number} poi muni {number}" for number in range(1200)],
            columns=list(runner.COLUMNS),
        )
    ]
    verdicts = runner.judge(batches, Catalog(), tmp_path / "docs", "Prueba")
    assert {verdict.alert_id for verdict in verdicts} == {str(number) for number in range(1200)}
    assert len(stored) == len(runner.SUITES)
    kept = [
        result["result"]["unexpected_index_list"]
        for suite in stored
        for result in suite["results"]
        if not result["success"]
    ]
    assert kept == [[f"AO A{number} poi muni {number}" for number in range(200)]]
    (page,) = (tmp_path / "docs" / "validations" / "seguimiento").rglob("*.html")
    assert "1200 unexpected values found" in page.read_text(encoding="utf-8")


def test_pages_are_written_where_they_are_asked_for(tmp_path):
    """Great Expectations takes «$HOME» in a path for what the environment says."""
    docs = tmp_path / "de $HOME y ${HOME}" / "docs"
    batches = {suite: [measures()] for suite in runner.SUITES}
    runner.judge(batches, Catalog(), docs, "Prueba")
    assert (docs / "index.html").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["de $HOME y ${HOME}"]


def test_markup_in_a_code_is_text_on_the_pages(tmp_path):
    batches = {suite: [measures()] for suite in runner.SUITES}
    batches["seguimiento"] = [
        pd.DataFrame(
            {"regla_id": "S01", "nivel": "AO", "valor": 1.0},
            index=["AO <script>alert(1)</script> <img src=//evil.example> poi muni 7"],
            columns=list(runner.COLUMNS),
        )
    ]
    (verdict,) = runner.judge(batches, Catalog(), tmp_path / "docs", "Prueba")
    assert verdict.alert_id == "7"
    (page,) = (tmp_path / "docs" / "validations" / "seguimiento").rglob("*.html")
    text = page.read_text(encoding="utf-8")
    assert "AO &lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=//evil.example&gt; poi" in text
    assert "<script>alert(1)" not in text
    assert "<img" not in text


def test_expectation_that_raises_is_our_failure_with_its_trace(tmp_path):
    broken = measures(S01=1.0).drop(columns="valor")
    batches = {suite: [measures()] for suite in runner.SUITES}
    batches["seguimiento"] = [broken]
    with pytest.raises(runner.ExpectationCrashError, match=r"(?s)could not judge:.*valor"):
        runner.judge(batches, Catalog(), tmp_path / "docs", "Prueba")


def test_missing_threshold_is_refused(tmp_path):
    catalog = Catalog({"S07": replace(rule("S07"), threshold=None)})
    with pytest.raises(Exception, match="la regla S07 no tiene umbral"):
        judged(tmp_path, catalog, S07=1.0)


def test_what_is_postponed_comes_when_it_is_asked_for():
    """Great Expectations keeps its own reference to scipy.stats: it must be the real thing."""
    kl_divergence = importlib.import_module(
        "great_expectations.expectations.core.expect_column_kl_divergence_to_be_less_than"
    )
    assert kl_divergence.stats.entropy([0.5, 0.5], [0.5, 0.5]) == 0
