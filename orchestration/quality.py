"""Judge what was built: ask the expectations, remember what they find, stop on a critical one.

Belongs here: what is handed to the expectations and where findings go. Does not: what a rule
measures (models/intermediate/int_calidad_*), how it is judged (expectations), how long a finding
lives (fct_alerta). Great Expectations is imported on the first call only: it takes seconds.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from expectations.rules import SEVERITIES, IncompleteRuleError, Rule, worst
from orchestration.errors import SemaforoError
from orchestration.failures import disk_failure
from orchestration.loading import open_database
from orchestration.raw_tables import utc_now
from orchestration.settings import WarehousePaths

if TYPE_CHECKING:
    import pandas as pd

    from expectations.runner import Verdict

OnSuite = Callable[[str, int, int], None]
"""Told of each suite that starts: its name, its number from 1, how many there are."""

CRITICAL = SEVERITIES[0]
SHOWN_CRITICAL = 3

# A warehouse of thousands of entities is judged in pieces: about 400,000 measures at a time.
_VECTORS_AT_ONCE = 200

_WRITTEN = {"critica": "crítica", "alta": "alta", "media": "media", "baja": "baja"}


def severity_count(count: int, severity: str) -> str:
    """Write how many findings of a severity there are: 1 alta, 2 críticas."""
    return f"{count} {_WRITTEN[severity]}{'' if count == 1 else 's'}"


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
        changes = f"{self.opened} nuevas, {self.reopened} reabiertas, {self.resolved} resueltas"
        return [f"Alertas abiertas: {counts or 'ninguna'} ({changes})", f"Detalle: {self.docs}"]


def assess(
    paths: WarehousePaths,
    *,
    as_of: date,
    on_suite: OnSuite = lambda name, number, total: None,
) -> Assessment:
    """Judge what the models measured, write the findings to raw.hallazgo and the Data Docs.

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
        try:
            verdicts = judge(
                {suite: _measures(connection, suite) for suite in SUITES},
                _rules(connection),
                docs,
                f"Calidad al {as_of:%d-%m-%Y}",
                on_suite,
            )
        except IncompleteRuleError as refusal:
            raise SemaforoError(f"{refusal}; complételo en su reglas_calidad.csv") from refusal
        except DataDocsError as failure:
            meaning = disk_failure(str(failure))
            if meaning is None:
                raise
            raise SemaforoError(meaning) from failure
        _remember(connection, as_of, verdicts)
        _show(docs, paths.data_docs)
        critical = _critical(connection)
        if critical:
            raise SemaforoError(
                f"no se publica: {critical}; corríjalo y repita (detalle en "
                f"{paths.data_docs / 'index.html'})"
            )
        return _summary(connection, as_of, paths.data_docs / "index.html")


def _rules(connection: duckdb.DuckDBPyConnection) -> dict[str, Rule]:
    rows = connection.execute("""
        select regla_id, titulo, severidad, severidad_2, responsable, umbral, umbral_2, significado
        from staging.stg_reglas_calidad
    """).fetchall()
    return {row[0]: Rule(*row) for row in rows}


def _measures(connection: duckdb.DuckDBPyConnection, suite: str) -> Iterator["pd.DataFrame"]:
    """Give what the models measured for a suite, in pieces; an empty one where it is nothing."""
    cursor = connection.cursor()
    cursor.execute(
        """
        select concat_ws(' ', nivel, elemento_id, 'mes ' || mes, centro_costo_id, plan_id,
            entidad_id, alerta_id) as elemento, regla_id, nivel, cast(valor as double) as valor
        from intermediate.int_calidad where suite = ?
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


def _remember(
    connection: duckdb.DuckDBPyConnection, as_of: date, verdicts: list["Verdict"]
) -> None:
    """Write the findings as one more evaluation, unless the last of that date found the same."""
    severities: dict[str, list[str]] = {}
    for verdict in verdicts:
        severities.setdefault(verdict.alert_id, []).append(verdict.severity)
    connection.execute("begin")
    # As a table: parameters of a statement are bound one by one.
    judged = pa.table(
        {
            "alerta_id": pa.array(severities, pa.string()),
            "severidad": pa.array(map(worst, severities.values()), pa.string()),
        }
    )
    connection.register("juzgado", judged)
    connection.execute("""
        create or replace temp table hallados as
        select medida.*, juzgado.severidad
        from intermediate.int_calidad as medida join juzgado using (alerta_id)
    """)
    connection.unregister("juzgado")
    if not _known_already(connection, as_of):
        (number,) = connection.execute(
            "select coalesce(max(evaluacion_id), 0) + 1 from raw.evaluacion"
        ).fetchone()
        connection.execute(
            "insert into raw.evaluacion values (?, ?, ?)", [number, as_of, utc_now()]
        )
        connection.execute(
            """
            insert into raw.hallazgo by name
            select ? as evaluacion_id, * exclude (suite) from hallados
            """,
            [number],
        )
    connection.execute("commit")


def _known_already(connection: duckdb.DuckDBPyConnection, as_of: date) -> bool:
    """Say whether the last evaluation as of the same date found the very same."""
    (before,) = connection.execute(
        "select max(evaluacion_id) from raw.evaluacion where fecha_reporte = ?", [as_of]
    ).fetchone()
    if before is None:
        return False
    compared = "alerta_id, severidad, valor, detalle"
    (differences,) = connection.execute(
        f"""
        with antes as (select {compared} from raw.hallazgo where evaluacion_id = ?),
        ahora as (select {compared} from hallados)
        select (select count(*) from (from antes except from ahora))
            + (select count(*) from (from ahora except from antes))
        """,
        [before],
    ).fetchone()
    return differences == 0


def _show(fresh: Path, shown: Path) -> None:
    """Put the Data Docs of this run in the place of those before."""
    shutil.rmtree(shown, ignore_errors=True)
    fresh.rename(shown)


def _critical(connection: duckdb.DuckDBPyConnection) -> str:
    """Name the rules and elements of the critical findings; empty where there is none."""
    found = connection.execute(
        """
        select hallados.regla_id, regla.titulo, hallados.elemento_id, hallados.detalle
        from hallados join staging.stg_reglas_calidad as regla using (regla_id)
        where hallados.severidad = ? order by all
        """,
        [CRITICAL],
    ).fetchall()
    told = "; ".join(
        f"{rule} {title}, {element}: {detail}"
        for rule, title, element, detail in found[:SHOWN_CRITICAL]
    )
    more = len(found) - SHOWN_CRITICAL
    return f"{told}; y {more} más" if more > 0 else told


def _summary(connection: duckdb.DuckDBPyConnection, as_of: date, docs: Path) -> Assessment:
    counts, by_rule = (
        dict(
            connection.execute(f"""
                select {column}, count(*) from marts.fct_alerta
                where resuelta_en is null group by {column} order by {column}
            """).fetchall()
        )
        for column in ("severidad", "regla_id")
    )
    opened, reopened, resolved = connection.execute(
        """
        select count(*) filter (where abierta_desde = $1 and aperturas = 1),
            count(*) filter (where abierta_desde = $1 and aperturas > 1),
            count(*) filter (where resuelta_en = $1)
        from marts.fct_alerta
        """,
        [as_of],
    ).fetchone()
    return Assessment(
        {severity: counts[severity] for severity in SEVERITIES if severity in counts},
        by_rule,
        opened,
        reopened,
        resolved,
        docs,
    )
