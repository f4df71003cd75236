"""Whether the registration of a corte is due yet, and what is said where it is not.

Belongs here: what status, reports and explanations say of it, in the words of the dashboard. Does
not: which corte is due, which dim_plan says.
"""

from collections.abc import Mapping

NONE_DUE = "Ningún mes exigible todavía: las cifras no llevan color."


def waits(plan: Mapping[str, object], month: int) -> bool:
    """Say whether a corte is still to be registered: its figures then have no colour.

    Of a plan without follow-up nothing is to be registered: none of its cortes waits.

    Args:
        plan: row of dim_plan.
        month: the corte.
    """
    last_due = plan["corte_exigible"]
    return bool(plan["con_seguimiento"]) and (last_due is None or month > int(str(last_due)))


def waiting(plan: Mapping[str, object], month: int, name: str) -> str:
    """Say why the figures of a corte have no colour yet; empty where they have.

    Args:
        plan: row of dim_plan.
        month: the corte.
        name: name of its month.
    """
    if not waits(plan, month):
        return ""
    if plan["corte_exigible"] is None:
        return NONE_DUE
    return (
        f"El registro de {name.lower()} de {plan['anio']} está por vencer: sus cifras todavía no "
        "llevan color."
    )
