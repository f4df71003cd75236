"""What the page «Método» says: each method's rules and bands, and the quality rules, in words.

Belongs here: which sentences, in which order. Does not: the sentences (rules.py).
"""

from dataclasses import dataclass

from orchestration.dashboard.reading import Rows
from orchestration.dashboard.rules import Row, sentences
from orchestration.reports.marts import Marts

_LABELS = (
    ("avance", "Avance de una actividad"),
    ("acumulado_anual", "Si es de acumulado anual"),
    ("acumulado_mensual", "Si es de acumulado mensual"),
    ("no_acumulado", "Si no es acumulable"),
    ("S.P.", "S.P."),
    ("S.I.", "S.I."),
    ("AEI", "Acción (AEI)"),
    ("OEI", "Objetivo (OEI)"),
    ("ENTIDAD", "Entidad"),
    ("CC", "Unidad, propio"),
    ("CC_TOTAL", "Unidad, total"),
    ("dinero", "Dinero"),
    ("anual", "Curva S"),
    ("aporte", "Puntos que resta"),
    ("indicador", "Indicador"),
    ("resultado", "Resultado de un objetivo"),
    ("presupuesto", "Presupuesto"),
    ("completitud", "Registros al día"),
)

_SCOPES = {"fisico": "Avance físico", "financiero": "Dinero", "indicador": "Indicadores"}


@dataclass(frozen=True)
class Method:
    """A method, for the page.

    Attributes:
        name: its name.
        document: the document that it comes from, or None.
        plans: what follows it: «Entidad, plan».
        rules: (what it is about, sentence).
        bands: (scope in words, bands worst first).
    """

    name: str
    document: str | None
    plans: list[str]
    rules: list[tuple[str, str]]
    bands: list[tuple[str, Rows]]


def methods(marts: Marts, catalogs: dict[str, Rows]) -> list[Method]:
    """The methods that plans follow, by name."""
    plans = marts.rows(
        """
        select plan.*, entidad.nombre as entidad
        from marts.dim_plan as plan
        join marts.dim_entidad as entidad using (entidad_id)
        order by plan.metodologia, entidad.nombre, plan.plan_id
        """
    )
    by_method: dict[object, list[Row]] = {}
    for plan in plans:
        by_method.setdefault(plan["metodologia_id"], []).append(plan)
    return [_method(code, found, catalogs["bandas"]) for code, found in by_method.items()]


def _method(code: object, plans: list[Row], bands: Rows) -> Method:
    texts = sentences(plans[0])
    own = [band for band in bands if band["metodologia_id"] == code]
    return Method(
        name=plans[0]["metodologia"],
        document=plans[0]["metodologia_documento"],
        plans=[f"{plan['entidad']}, {plan['nombre']}" for plan in plans],
        rules=[(label, texts[key]) for key, label in _LABELS],
        bands=[
            (words, [band for band in own if band["ambito"] == scope])
            for scope, words in _SCOPES.items()
        ],
    )
