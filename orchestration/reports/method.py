"""The rules of a plan's method in words: the footnotes of every report.

Belongs here: sentences for what dim_plan says. Does not: a rule that dim_plan does not give.
"""

from orchestration.reports.marts import Row
from orchestration.reports.printing import QUANTITY

NO_WEIGHT = (
    "los pesos de las partes con cifra suman 0, y no hay entre qué dividir; revise la ponderación."
)
"""Why what is complete may have no advance (contract, section 2, AEI), wherever it is said."""

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")


def notes(plan: Row) -> list[str]:
    """The rules that the figures really follow, numbered as the official report numbers its own."""
    return [f"({_ROMAN[number]}) {text}" for number, text in enumerate(sentences(plan))]


def sentences(plan: Row) -> list[str]:
    """The same rules, without numbers."""
    source = f" ({plan['metodologia_documento']})" if plan["metodologia_documento"] else ""
    return [
        f"Metodología: {plan['metodologia']}{source}.",
        _accumulation(plan),
        _advance(plan),
        *_states(plan),
        f"EJECUCIÓN FÍSICA POR AEI: {_mean(plan)} del avance de sus AO.",
        _entity(plan),
        *_without_weight(plan),
    ]


def _accumulation(plan: Row) -> str:
    without = {
        "promedio_mensual": "si es «No Acumulado», solo se señala con «-»",
        "acumulado": "si es «No Acumulado», se suman los meses como en «Acumulado Anual»",
    }[plan["regla_no_acumulado"]]
    return (
        "AVANCE ACUMULADO según el tipo de agregación: si es «Acumulado Anual», se suman los "
        "meses; si es «Acumulado Mensual», se toma el último valor mayor que cero; "
        f"{without}."
    )


def _advance(plan: Row) -> str:
    cap = plan["tope_pct"]
    limit = f"con tope de {QUANTITY.text(cap)} %" if cap is not None else "sin tope"
    monthly = (
        "; si es «No Acumulado», el promedio de (ejecución / programación) × 100 de cada mes"
        if plan["regla_no_acumulado"] == "promedio_mensual"
        else ""
    )
    places = plan["decimales_actividad"]
    return (
        "AVANCE % ACUMULADO: (ejecución acumulada / programación acumulada) × 100"
        f"{monthly}; {limit}, redondeado a {places} {'decimal' if places == 1 else 'decimales'}."
    )


def _states(plan: Row) -> list[str]:
    if not plan["con_seguimiento"]:
        return ["Del plan solo se conoce la programación: no hay ejecución ni avance."]
    months = plan["plazo_registro_meses"]
    after = f"{months} {'mes' if months == 1 else 'meses'} después de terminado el mes"
    if months == 0:
        after = "el último día del mes"
    incomplete = {
        "bloquear": (
            "«S.I.» (seguimiento incompleto): falta el registro de algún mes cuyo plazo ya "
            f"venció; vence {after}. La AO no tiene avance, y su AEI tampoco mientras tanto."
        ),
        "cero": f"Un mes sin registro cuyo plazo ya venció ({after}) cuenta como 0.",
    }[plan["sin_seguimiento"]]
    unprogrammed = {
        "excluir": "No entra en los promedios.",
        "cien": "Cuenta como 100 %.",
    }[plan["sin_programacion"]]
    return [
        incomplete,
        f"«S.P.» (sin programación): programación cero hasta el corte. {unprogrammed}",
    ]


def _mean(plan: Row) -> str:
    return {"simple": "promedio simple", "ponderada": "promedio ponderado por el peso"}[
        plan["ponderacion"]
    ]


def _without_weight(plan: Row) -> list[str]:
    """Why an element whose months are complete may have no advance."""
    if plan["ponderacion"] != "ponderada" or not plan["con_seguimiento"]:
        return []
    return [f"«sin avance»: {NO_WEIGHT}"]


def _entity(plan: Row) -> str:
    over = {
        "actividades": "las AO",
        "acciones": "las AEI",
        "objetivos": "los OEI",
    }[plan["promedio_entidad"]]
    return f"PROMEDIO DE EJECUCIÓN FÍSICA: {_mean(plan)} del avance de {over}."
