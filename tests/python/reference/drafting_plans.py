"""Random plans of every profile, and whole folders of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count

from .drafting import Draft
from .drafting_activities import (
    PlanDraft,
    draft_activity,
    draft_exact,
    draft_loose,
    draft_report,
    draft_thirds,
)
from .drafting_catalogs import draft_budget, draft_entity, draft_indicators, draft_method
from .inputs import Row

# suelto: no pattern. limite: means of activities that fall exactly on a limit. empate: rounding
# ties and limits activity by activity. reportado: no programming, only reported results.
PROFILES = ("suelto", "suelto", "limite", "empate", "reportado")


class Shape:
    """The elements of a plan under construction, with numbered codes that repeat per plan.

    Activities and centres have the codes of objectives and actions too: only the level tells a
    result reported of one from that of another.
    """

    def __init__(self, context: PlanDraft, centres: list[str]) -> None:
        self.context, self.draft, self.centres = context, context.draft, centres
        self.numbers = count(1)
        # No plan has five objectives: an indicator names one of either by its code alone.
        self.action_numbers = count(5)
        # Two centres stay without activities of their own where the tree has enough of them.
        self.busy = centres[:-2] if len(centres) > 4 else centres

    def _weight(self) -> Decimal | None:
        choices = (None, Decimal(0), *(self.draft.number(1, 60) for _ in range(5)))
        return self.draft.rng.choice(choices)

    def objective(self, number: int, **fixed) -> str:
        """A new OEI; returns its code."""
        code = f"{number:02d}"
        row = {"ponderacion": self._weight()} | fixed
        self.draft.add("objetivos", **self.context.key, oei_id=code, nombre=f"{code} á", **row)
        return code

    def action(self, oei: str, **fixed) -> str:
        """A new AEI of an OEI; returns its code."""
        code = f"{next(self.action_numbers):02d}"
        row = {"ponderacion": self._weight(), "nombre": f"{code} ñ"} | fixed
        self.draft.add("acciones", **self.context.key, aei_id=code, oei_id=oei, **row)
        return code

    def activity(self, aei: str, **fixed) -> Row:
        """A new activity of an AEI in a random centre."""
        centre = self.draft.rng.choice(self.busy)
        name = f"{next(self.numbers):02d}"
        return draft_activity(self.context, name, aei, centre, **fixed)


def _loose(shape: Shape) -> None:
    draft, rng = shape.draft, shape.draft.rng
    zero_weights = draft.chance(0.1)
    for number in range(1, rng.randint(1, 3) + 1):
        oei = shape.objective(number)
        for _ in range(rng.randint(0, 3)):
            aei = shape.action(oei)
            for _ in range(rng.choice((0, 1, 1, 2, 3, 5))):
                fixed = {"ponderacion": rng.choice((None, Decimal(0)))} if zero_weights else {}
                draft_loose(shape.context, shape.activity(aei, **fixed))


def _ties(shape: Shape) -> None:
    context, draft = shape.context, shape.draft
    oei = shape.objective(1)
    for _ in range(3):
        aei = shape.action(oei)
        for _ in range(draft.rng.randint(1, 4)):
            percentage = max(context.awkward_percentage(), Decimal(0))
            if draft.chance(0.3) and percentage >= 34:
                row = shape.activity(aei, tipo_agregacion="no_acumulado")
                draft_thirds(context, row, percentage)
            else:
                draft_exact(context, shape.activity(aei), percentage)


def _limits(shape: Shape) -> None:
    """Means that fall on a limit: pairs around it, and thirds that only add up above."""
    context, rng = shape.context, shape.draft.rng
    cut = rng.choice((*context.cuts, *(Decimal(75), Decimal(95)) * 2))
    unit = Decimal(1).scaleb(-context.method["decimales_actividad"])
    simple = context.method["ponderacion"] == "simple"
    oei = shape.objective(1)
    for _ in range(2):
        aei = shape.action(oei, ponderacion=Decimal(10))
        one, other = (1, 1) if simple else (rng.randint(1, 4), rng.randint(1, 4))
        gap = unit * rng.randint(1, 4)
        for weight, percentage in ((one, cut - other * gap), (other, cut + one * gap)):
            row = shape.activity(aei, ponderacion=Decimal(weight))
            draft_exact(context, row, max(percentage, Decimal(0)))
    oei = shape.objective(2)
    total = 2 * min(int(cut), 95) - 1
    one = rng.randint(max(0, total - 99), min(99, total))
    other = total - one
    for figures in ((one, one, one + 1), (other, other + 1, other + 1)):
        aei = shape.action(oei, ponderacion=Decimal("0.3333"))
        for figure in figures:
            row = shape.activity(aei, ponderacion=Decimal("0.1"))
            draft_exact(context, row, Decimal(figure))


def _reported(shape: Shape) -> None:
    """A plan without programming: elements with and without activities."""
    context, rng = shape.context, shape.draft.rng
    for number in range(1, rng.randint(2, 4) + 1):
        oei = shape.objective(number)
        for _ in range(rng.randint(0, 2)):
            aei = shape.action(oei)
            for _ in range(rng.choice((0, 0, 0, 1, 2))):
                row = shape.activity(aei)
                for corte in rng.sample(context.months, 2):
                    draft_report(context, "AO", row["actividad_id"], corte)


_BUILDERS = {"suelto": _loose, "limite": _limits, "empate": _ties, "reportado": _reported}


def _reports_above(shape: Shape, plan: Row, share: float) -> None:
    """Reported results of AEIs, OEIs and centres, with activities in them or without."""
    context, draft, rng = shape.context, shape.draft, shape.draft.rng
    tables = draft.tables

    def own(table: str, column: str) -> list[str]:
        return [
            row[column]
            for row in tables[table]
            if (row["entidad_id"], row["plan_id"]) == (plan["entidad_id"], plan["plan_id"])
        ]

    elements = [("AEI", name) for name in own("acciones", "aei_id")]
    elements += [("OEI", name) for name in own("objetivos", "oei_id")]
    elements += [("CC", name) for name in shape.centres]
    for level, name in elements:
        if draft.chance(share):
            for corte in rng.sample(context.months, min(2, len(context.months))):
                draft_report(context, level, name, corte)
    if draft.chance(0.7) and plan["con_seguimiento"]:
        names = own("objetivos", "oei_id") + own("acciones", "aei_id")
        draft_indicators(draft, plan, names, context.months)


def _draft_plan(draft: Draft, entity: str, centres: list[str], number: int, turn: int) -> None:
    rng, profile = draft.rng, PROFILES[turn % len(PROFILES)]
    method, cuts = draft_method(draft, f"m-{entity}-{number}", turn)
    kind = rng.choice(("POI", "POI", "PEI", "POA"))
    plan = draft.add(
        "planes",
        entidad_id=entity,
        plan_id=f"plan-{number}",
        tipo="POI" if profile == "reportado" and kind == "POA" else kind,
        nombre=f"Plan {number}",
        anio=draft.as_of.year + rng.choice((-1, 0, 0, 0, 0, 1)),
        periodicidad=rng.choice(("mensual", "mensual", "trimestral")),
        metodologia_id=method["metodologia_id"],
        con_seguimiento=turn % 9 != 4,
    )
    context = PlanDraft(draft, plan, method, cuts)
    if profile == "reportado" and len(context.months) < 2:
        context.months = [3, 6]
    shape = Shape(context, centres)
    _BUILDERS[profile](shape)
    if profile in ("suelto", "reportado"):
        _reports_above(shape, plan, share=0.35 if profile == "suelto" else 0.8)


def draft_folder(seed: int, plans: int, as_of: date) -> Draft:
    """A folder of `plans` valid plans of all profiles, made from a seed."""
    draft = Draft(seed, as_of)
    drafted, entities = 0, count(1)
    while drafted < plans:
        entity = f"E{next(entities):02d}"
        centres = draft_entity(draft, entity)
        for number in range(1, draft.rng.randint(1, 3) + 1):
            _draft_plan(draft, entity, centres, number, drafted)
            drafted += 1
        draft_budget(draft, entity, as_of.year)
    return draft
