"""The history of findings: which evaluations saw which, and as what.

Belongs here: raw.evaluacion and raw.hallazgo, and which measures an evaluation has to judge anew.
Does not: judging (quality), or how long a finding lives (fct_alerta).
A finding is a row for as long as evaluations, in the order of their dates, see it the same: what
stays as it was costs no row. A country has millions of findings, and most stay.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa

from expectations.rules import SEVERITIES
from orchestration.followers import (
    JUDGED,
    PLANS_TO_JUDGE,
    note_taken_over,
    taken_over,
)
from orchestration.raw_tables import utc_now

CRITICAL = SEVERITIES[0]
"""Severity that stops the publication."""

EVERYTHING = "true"
"""Condition on measures and findings: an evaluation of all of them."""

ONLY_TOUCHED = (
    f"(not por_plan or (entidad_id, plan_id) in (select entidad_id, plan_id from {PLANS_TO_JUDGE}))"
)
"""The same: of those that something may have happened to since the last evaluation."""

# So many measures are judged whole each time: it takes seconds, and the Data Docs show them all.
JUDGED_WHOLE = 400_000

# What may change of a finding while it stays the same one.
_SEEN = ("severidad", "centro_costo_id", "mes", "valor", "detalle", "por_plan")
_SAME = " and ".join(f"hallados.{name} is not distinct from vigentes.{name}" for name in _SEEN)


@dataclass(frozen=True)
class _Place:
    """Where an evaluation stands among the others: the one before and the one after it, if any."""

    before: int | None
    before_date: date | None
    order: int
    after: int | None


def scope(connection: duckdb.DuckDBPyConnection) -> str:
    """Give the condition of what is to be judged: EVERYTHING, or ONLY_TOUCHED.

    What was not touched stands as the last evaluation saw it, where that one saw the computation
    that the present one was built upon. While something critical is open everything is judged: the
    Data Docs are to show what stops the publication.
    """
    last = connection.execute(
        "select evaluacion_id from raw.evaluacion order by fecha_reporte desc, evaluacion_id desc"
    ).fetchone()
    if last is None or taken_over(connection, JUDGED) != last:
        return EVERYTHING
    measures, critical_ones = connection.execute(
        """
        select (select count(*) from intermediate.int_calidad where por_plan),
            (select count(*) from raw.hallazgo where hasta_evaluacion is null and severidad = ?)
        """,
        [CRITICAL],
    ).fetchone()
    return ONLY_TOUCHED if measures > JUDGED_WHOLE and not critical_ones else EVERYTHING


def remember(
    connection: duckdb.DuckDBPyConnection,
    as_of: date,
    severities: Mapping[str, str],
    scope: str,
) -> None:
    """Write what was found within `scope`, by alerta_id, as one more evaluation.

    The last evaluation of the same date stands for this one where it saw the very same.
    """
    connection.execute("begin")
    _collect(connection, severities, scope)
    place = _place(connection, as_of)
    _collect_standing(connection, place, scope)
    number = place.before
    if place.before_date != as_of or _changed(connection):
        number = _write(connection, as_of, place)
    note_taken_over(connection, JUDGED, PLANS_TO_JUDGE, number)
    connection.execute("commit")


def critical(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, str]]:
    """List the critical findings after remember(): rule, its title, element, detail.

    Those just judged are all there are: while another is open, scope() leaves nothing out.
    """
    return connection.execute(
        """
        select hallados.regla_id, regla.titulo, hallados.elemento_id, hallados.detalle
        from hallados join staging.stg_reglas_calidad as regla using (regla_id)
        where hallados.severidad = ? order by all
        """,
        [CRITICAL],
    ).fetchall()


def _collect(
    connection: duckdb.DuckDBPyConnection, severities: Mapping[str, str], scope: str
) -> None:
    """Make the temporary table `hallados`: what was found, with its severity."""
    # As a table: parameters of a statement are bound one by one.
    judged = pa.table(
        {
            "alerta_id": pa.array(severities, pa.string()),
            "severidad": pa.array(severities.values(), pa.string()),
        }
    )
    connection.register("juzgado", judged)
    connection.execute(f"""
        create or replace temp table hallados as
        select medida.* exclude (suite), juzgado.severidad
        from (select * from intermediate.int_calidad where {scope}) as medida
        join juzgado using (alerta_id)
    """)
    connection.unregister("juzgado")


def _place(connection: duckdb.DuckDBPyConnection, as_of: date) -> _Place:
    """Find the place of an evaluation as of a date, and number all others in `evaluaciones`."""
    connection.execute("""
        create or replace temp table evaluaciones as
        select *, row_number() over (order by fecha_reporte, evaluacion_id) as orden
        from raw.evaluacion
    """)
    before = connection.execute(
        """
        select evaluacion_id, fecha_reporte, orden from evaluaciones
        where fecha_reporte <= ? order by orden desc
        """,
        [as_of],
    ).fetchone() or (None, None, 0)
    after = connection.execute(
        "select evaluacion_id from evaluaciones where orden = ?", [before[2] + 1]
    ).fetchone() or (None,)
    return _Place(*before, *after)


def _collect_standing(connection: duckdb.DuckDBPyConnection, place: _Place, scope: str) -> None:
    """Make `vigentes`, what the evaluation before saw, and `vistos`, what of it was seen again.

    `sigue` tells whether the evaluation after, or where there is none any that comes, sees it too.
    """
    connection.execute(
        f"""
        create or replace temp table vigentes as
        select hallazgo.rowid as fila, alerta_id, {", ".join(_SEEN)},
            hasta_evaluacion is null or hasta.orden > $orden as sigue
        from (select rowid, * from raw.hallazgo where {scope}) as hallazgo
        join evaluaciones as desde on hallazgo.desde_evaluacion = desde.evaluacion_id
        left join evaluaciones as hasta on hallazgo.hasta_evaluacion = hasta.evaluacion_id
        where desde.orden <= $orden and (hasta_evaluacion is null or hasta.orden >= $orden)
        """,
        {"orden": place.order},
    )
    connection.execute(f"""
        create or replace temp table vistos as
        select vigentes.fila, vigentes.alerta_id, vigentes.sigue
        from vigentes join hallados on vigentes.alerta_id = hallados.alerta_id and {_SAME}
    """)


def _changed(connection: duckdb.DuckDBPyConnection) -> bool:
    """Say whether anything came, went or became other than the evaluation before saw it."""
    seen, stood, found = connection.execute("""
        select (select count(*) from vistos), (select count(*) from vigentes),
            (select count(*) from hallados)
    """).fetchone()
    return not seen == stood == found


def _write(connection: duckdb.DuckDBPyConnection, as_of: date, place: _Place) -> int:
    """Add an evaluation at its place: end what it no longer saw, begin what it saw first.

    Returns its number.
    """
    (number,) = connection.execute(
        "select coalesce(max(evaluacion_id), 0) + 1 from raw.evaluacion"
    ).fetchone()
    connection.execute("insert into raw.evaluacion values (?, ?, ?)", [number, as_of, utc_now()])
    connection.execute("""
        create or replace temp table idos as
        select fila from vigentes where sigue and fila not in (select fila from vistos)
    """)
    if place.after is not None:
        connection.execute(
            """
            insert into raw.hallazgo by name
            select * replace (? as desde_evaluacion) from raw.hallazgo
            where rowid in (select fila from idos)
            """,
            [place.after],
        )
    connection.execute(
        """
        update raw.hallazgo set hasta_evaluacion = ?
        where rowid in (select fila from idos)
        """,
        [place.before],
    )
    connection.execute(
        """
        insert into raw.hallazgo by name
        select *, ? as desde_evaluacion, cast(? as bigint) as hasta_evaluacion from hallados
        where alerta_id not in (select alerta_id from vistos where sigue)
        """,
        [number, None if place.after is None else number],
    )
    return number
