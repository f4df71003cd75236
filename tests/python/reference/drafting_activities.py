"""Random activities: programmes in versions, registrations and corrections, reported results.

Two sorts: loose ones, and exact ones whose executed figure is a chosen percentage of the
programmed one in every month, so that bands and rounding are met exactly on the limit.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from .drafting import Draft
from .inputs import Row
from .plans import last_day

TYPES = ("acumulado_anual", "acumulado_mensual", "no_acumulado")


class PlanDraft:
    """What the activities of one plan share."""

    def __init__(self, draft: Draft, plan: Row, method: Row, cuts: list[Decimal]) -> None:
        self.draft, self.plan, self.method, self.cuts = draft, plan, method, cuts
        self.key = {"entidad_id": plan["entidad_id"], "plan_id": plan["plan_id"]}
        step = 3 if plan["periodicidad"] == "trimestral" else 1
        end = draft.rng.choice((12, 12, 12, 12, 9, 6, 3))
        self.months = list(range(step, end + 1, step))

    def awkward_percentage(self) -> Decimal:
        """A percentage on, just under or just over a limit, or on a rounding tie."""
        rng, decimals = self.draft.rng, self.method["decimales_actividad"]
        unit = Decimal(1).scaleb(-decimals)
        half = Decimal(5).scaleb(-decimals - 1)
        around = rng.choice((Decimal(0), unit, -unit, half, -half))
        cut = rng.choice((*self.cuts, Decimal(75), Decimal(95), Decimal(100)))
        if self.draft.chance(0.5):
            return cut + around
        return self.draft.number(0, 130, decimals) + half


def draft_programme(context: PlanDraft, name: str, unit: int, gap: float) -> dict[int, Decimal]:
    """Versions of an activity's targets; returns those in force on the report date.

    Physical targets are multiples of `unit` (0 = any number); `gap` is the share of months
    that are 0 or not programmed.
    """
    draft, rng = context.draft, context.draft.rng
    year = context.plan["anio"]
    dated = date(year - 1, 12, 20) + timedelta(rng.choice((0, 0, 0, 45)))
    in_force: dict[int, Decimal] = {}
    for version in range(rng.choice((1, 1, 2, 3))):
        for month in context.months:
            if version and not draft.chance(0.4):
                continue
            if draft.chance(gap):
                if draft.chance(0.5):
                    continue
                target = Decimal(0)
            else:
                target = Decimal(rng.randint(1, 40) * unit) if unit else draft.number(0, 60)
            draft.add(
                "metas_programadas",
                **context.key,
                actividad_id=name,
                mes=month,
                version=version,
                fecha_version=dated,
                meta_fisica=target,
                meta_financiera=draft.maybe(0.7, 0, 50_000, 2),
            )
            if dated <= draft.as_of:
                in_force[month] = target
        dated += timedelta(rng.choice((0, 30, 60, 90, 120, -10)))
    return in_force


def draft_registrations(
    context: PlanDraft, name: str, amounts: dict[int, Decimal | None], habit: str
) -> None:
    """Registrations of the months that have begun, by habit.

    `completo`: every month, by the report date; `con_huecos`: months missing, values null, dates
    after the report date. Some are corrected, before or after the report date.
    """
    draft, rng = context.draft, context.draft.rng
    for month, amount in amounts.items():
        begins = last_day(context.plan["anio"], month).replace(day=1)
        if begins > draft.as_of or (habit == "con_huecos" and draft.chance(0.25)):
            continue
        when = last_day(context.plan["anio"], month) + timedelta(rng.randint(-15, 110))
        if habit == "completo":
            when = min(when, draft.as_of)
        without_value = habit == "con_huecos" and draft.chance(0.15)
        entries = [(when, None if without_value else amount)]
        if draft.chance(0.2):
            before = when - timedelta(rng.randint(1, 20))
            entries.append((before, draft.maybe(0.7, 0, 80)))
        if draft.chance(0.15):
            entries.append((draft.as_of + timedelta(rng.randint(1, 60)), draft.number(0, 80)))
        for registered, physical in dict(entries).items():
            draft.add(
                "metas_ejecutadas",
                **context.key,
                actividad_id=name,
                mes=month,
                fecha_registro=registered,
                ejecucion_fisica=physical,
                ejecucion_financiera=draft.maybe(0.7, 0, 50_000, 2),
            )


def draft_report(
    context: PlanDraft, level: str, element: str, corte: int, *, sums: bool = True
) -> None:
    """A reported result with some of its figures.

    `sums` = false: the months give no P to set an executed figure against (they are averaged), so
    one never comes without P or a percentage.
    """
    draft = context.draft
    programmed = draft.maybe(0.7, 0, 200)
    if programmed is not None and draft.chance(0.25):
        programmed = Decimal(0)
    executed = draft.maybe(0.7, 0, 250)
    percentage = context.awkward_percentage() if draft.chance(0.5) else None
    if programmed is None and not sums and percentage is None:
        executed = None
    if percentage is not None:
        percentage = max(percentage, Decimal(0)).quantize(Decimal("0.0001"))
    draft.add(
        "resultados_reportados",
        **context.key,
        mes_corte=corte,
        nivel=level,
        elemento_id=element,
        n_actividades=draft.rng.choice((None, 1, 4, 12)) if level != "AO" else None,
        programado_fisico=programmed,
        ejecutado_fisico=executed,
        avance_fisico_pct=percentage,
        programado_financiero=draft.maybe(0.5, 0, 90_000, 2),
        ejecutado_financiero=draft.maybe(0.5, 0, 90_000, 2),
    )


def draft_activity(context: PlanDraft, name: str, aei: str, centre: str, **fixed) -> Row:
    """The activity's own row; `fixed` overrides what is random."""
    draft, rng = context.draft, context.draft.rng
    row = {
        "tipo_agregacion": rng.choice(TYPES),
        "ponderacion": rng.choice((None, Decimal(0), *(draft.number(1, 40) for _ in range(5)))),
    }
    return draft.add(
        "actividades",
        **context.key,
        actividad_id=name,
        aei_id=aei,
        centro_costo_id=centre,
        nombre=f"Actividad {name}; informe, taller",
        prioridad=rng.choice((None, "muy_alta", "alta", "media", "baja")),
        unidad_medida="INFORME",
        **(row | fixed),
    )


def draft_exact(context: PlanDraft, row: Row, percentage: Decimal) -> None:
    """Months of an activity that has `percentage` (≥ 0, five places) at every corte."""
    name = row["actividad_id"]
    targets = draft_programme(context, name, unit=1000, gap=0.2)
    amounts = {month: targets.get(month, Decimal(0)) * percentage / 100 for month in context.months}
    draft_registrations(context, name, amounts, "completo")


def draft_thirds(context: PlanDraft, row: Row, percentage: Decimal) -> None:
    """Three months at 1/3, 2/3 and what brings their mean to `percentage` (≥ 34)."""
    name, rest = row["actividad_id"], 3 * percentage - 100
    months = dict(zip(context.months[-3:], ((3, 1), (6, 4), (1000, 10 * rest)), strict=False))
    for month, (target, _) in months.items():
        context.draft.add(
            "metas_programadas",
            **context.key,
            actividad_id=name,
            mes=month,
            version=0,
            fecha_version=date(context.plan["anio"] - 1, 12, 20),
            meta_fisica=Decimal(target),
            meta_financiera=None,
        )
    amounts = {month: Decimal(months.get(month, (0, 0))[1]) for month in context.months}
    draft_registrations(context, name, amounts, "completo")


def draft_loose(context: PlanDraft, row: Row) -> None:
    """Months of an activity without any pattern, with reported results at some cortes."""
    draft, rng = context.draft, context.draft.rng
    name = row["actividad_id"]
    targets: dict[int, Decimal] = {}
    if not draft.chance(0.08):
        targets = draft_programme(context, name, unit=0, gap=rng.choice((0, 0.4, 0.4, 1)))
    habit = rng.choice(("completo", "completo", "con_huecos", "nada"))
    if habit != "nada":
        most = rng.choice((70, 70, 70, 10**11))
        amounts = {
            month: rng.choice((draft.number(0, most), targets.get(month, Decimal(0))))
            for month in context.months
        }
        draft_registrations(context, name, amounts, habit)
    if draft.chance(0.4):
        averaged = (
            bool(targets)
            and row["tipo_agregacion"] == "no_acumulado"
            and context.method["regla_no_acumulado"] == "promedio_mensual"
        )
        for corte in rng.sample(context.months, rng.randint(1, len(context.months))):
            draft_report(context, "AO", name, corte, sums=not averaged)
