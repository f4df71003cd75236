"""A plain-Python reading of docs/foresight.md: the projection of each activity and of the levels.

It stands on the reading of the contract in `reference` and knows nothing of the SQL models.
Shares are parts of an activity's target of the year.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erf, exp, pi, sqrt

from reference.activity import Activity
from reference.centres import centre_rows
from reference.inputs import Row
from reference.plans import Plan

PARAMETERS = {
    "ritmo_inicial": 1,
    "ritmo_maximo": 1.5,
    "peso_ritmo_entidad": 3,
    "peso_ritmo_unidad": 2,
    "peso_ritmo_actividad": 0.35,
    "recuperacion_inicial": 0.25,
    "peso_recuperacion": 1.5,
    "aceleracion_maxima": 0.5,
    "dispersion_inicial": 0.3,
    "peso_dispersion": 5,
    "dispersion_atraso": 0.5,
    "correlacion": 0.5,
    "z_intervalo": 1.2816,
}


def below(z: float) -> float:
    """Share of a normal curve below z."""
    return (1 + erf(z / sqrt(2))) / 2


@dataclass
class Measured:
    """What is known of an activity at the corte, and where it is heading."""

    name: str
    unit: str
    weight: float
    due: float
    done: float
    projected: float = 0
    deviation: float = 0
    low: float = 0
    high: float = 0
    red: float = 0
    expected: float = 0
    reached: float = 0

    def counted(self, limit: float) -> float:
        """What counts in the pace of its unit."""
        return min(self.done, limit * self.due)


@dataclass
class Habit:
    """Backlog, what was left to programme and what was recovered a year before, in activities."""

    count: float = 0
    due: float = 0
    done: float = 0
    final: float = 0

    def add(self, count: float, due: float, done: float, final: float) -> None:
        self.count += count
        self.due += count * due
        self.done += count * done
        self.final += count * final

    @property
    def backlog(self) -> float:
        return max(self.due - self.done, 0)

    @property
    def ahead(self) -> float:
        return max(self.count - self.due, 0)

    @property
    def recovered(self) -> float:
        pace = self.done / self.due if self.due > 0 else self.final / self.count
        return self.final - self.done - pace * (self.count - self.due)

    @property
    def excess(self) -> float:
        return max(self.recovered - self.backlog, 0)


def measure(plan: Plan, rows: list[Row], corte: int) -> list[Measured]:
    """Activities with a target in the year, measured on the months that are registered."""
    weights = {row["actividad_id"]: plan.weight(row) for row in plan.activities}
    kinds = {row["actividad_id"]: row for row in plan.activities}
    measured = []
    for row in rows:
        if row["mes_corte"] != corte or row["programado_anual_pct"] is None:
            continue
        name = row["actividad_id"]
        due = float(row["programado_anual_pct"]) / 100
        done = float(row["ejecutado_anual_pct"]) / 100
        if row["estado"] == "completo":
            done = float(row["avance_sin_tope_pct"]) / 100 * due
        if row["estado"] in ("S.I.", "S.P.") or not plan.due(corte):
            due, done = _known(Activity(plan, kinds[name]), corte)
        if kinds[name]["tipo_agregacion"] == "acumulado_mensual" and due > 0:
            part = min(due, corte / max(plan.cortes))
            due, done = part, done / due * part
        unit = row["centro_costo_id"]
        measured.append(Measured(name, unit, float(weights[name]), due, done))
    return measured


def _known(activity: Activity, corte: int) -> tuple[float, float]:
    """Programmed and executed share of the months that are registered."""
    plan = activity.plan
    months = plan.months_to(corte)
    known = [k for k in months if activity.registered(k) is not None]
    year = [k for k in plan.months_to(max(plan.cortes)) if activity.programmed(k) > 0]
    if activity.by_months:
        ratios = [activity.executed(k) / activity.programmed(k) for k in known if k in year]
        return len(ratios) / len(year), float(sum(ratios)) / len(year)
    last = activity.row["tipo_agregacion"] == "acumulado_mensual"

    def accumulated(values: list) -> float:
        positive = [value for value in values if value > 0]
        return float(positive[-1] if last else sum(positive)) if positive else 0.0

    target = accumulated([activity.programmed(k) for k in year])
    due = accumulated([activity.programmed(k) for k in known])
    done = accumulated([activity.executed(k) for k in months])
    return due / target, done / target


def habits(before: Plan | None, rows: list[Row], corte: int) -> dict[str | None, Habit]:
    """What each unit (and, under None, the entity) made of the year before."""
    found: dict[str | None, Habit] = {}
    if before is None:
        return found
    last = max(before.cortes)
    tables = [
        {
            row["centro_costo_id"]: row
            for row in centre_rows(before, [r for r in rows if r["mes_corte"] == month], month)
            if row["alcance"] == "propio"
        }
        for month in (corte, last)
    ]
    for unit, end in tables[1].items():
        cut = tables[0].get(unit)
        if cut is None or end["avance_parcial_pct"] is None:
            continue
        if cut["avance_parcial_pct"] is None and cut["estado"] != "S.P.":
            continue
        for key in (unit, None):
            found.setdefault(key, Habit()).add(
                end["n_actividades"],
                float(cut["programado_anual_pct"]) / 100,
                float(cut["ejecutado_anual_pct"]) / 100,
                float(end["avance_parcial_pct"]) / 100,
            )
    return found


def project(
    measured: list[Measured], history: dict[str | None, Habit], *, cap: float | None, red: float
) -> None:
    """Fill in the projection of each activity; red ends at `red` percent, which it excludes."""
    p = PARAMETERS
    total = history.get(None)
    none = Habit()

    def pull(part: float, whole: float, weight: float, prior: float) -> float:
        return (part + weight * prior) / (whole + weight)

    entity_pace = pull(
        sum(m.counted(p["ritmo_maximo"]) for m in measured),
        sum(m.due for m in measured),
        p["peso_ritmo_entidad"],
        total.final / total.count if total else p["ritmo_inicial"],
    )
    year = total or none
    weight = p["peso_recuperacion"]
    entity_recovery = pull(year.recovered, year.backlog, weight, p["recuperacion_inicial"])
    entity_recovery = min(max(entity_recovery, 0), 1)
    entity_boost = min(pull(year.excess, year.ahead, weight, 0), p["aceleracion_maxima"])
    paces, recoveries, boosts = {}, {}, {}
    for unit in {m.unit for m in measured}:
        own = [m for m in measured if m.unit == unit]
        paces[unit] = pull(
            sum(m.counted(p["ritmo_maximo"]) for m in own),
            sum(m.due for m in own),
            p["peso_ritmo_unidad"],
            entity_pace,
        )
        past = history.get(unit, none)
        recovery = pull(past.recovered, past.backlog, weight, entity_recovery)
        recoveries[unit] = min(max(recovery, 0), 1)
        boosts[unit] = min(pull(past.excess, past.ahead, weight, entity_boost),
                           p["aceleracion_maxima"])  # fmt: skip
    squares = sum(
        m.due * (m.counted(p["ritmo_maximo"]) / m.due - paces[m.unit]) ** 2
        for m in measured
        if m.due > 0
    )
    variance = pull(
        squares, sum(m.due for m in measured), p["peso_dispersion"], p["dispersion_inicial"] ** 2
    )
    k, z = p["peso_ritmo_actividad"], p["z_intervalo"]
    for m in measured:
        ahead, backlog = max(1 - m.due, 0), max(m.due - m.done, 0)
        pace = pull(m.counted(p["ritmo_maximo"]), m.due, k, paces[m.unit]) + boosts[m.unit]
        mean = 100 * (m.done + pace * ahead + recoveries[m.unit] * backlog)
        sd = 100 * sqrt(
            ahead**2 * variance * k / (m.due + k) + (p["dispersion_atraso"] * backlog) ** 2 + 0.0001
        )
        limit = float("inf") if cap is None else cap
        m.reached = min(100 * m.done, limit)
        m.projected = min(mean, limit)
        m.low = min(max(mean - z * sd, min(100 * m.done, mean)), limit)
        m.high = min(mean + z * sd, limit)
        m.red = 0 if m.reached >= red else below((red - mean) / sd)
        d = (limit - mean) / sd
        m.expected = mean
        if cap is not None:
            density = exp(-(d**2) / 2) / sqrt(2 * pi)
            m.expected = max(mean * below(d) + cap * (1 - below(d)) - sd * density, m.reached)
        m.deviation = (m.high - m.low) / (2 * z)


def mean_of(parts: list[tuple[float, float, float]]) -> tuple[float, float]:
    """Mean and deviation of (weight, expected, deviation), whose errors are correlated."""
    weights = sum(weight for weight, _, _ in parts)
    mean = sum(weight * expected for weight, expected, _ in parts) / weights
    together = sum(weight * deviation for weight, _, deviation in parts) ** 2
    apart = sum((weight * deviation) ** 2 for weight, _, deviation in parts)
    share = PARAMETERS["correlacion"]
    return mean, sqrt(share * together + (1 - share) * apart) / weights
