"""The rules of a plan in words, for who asks a figure «why?». Pure.

Belongs here: sentences for what dim_plan says. Does not: a rule that dim_plan does not give.
The footnotes of the official reports are reports/method.py.
"""

from orchestration.reports.method import NO_WEIGHT
from orchestration.reports.printing import QUANTITY

Row = dict[str, object]

_NOT_REPORTED = "Seguimiento incompleto: la fuente no reporta lo ejecutado ni un avance."


def sentences(plan: Row) -> dict[str, str]:
    """One sentence per kind of figure, keyed as the pages ask for them."""
    return {
        **_aggregation(plan),
        "avance": _advance(plan),
        "AEI": f"{_mean(plan)} del avance de sus actividades (AO).{_blocked(plan)}",
        "OEI": f"{_mean(plan)} del avance de sus acciones (AEI).{_blocked(plan)}",
        "ENTIDAD": f"{_mean(plan)} del avance de {_over(plan)}.{_blocked(plan)}",
        "CC": f"{_mean(plan)} del avance de las actividades de la unidad.{_blocked(plan)}",
        "CC_TOTAL": (
            f"{_mean(plan)} del avance de las actividades de la unidad y de las que dependen de "
            f"ella.{_blocked(plan)}"
        ),
        "mediana": "La actividad que queda al medio al ordenarlas por su avance.",
        "dinero": (
            "Suma de lo ejecutado entre suma de lo programado hasta el corte, por 100; sin tope."
        ),
        "anual": (
            "Parte de la meta del año programada y ejecutada hasta el corte: "
            f"{_mean(plan).lower()} de las actividades. Lo ejecutado de cada una cuenta hasta "
            "100 % de su año; lo programado no tiene tope: pasa de 100 % si una meta acumulada "
            "baja después."
        ),
        "aporte": (
            "Peso de la actividad en el avance de la entidad, por lo que le falta para 100 %: "
            "los puntos que el avance subiría si la actividad llegara a su meta."
        ),
        "indicador": (
            "Obtenido entre programado, por 100; si el indicador es descendente, al revés; con "
            "línea base, lo recorrido desde ella."
        ),
        "resultado": "Indicadores logrados del objetivo y sus acciones, entre todos los suyos.",
        "presupuesto": "Ejecución entre presupuesto modificado (PIM), por 100.",
        "completitud": (
            "Registros hechos entre los que ya debían estar; el plazo de un mes vence "
            f"{_deadline(plan['plazo_registro_meses'])}."
        ),
        "S.P.": (
            "Sin programación: nada programado hasta el corte. "
            + {"excluir": "No entra en los promedios.", "cien": "Cuenta como 100 %."}[
                plan["sin_programacion"]
            ]
        ),
        "S.I.": {
            "bloquear": (
                "Seguimiento incompleto: falta el registro de algún mes cuyo plazo ya venció. "
                "No tiene avance, y el nivel de arriba tampoco mientras tanto."
            ),
            "cero": f"{_NOT_REPORTED} Un mes sin registro no lo es: cuenta como 0.",
        }[plan["sin_seguimiento"]],
        "S.I. reportado": _NOT_REPORTED,
        "sin_avance": f"Sin avance: {NO_WEIGHT}",
        "sin_seguimiento": "Del plan solo se conoce la programación: no hay ejecución ni avance.",
        "reportado": (
            "La cifra viene ya acumulada de la fuente: los meses no se conocen o están incompletos."
        ),
    }


def _deadline(months: object) -> str:
    if months == 0:
        return "el día en que termina"
    return f"{months} {'mes' if months == 1 else 'meses'} después de que termina"


def _aggregation(plan: Row) -> dict[str, str]:
    without = {
        "promedio_mensual": (
            "No acumulado: promedio de ejecutado entre programado de cada mes con programación."
        ),
        "acumulado": "No acumulado: se suman los meses hasta el corte, como en el acumulado anual.",
    }[plan["regla_no_acumulado"]]
    return {
        "acumulado_anual": "Acumulado anual: se suman los meses hasta el corte.",
        "acumulado_mensual": (
            "Acumulado mensual: vale el último mes con un valor mayor que cero, en lo programado "
            "y en lo ejecutado."
        ),
        "no_acumulado": without,
    }


def _advance(plan: Row) -> str:
    cap = plan["tope_pct"]
    limit = "sin tope" if cap is None else f"con tope de {QUANTITY.text(cap)} %"
    places = plan["decimales_actividad"]
    return (
        f"Avance: ejecutado entre programado, por 100, {limit}, redondeado a "
        f"{places} {'decimal' if places == 1 else 'decimales'}."
    )


def _mean(plan: Row) -> str:
    return {"simple": "Promedio simple", "ponderada": "Promedio ponderado por el peso"}[
        plan["ponderacion"]
    ]


def _over(plan: Row) -> str:
    return {
        "actividades": "las actividades (AO)",
        "acciones": "las acciones (AEI)",
        "objetivos": "los objetivos (OEI)",
    }[plan["promedio_entidad"]]


def _blocked(plan: Row) -> str:
    if plan["sin_seguimiento"] != "bloquear":
        return ""
    return " Si falta un registro vencido (S.I.) solo hay avance parcial, el de las que sí tienen."
