"""The history of findings says what a full copy of each evaluation would say, in fewer rows.

Random evaluations, some as of a date before others, of measures that come, go and change; each is
remembered as the refresh does and kept whole in Python beside it.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import duckdb
import pytest

from orchestration import findings
from orchestration.findings import EVERYTHING, ONLY_TOUCHED
from orchestration.quality import assess
from orchestration.settings import WarehousePaths
from orchestration.transform import parsed_manifest, run_models

AS_OF = date(2024, 5, 15)
"""Day as of which the warehouse is computed: what is evaluated after it is not known."""

PLANS = ("p1", "p2", "p3")
SEVERITIES = ("alta", "media")
MODEL = "model.semaforo."


@dataclass
class History:
    """What was evaluated, each time in full: by date and number, what was found of each alert."""

    evaluations: dict[tuple[date, int], dict[str, tuple]] = field(default_factory=dict)

    def add(self, as_of: date, measures: list["Measure"]) -> None:
        """Evaluate once more, unless the last evaluation of the same date found the very same."""
        found = {m.alert: (m.severity, m.value) for m in measures}
        same_day = [key for key in self.evaluations if key[0] == as_of]
        if not same_day or self.evaluations[max(same_day)] != found:
            self.evaluations[as_of, len(self.evaluations) + 1] = found

    def lives(self, as_of: date) -> dict[str, tuple]:
        """Give the life of each alert as fct_alerta defines it, from the full copies."""
        known = sorted(key for key in self.evaluations if key[0] <= as_of)
        lives = {}
        for alert in {alert for key in known for alert in self.evaluations[key]}:
            seen = [place for place, key in enumerate(known) if alert in self.evaluations[key]]
            openings = [place for place in seen if place - 1 not in seen]
            last = seen[-1]
            severity, value = self.evaluations[known[last]][alert]
            lives[alert] = (
                severity,
                value,
                known[seen[0]][0],
                known[openings[-1]][0],
                known[last][0],
                known[last + 1][0] if last + 1 < len(known) else None,
                len(openings),
            )
        return lives


@dataclass(frozen=True)
class Measure:
    """A measure that is a finding: what identifies it and what is seen of it."""

    alert: str
    plan: str
    by_plan: bool
    value: int
    severity: str


@pytest.fixture
def connection(published):
    """The build database of a warehouse without findings, its measures a table to write to."""
    build = WarehousePaths(published.root).build_db
    with duckdb.connect(str(build)) as opened:
        opened.execute("delete from raw.evaluacion; delete from raw.hallazgo")
        opened.execute("create table measures as from intermediate.int_calidad limit 0")
        opened.execute("drop view intermediate.int_calidad")
        opened.execute("create table intermediate.int_calidad as from measures")
        yield opened


def measure(connection, measures: list[Measure], touched: set[str]) -> None:
    """Let the models have measured this, these plans anew."""
    connection.execute("delete from raw.plan_sin_juzgar")
    for plan in touched:
        connection.execute("insert into raw.plan_sin_juzgar values ('e', ?)", [plan])
    connection.execute("delete from intermediate.int_calidad")
    connection.executemany(
        """
        insert into intermediate.int_calidad (alerta_id, regla_id, suite, entidad_id, plan_id,
            nivel, elemento_id, valor, detalle, por_plan)
        values (?, 'S03', 'seguimiento', 'e', ?, 'AO', ?, ?, ?, ?)
        """,
        [(m.alert, m.plan, m.alert, m.value, f"vale {m.value}", m.by_plan) for m in measures],
    )


def lives(connection) -> dict[str, tuple]:
    """What readers see of each alert."""
    rows = connection.execute("""
        select alerta_id, severidad, cast(valor as integer), primera_vez, abierta_desde, ultima_vez,
            resuelta_en, aperturas
        from marts.fct_alerta
    """).fetchall()
    return {alert: tuple(rest) for alert, *rest in rows}


def evaluations(connection) -> list[tuple[date, int]]:
    """Every evaluation that is remembered, in order."""
    return connection.execute(
        "select fecha_reporte, evaluacion_id from raw.evaluacion order by all"
    ).fetchall()


def some_measures(dice: Random, before: list[Measure], plans: set[str]) -> list[Measure]:
    """Measure anew: what is of other plans, and follows from its plan alone, is as it was."""
    standing = [m for m in before if m.by_plan and m.plan not in plans]
    kept = {m.alert: m for m in before}
    fresh = []
    for number in range(12):
        plan, by_plan = PLANS[number % 3], number % 4 != 0
        alert = f"a{number:02}"
        if (by_plan and plan not in plans) or dice.random() < 0.4:
            continue
        if alert in kept and dice.random() < 0.6:
            fresh.append(kept[alert])
        else:
            fresh.append(Measure(alert, plan, by_plan, dice.randint(1, 3), dice.choice(SEVERITIES)))
    return standing + fresh


@pytest.mark.parametrize("seed", range(4))
def test_history_by_spans_equals_full_copies(connection, seed):
    dice, history = Random(seed), History()  # noqa: S311
    newest, last, partly = [], AS_OF - timedelta(days=20), 0
    for _ in range(25):
        in_order = not history.evaluations or dice.random() < 0.7
        as_of = last + timedelta(days=dice.randint(0, 2) if in_order else -dice.randint(1, 9))
        # As in a refresh: plans are left out only after the last of all evaluations.
        partial = in_order and bool(history.evaluations) and dice.random() < 0.6
        plans = set(dice.sample(PLANS, dice.randint(0, 2))) if partial else set(PLANS)
        measures = some_measures(dice, newest if in_order else [], plans)
        measure(connection, measures, plans)
        judged = [m for m in measures if not partial or not m.by_plan or m.plan in plans]
        findings.remember(
            connection,
            as_of,
            {m.alert: m.severity for m in judged},
            ONLY_TOUCHED if partial else EVERYTHING,
        )
        history.add(as_of, measures)
        if in_order:
            newest, last, partly = measures, as_of, partly + partial
        assert lives(connection) == history.lives(AS_OF)
        assert evaluations(connection) == sorted(history.evaluations)
    assert partly > 3
    (rows,) = connection.execute("select count(*) from raw.hallazgo").fetchone()
    assert rows < sum(map(len, history.evaluations.values()))


def test_what_stays_as_it_was_costs_no_row(connection):
    measures = [Measure("a", "p1", True, 2, "alta"), Measure("b", "p2", True, 1, "media")]
    for day in range(5):
        measure(connection, measures, set(PLANS))
        findings.remember(
            connection,
            AS_OF + timedelta(days=day),
            {m.alert: m.severity for m in measures},
            EVERYTHING,
        )
    assert len(evaluations(connection)) == 5
    assert connection.execute("select count(*) from raw.hallazgo").fetchone() == (2,)


def test_findings_of_a_database_that_kept_copies_are_carried_over(published):
    """Such databases have each finding once an evaluation."""
    paths, day_before = WarehousePaths(published.root), AS_OF - timedelta(days=1)
    with duckdb.connect(str(paths.build_db)) as connection:
        before = lives(connection)
        connection.execute("insert into raw.evaluacion values (2, ?, now())", [day_before])
        connection.execute("""
            create table copies as
            select desde_evaluacion as evaluacion_id,
                * exclude (desde_evaluacion, hasta_evaluacion, por_plan)
            from raw.hallazgo
        """)
        connection.execute("drop table raw.hallazgo")
        connection.execute("""
            create table raw.hallazgo as
            from copies union all select * replace (2 as evaluacion_id) from copies
        """)
    run_models(paths, as_of=AS_OF, target="duckdb")
    with duckdb.connect(str(paths.build_db)) as connection:
        carried = lives(connection)
    assert carried
    assert carried == {
        alert: (severity, value, day_before, day_before, AS_OF, None, 1)
        for alert, (severity, value, *_) in before.items()
    }


def test_a_large_warehouse_is_judged_where_something_changed(published, monkeypatch):
    """The same alerts as where all is judged; the index of the Data Docs says what was not."""
    monkeypatch.setattr(findings, "JUDGED_WHOLE", 0)
    paths, later = WarehousePaths(published.root), date(2024, 6, 15)
    whole = WarehousePaths(published.copy_to(published.root.with_name("whole")).root)
    done = {}
    for warehouse in (paths, whole):
        if warehouse is whole:
            monkeypatch.undo()
        run_models(warehouse, as_of=later, target="duckdb")
        done[warehouse] = assess(warehouse, as_of=later)
        with duckdb.connect(str(warehouse.build_db), read_only=True) as connection:
            done[warehouse.root] = lives(connection)
    assert done[paths.root] == done[whole.root]
    assert "siguen como se juzgaron" in done[paths].docs.read_text(encoding="utf-8")
    assert "siguen como se juzgaron" not in done[whole].docs.read_text(encoding="utf-8")


def test_everything_is_judged_while_something_critical_is_open(published, monkeypatch):
    monkeypatch.setattr(findings, "JUDGED_WHOLE", 0)
    paths = WarehousePaths(published.root)
    with duckdb.connect(str(paths.build_db)) as connection:
        assert findings.scope(connection) == ONLY_TOUCHED
        connection.execute("update raw.hallazgo set severidad = 'critica' where regla_id = 'S01'")
        assert findings.scope(connection) == EVERYTHING


def test_measures_that_stand_are_those_of_models_kept_by_plan(tmp_path):
    """What int_calidad says of each model is how that model is kept."""
    nodes = parsed_manifest(WarehousePaths(tmp_path), target="duckdb")["nodes"]
    said = dict(
        re.findall(r"'(int_calidad_\w+)': (true|false)", nodes[f"{MODEL}int_calidad"]["raw_code"])
    )
    assert len(said) == 12
    kept = {name: nodes[f"{MODEL}{name}"]["config"]["materialized"] == "by_plan" for name in said}
    assert {name: value == "true" for name, value in said.items()} == kept
