"""Judge what was built: ask the expectations, have their findings kept, stop on a critical one.

Belongs here: what is handed to the expectations and what is told of their answers. Does not: what
a rule measures (models/intermediate/calidad), how it is judged (expectations), how findings
are kept (findings), how long one lives (fct_alerta). Great Expectations is imported on the first
call only: it takes seconds.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from expectations.rules import SEVERITIES, IncompleteRuleError, Rule, worst
from orchestration import findings
from orchestration.errors import SemaforoError
from orchestration.failures import disk_failure, refusal_of
from orchestration.load_report import counted
from orchestration.loading import open_database
from orchestration.settings import WarehousePaths

if TYPE_CHECKING:
    import pandas as pd

    from expectations.runner import Verdict

OnSuite = Callable[[str, int, int], None]
"""Told of each suite that starts: its name, its number from 1, how many there are."""

SHOWN_CRITICAL = 3

_ONLY_TOUCHED = (
    "Se juzgaron las medidas de los planes en los que algo cambió desde la revisión anterior y las "
    "que dependen de la fecha o de otros planes; las demás siguen como se juzgaron."
)

# A warehouse of thousands of entities is judged in pieces: about 400,000 measures at a time.
_VECTORS_AT_ONCE = 200

_WRITTEN = {"critica": "crítica", "alta": "alta", "media": "media", "baja": "baja"}


def severity_count(count: int, severity: str) -> str:
    """Write how many findings of a severity there are: 1 alta, 2 críticas."""
    return f"{count:,} {_WRITTEN[severity]}{'' if count == 1 else 's'}"


@dataclass(frozen=True)
class Assessment:
    """What the rules found as of the report date.

    Attributes:
        open_by_severity: open findings of each severity that has any, from worst to least.
        open_by_rule: open findings of each rule that has any, by its code.
        opened: findings seen for the first time.
        reopened: findings that had been resolved before.
        resolved: findings that are no more.
        docs: start page of the run's Data Docs.
    """

    open_by_severity: dict[str, int]
    open_by_rule: dict[str, int]
    opened: int
    reopened: int
    resolved: int
    docs: Path

    def lines(self) -> list[str]:
        """Say it in a line or two."""
        counts = ", ".join(
            severity_count(count, severity) for severity, count in self.open_by_severity.items()
        )
        changes = ", ".join(
            counted(number, one)
            for number, one in (
                (self.opened, "nueva"),
                (self.reopened, "reabierta"),
                (self.resolved, "resuelta"),
            )
        )
        return [f"Alertas abiertas: {counts or 'ninguna'} ({changes})", f"Detalle: {self.docs}"]


class CriticalFindingsError(SemaforoError):
    """Something critical was found: nothing may be published. Carries all that was found."""

    def __init__(self, reason: str, assessment: Assessment):
        super().__init__(reason)
        self.assessment = assessment


def assess(
    paths: WarehousePaths,
    *,
    as_of: date,
    on_suite: OnSuite = lambda name, number, total: None,
) -> Assessment:
    """Judge what the models measured, write the findings to raw.hallazgo and the Data Docs.

    Of a large warehouse only what something happened to since the last evaluation (findings).

    Needs the lock of the warehouse and the models built as of `as_of`.

    Raises:
        SemaforoError: a critical finding, a rule without its threshold, or a disk that
            does not take the pages.
        ExpectationCrashError: an expectation could not judge: a failure of ours.
        DataDocsError: a page could not be written for another reason.
    """
    from expectations.data_docs import DataDocsError
    from expectations.runner import SUITES, judge

    docs = paths.private / "data_docs"
    shutil.rmtree(docs, ignore_errors=True)
    with open_database(paths.build_db) as connection:
        scope = findings.scope(connection)
        try:
            verdicts = judge(
                {suite: _measures(connection, suite, scope) for suite in SUITES},
                _rules(connection),
                docs,
                f"Calidad al {as_of:%d-%m-%Y}",
                on_suite,
                note="" if scope == findings.EVERYTHING else _ONLY_TOUCHED,
            )
        except IncompleteRuleError as refusal:
            raise SemaforoError(f"{refusal}; complételo en su reglas_calidad.csv") from refusal
        except DataDocsError as failure:
            meaning = disk_failure(str(failure))
            if meaning is None:
                raise
            raise refusal_of(str(failure), meaning) from failure
        findings.remember(connection, as_of, _severities(verdicts), scope)
        _show(docs, paths.data_docs)
        critical = _told(findings.critical(connection))
        found = _summary(connection, as_of, paths.data_docs / "index.html")
        if critical:
            raise CriticalFindingsError(
                f"no se publica: {critical}; corríjalo y repita (detalle en {found.docs})", found
            )
        return found


def _rules(connection: duckdb.DuckDBPyConnection) -> dict[str, Rule]:
    rows = connection.execute("""
        select regla_id, titulo, severidad, severidad_2, responsable, umbral, umbral_2, significado
        from staging.stg_reglas_calidad
    """).fetchall()
    return {row[0]: Rule(*row) for row in rows}


def _measures(
    connection: duckdb.DuckDBPyConnection, suite: str, scope: str
) -> Iterator["pd.DataFrame"]:
    """Give what the models measured for a suite, in pieces; an empty one where it is nothing."""
    cursor = connection.cursor()
    cursor.execute(
        f"""
        select concat_ws(' ', nivel, elemento_id, 'mes ' || mes, centro_costo_id, plan_id,
            entidad_id, alerta_id) as elemento, regla_id, nivel, cast(valor as double) as valor
        from intermediate.int_calidad where suite = ? and {scope}
        """,
        [suite],
    )
    piece = _named(cursor.fetch_df_chunk(_VECTORS_AT_ONCE))
    yield piece
    while len(piece):
        piece = _named(cursor.fetch_df_chunk(_VECTORS_AT_ONCE))
        if len(piece):
            yield piece


def _named(piece: "pd.DataFrame") -> "pd.DataFrame":
    """Make the element's name the index, one without a name of its own."""
    return piece.set_index("elemento").rename_axis(None)


def _severities(verdicts: list["Verdict"]) -> dict[str, str]:
    """Give the worst severity that each alert was judged to have."""
    severities: dict[str, str] = {}
    for verdict in verdicts:
        known = severities.setdefault(verdict.alert_id, verdict.severity)
        if known != verdict.severity:
            severities[verdict.alert_id] = worst([known, verdict.severity])
    return severities


def _show(fresh: Path, shown: Path) -> None:
    """Put the Data Docs of this run in the place of those before."""
    shutil.rmtree(shown, ignore_errors=True)
    fresh.rename(shown)


def _told(critical: list[tuple[str, str, str, str]]) -> str:
    """Name the rules and elements of the critical findings; empty where there is none."""
    told = "; ".join(
        f"{rule} {title}, {element}: {detail}"
        for rule, title, element, detail in critical[:SHOWN_CRITICAL]
    )
    more = len(critical) - SHOWN_CRITICAL
    return f"{told}; y {more} más" if more > 0 else told


def _summary(connection: duckdb.DuckDBPyConnection, as_of: date, docs: Path) -> Assessment:
    """Count the alerts by severity and rule, and what the day changed, in one pass over them."""
    rows = connection.execute(
        """
        select severidad, regla_id, count(*) filter (where resuelta_en is null),
            count(*) filter (where abierta_desde = $1 and aperturas = 1),
            count(*) filter (where abierta_desde = $1 and aperturas > 1),
            count(*) filter (where resuelta_en = $1)
        from marts.fct_alerta group by severidad, regla_id order by regla_id
        """,
        [as_of],
    ).fetchall()
    by_severity, by_rule = Counter(), Counter()
    opened = reopened = resolved = 0
    for severity, rule, still_open, new, again, gone in rows:
        by_severity[severity] += still_open
        by_rule[rule] += still_open
        opened, reopened, resolved = opened + new, reopened + again, resolved + gone
    return Assessment(
        {severity: by_severity[severity] for severity in SEVERITIES if by_severity[severity]},
        {rule: count for rule, count in by_rule.items() if count},
        opened,
        reopened,
        resolved,
        docs,
    )
