"""`rpt_cronograma_poa`: the programmed share of each month, by objective and unit (POA)."""

from __future__ import annotations

from fractions import Fraction

from .activity import Activity
from .inputs import Row
from .plans import Plan


def _objective_share(plan: Plan, action: Row, month: int) -> Fraction:
    """Σ weight/100 · p_k/Σp over all activities of the AEI; weights as given."""
    share = Fraction(0)
    for row in plan.activities:
        if row["aei_id"] == action["aei_id"]:
            activity = Activity(plan, row)
            year = sum(activity.programmed(k) for k in activity.programme)
            if year:
                weight = (row["ponderacion"] or Fraction(0)) / 100
                share += weight * activity.programmed(month) / year
    return share


def schedule_rows(plan: Plan) -> list[Row]:
    """AEI rows per centre with part in it, and the centre's own rows; POA plans only."""
    if plan.row["tipo"] != "POA":
        return []
    part_in: dict[str, set[str]] = {}
    for row in plan.activities:
        part_in.setdefault(row["centro_costo_id"], set()).add(row["aei_id"])
    rows = []
    for month in plan.cortes:
        objective_share = {a["aei_id"]: _objective_share(plan, a, month) for a in plan.actions}
        for centre, aeis in part_in.items():
            actions = [a for a in plan.actions if a["aei_id"] in aeis]
            objectives = {a["oei_id"] for a in actions}
            unit = sum(
                (a["ponderacion"] or Fraction(0)) / 100 * objective_share[a["aei_id"]]
                for a in actions
            ) / len(objectives)
            shares = [("AEI", name, objective_share[name]) for name in sorted(aeis)]
            for level, element, share in [*shares, ("CC", centre, unit)]:
                rows.append(
                    plan.key
                    | {
                        "centro_costo_id": centre,
                        "nivel": level,
                        "elemento_id": element,
                        "mes": month,
                        "programado_mes_pct": 100 * share,
                    }
                )
    return rows
