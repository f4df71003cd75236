"""`fct_avance_actividad`: accumulation, state, advance and S-curve share of one activity.

Everything that is decided activity by activity; no mean over activities.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .arithmetic import band, capped, half_up, percentage
from .inputs import Row
from .plans import Plan

ZERO = Fraction(0)


@dataclass
class Figures:
    """Physical figures of an activity at a corte, before cap and rounding."""

    programmed: Fraction | None
    executed: Fraction | None
    advance: Fraction | None
    state: str


class Activity:
    """One activity of a plan with its months."""

    def __init__(self, plan: Plan, row: Row) -> None:
        self.plan = plan
        self.row = row
        self.programme = plan.programme.get(row["actividad_id"], {})
        self.registrations = plan.registrations.get(row["actividad_id"], {})
        self.by_months = (
            row["tipo_agregacion"] == "no_acumulado"
            and plan.method["regla_no_acumulado"] == "promedio_mensual"
        )

    def programmed(self, month: int) -> Fraction:
        """p_k: a month without a programme is 0."""
        return self.programme[month]["meta_fisica"] if month in self.programme else ZERO

    def registered(self, month: int) -> Fraction | None:
        """e_k, or null where no physical value is registered."""
        row = self.registrations.get(month)
        return row["ejecucion_fisica"] if row else None

    def executed(self, month: int) -> Fraction:
        """e_k, 0 where none is registered."""
        return self.registered(month) or ZERO

    def _accumulated(self, values: list[Fraction]) -> Fraction | None:
        if self.by_months:
            return None
        if self.row["tipo_agregacion"] == "acumulado_mensual":
            return next((value for value in reversed(values) if value > 0), ZERO)
        return sum(values, ZERO)

    def _without_programme(self, corte: int) -> bool:
        """No month k ≤ corte with p_k > 0: for every type the same as P = 0."""
        return not any(self.programmed(k) > 0 for k in self.plan.months_to(corte))

    def _incomplete(self, corte: int) -> bool:
        return any(
            self.plan.due(k) and self.registered(k) is None for k in self.plan.months_to(corte)
        )

    def report(self, corte: int) -> Row | None:
        """The reported result that replaces the months at this corte, if it does."""
        unknown = not self.programme and not self.registrations
        if not (unknown or self._incomplete(corte)):
            return None
        return self.plan.reported.get(("AO", self.row["actividad_id"], corte))

    def _from_months(self, corte: int) -> Figures:
        months = self.plan.months_to(corte)
        programmed = self._accumulated([self.programmed(k) for k in months])
        executed = self._accumulated([self.executed(k) for k in months])
        if self._without_programme(corte):
            return Figures(programmed, executed, None, "S.P.")
        if self._incomplete(corte) and self.plan.method["sin_seguimiento"] == "bloquear":
            return Figures(programmed, executed, None, "S.I.")
        if self.by_months:
            shares = [
                100 * self.executed(k) / self.programmed(k)
                for k in months
                if self.programmed(k) > 0
            ]
            return Figures(None, None, sum(shares, ZERO) / len(shares), "completo")
        return Figures(programmed, executed, percentage(executed, programmed), "completo")

    def _from_report(self, report: Row, corte: int) -> Figures:
        """Reported figures; P is that of the months where the report gives none.

        Where it gives no P but a percentage, and nothing at all is programmed, P is unknown
        rather than 0: the percentage holds.
        """
        programmed, executed = report["programado_fisico"], report["ejecutado_fisico"]
        percentage_given = report["avance_fisico_pct"]
        blocks = self.plan.method["sin_seguimiento"] == "bloquear"
        if executed is None and percentage_given is None and not blocks:
            executed = ZERO
        without_programme = programmed == 0
        if programmed is None and (self.programme or percentage_given is None):
            programmed = self._accumulated([self.programmed(k) for k in self.plan.months_to(corte)])
            without_programme = self._without_programme(corte)
        if without_programme:
            return Figures(programmed, executed, None, "S.P.")
        advance = percentage(executed, programmed)
        if advance is None:
            advance = percentage_given
        if advance is None and not blocks:
            advance = ZERO
        return Figures(programmed, executed, advance, "S.I." if advance is None else "completo")

    def _money(self, corte: int, report: Row | None) -> tuple[Fraction, Fraction]:
        def accumulated(months: dict[int, Row], column: str) -> Fraction:
            return sum((row[column] or ZERO for k, row in months.items() if k <= corte), ZERO)

        programmed = report and report["programado_financiero"]
        executed = report and report["ejecutado_financiero"]
        if programmed is None:
            programmed = accumulated(self.programme, "meta_financiera")
        if executed is None:
            executed = accumulated(self.registrations, "ejecucion_financiera")
        return programmed, executed

    def row_at(self, corte: int, objective: str) -> Row:
        """The mart row at a corte, without the S-curve."""
        plan, method = self.plan, self.plan.method
        report = self.report(corte)
        figures = self._from_report(report, corte) if report else self._from_months(corte)
        money_programmed, money_executed = self._money(corte, report)
        advance = figures.advance
        if figures.state == "S.P." and method["sin_programacion"] == "cien":
            advance = Fraction(100)
        rounded = (
            None
            if advance is None
            else half_up(capped(advance, method["tope_pct"]), method["decimales_actividad"])
        )
        money_advance = percentage(money_executed, money_programmed)
        row = plan.key | {
            "actividad_id": self.row["actividad_id"],
            "mes_corte": corte,
            "anio": plan.row["anio"],
            "aei_id": self.row["aei_id"],
            "oei_id": objective,
            "centro_costo_id": self.row["centro_costo_id"],
            "programado_fisico": figures.programmed,
            "ejecutado_fisico": figures.executed,
            "avance_fisico_pct": rounded,
            "avance_sin_tope_pct": advance,
            "estado": figures.state,
            "origen": "reportado" if report else "mensual",
            "semaforo_fisico": band(rounded, plan.bands["fisico"]),
            "programado_financiero": money_programmed,
            "ejecutado_financiero": money_executed,
            "avance_financiero_pct": money_advance,
            "semaforo_financiero": band(money_advance, plan.bands["financiero"]),
        }
        return row if plan.tracked else untracked(row)

    def month_shares(self, corte: int) -> tuple[Fraction | None, Fraction | None]:
        """Share of the year's programmed months, for what is averaged month by month."""
        year = [k for k in self.plan.months_to(max(self.plan.cortes)) if self.programmed(k) > 0]
        if not year:
            return None, None
        past = [k for k in year if k <= corte]
        executed = sum((min(1, self.executed(k) / self.programmed(k)) for k in past), ZERO)
        return Fraction(100 * len(past), len(year)), 100 * executed / len(year)

    def rows(self, objective: str) -> list[Row]:
        """The activity's mart rows at every corte of its plan."""
        rows = [self.row_at(corte, objective) for corte in self.plan.cortes]
        for row in rows:
            year = rows[-1]["programado_fisico"]
            if self.by_months:
                programmed, executed = self.month_shares(row["mes_corte"])
            else:
                programmed = percentage(row["programado_fisico"], year)
                executed = capped(percentage(row["ejecutado_fisico"], year), Fraction(100))
            row["programado_anual_pct"] = programmed
            row["ejecutado_anual_pct"] = executed if self.plan.tracked else None
        return rows


def untracked(row: Row) -> Row:
    """A row of a plan without follow-up: no executed figure, advance or semáforo."""
    hidden = ("ejecutad", "avance", "semaforo", "suma_ejecutada", "mediana")
    blank = {column: None for column in row if column.startswith(hidden)}
    counts = {c: 0 for c in row if c.startswith("n_") and c != "n_actividades"}
    return row | blank | counts | {"estado": "sin_seguimiento"}


def activity_rows(plan: Plan) -> list[Row]:
    """`fct_avance_actividad` of a plan: every activity at every corte."""
    objective_of = {action["aei_id"]: action["oei_id"] for action in plan.actions}
    return [
        row
        for activity in plan.activities
        for row in Activity(plan, activity).rows(objective_of[activity["aei_id"]])
    ]
