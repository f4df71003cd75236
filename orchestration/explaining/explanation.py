"""A figure explained: who asked for what, its steps, its rules, what changed.

Belongs here: putting the parts together, and the same as JSON. Does not: a query or a layout.
"""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from orchestration.due import waiting
from orchestration.explaining.changes import Changes, compare
from orchestration.explaining.figures import Explained, explain_element, has_activities
from orchestration.explaining.indicators import (
    ElementIndicators,
    ExplainedIndicator,
    explain_indicator,
    find_indicators,
    indicator_steps,
)
from orchestration.explaining.naming import Asked, find
from orchestration.explaining.publications import damaged, find_reference
from orchestration.explaining.reading import Build, Row, open_build
from orchestration.explaining.steps import steps
from orchestration.reports.method import sentences
from orchestration.settings import WarehousePaths

_BANDS = """
    select ambito, color, letra, etiqueta, hex from marts.dim_semaforo
    where metodologia_id = $metodologia_id order by ambito, orden
"""


@dataclass(frozen=True)
class Explanation:
    """Everything that is said about a figure.

    Attributes:
        asked: the element and the corte.
        root: its figure and the steps below.
        bands: the method's colours, by scope.
        indicators: those of the element, where it is an action or objective.
        rules: sentences about the method.
        changes: against the publication before; None where there is none to compare with.
        notices: what a reader has to know first.
        hint: how to see more; empty where all is shown.
    """

    asked: Asked
    root: Explained | ExplainedIndicator
    bands: list[Row]
    indicators: ElementIndicators
    rules: list[str]
    changes: Changes | None
    notices: list[str] = field(default_factory=list)
    hint: str = ""

    def as_json(self) -> str:
        """The same for machines: rows of the models under their own column names."""
        asked = self.asked
        document = {
            "entidad_id": asked.plan["entidad_id"],
            "plan_id": asked.plan["plan_id"],
            "nivel": asked.level,
            "elemento_id": asked.element,
            "alcance": asked.scope or None,
            "mes_corte": asked.corte,
            "fecha_reporte": asked.plan["fecha_reporte"],
            "avisos": self.notices,
            "explicacion": (
                _indicator(self.root, asked.plan)
                if isinstance(self.root, ExplainedIndicator)
                else _element(self.root, asked.plan)
            ),
            "indicadores": self.indicators.rows,
            "resultado": self.indicators.result,
            "reglas": self.rules,
            "cambios": _changes(self.changes),
        }
        return json.dumps(document, ensure_ascii=False, indent=2, default=_plain)


def explain(
    paths: WarehousePaths,
    *,
    entity: str,
    plan: str,
    element: str,
    corte: str,
    level: str | None = None,
    scope: str | None = None,
    whole: bool = False,
) -> Explanation:
    """Explain the physical advance of an element, or that of an indicator, at a corte.

    Args:
        paths: the warehouse.
        entity: entidad_id.
        plan: plan_id.
        element: code of an activity, action, objective, centre, indicator, or of the entity.
        corte: number or name of the month.
        level: AO, AEI, OEI, CC, IND or ENTIDAD, where a code is of several.
        scope: `propio` or `total`, of a centre.
        whole: go down to every registration.

    Raises:
        SemaforoError: a name is unknown, or the warehouse has nothing to explain from.
    """
    with open_build(paths) as build:
        asked = find(
            build, entity=entity, plan=plan, element=element, corte=corte, level=level, scope=scope
        )
        of_indicator = asked.level == "IND"
        root = (
            explain_indicator(build, asked)
            if of_indicator
            else explain_element(build, asked, whole=whole)
        )
        changes, notices = _compared(build, paths, asked)
        why_colourless = waiting(asked.plan, asked.corte, asked.month)
        if why_colourless and not of_indicator:
            notices.append(why_colourless)
        return Explanation(
            asked=asked,
            root=root,
            bands=build.rows(_BANDS, metodologia_id=asked.plan["metodologia_id"]),
            indicators=find_indicators(build, asked),
            rules=[] if of_indicator else _rules(asked.plan),
            changes=changes,
            notices=notices,
            hint="" if of_indicator or not has_activities(build, asked) else _hint(root),
        )


def _rules(plan: Row) -> list[str]:
    """Say the rules of a plan's method; what a report marks with «-» is «—» in the tables here."""
    return [rule.replace("«-»", "«—»") for rule in sentences(plan)]


def _compared(
    build: Build, paths: WarehousePaths, asked: Asked
) -> tuple[Changes | None, list[str]]:
    """What changed, and what has to be said first."""
    as_of = asked.plan["fecha_reporte"]
    reference = find_reference(build, paths, as_of)
    before, notices = reference.before, list(reference.notices)
    if before is None:
        return None, notices
    changes = compare(build, before, asked)
    if changes is None:
        return None, [*notices, damaged(before.number)]
    if before.as_of > as_of:
        notices.append(
            f"El reporte anterior es de una fecha posterior ({before.as_of:%d/%m/%Y}): lo que se "
            f"registró después del {as_of:%d/%m/%Y} no cuenta en este."
        )
    return changes, notices


def _hint(root: Explained) -> str:
    if root.months or root.reported is not None or not root.parts:
        return ""
    followed = [one for below in root.below for one in (below, *below.below)]
    if any(one.months for one in followed):
        return ""
    return "Los meses y registros de una actividad: explíquela por su código, o agregue --todo."


def _element(explained: Explained, plan: Row) -> Row:
    found: Row = {"cifra": explained.figure, "pasos": steps(explained, plan)}
    if explained.activity is not None:
        found["actividad"] = explained.activity
    for name, rows in (
        ("partes", explained.parts),
        ("por_accion", explained.by_action),
        ("meses", explained.months),
        ("registros", explained.registrations),
    ):
        if rows:
            found[name] = rows
    if explained.reported is not None:
        found["reportado"] = explained.reported
    if explained.below:
        found["debajo"] = [_element(below, plan) for below in explained.below]
    return found


def _indicator(explained: ExplainedIndicator, plan: Row) -> Row:
    return {
        "cifra": explained.figure,
        "pasos": indicator_steps(explained.figure, plan),
        "filas": explained.rows,
    }


def _changes(changes: Changes | None) -> Row | None:
    if changes is None:
        return None
    return {
        "publicacion": changes.number,
        "fecha_reporte": changes.as_of,
        "antes": changes.before,
        "ahora": changes.now,
        "metodo": {
            name: {"antes": before, "ahora": now} for name, (before, now) in changes.method.items()
        },
        "semaforo": changes.bands,
        "centros": changes.centres,
        "elementos": changes.elements,
        "actividades": changes.activities,
        "registros": changes.rows,
        "plazos_vencidos": changes.due,
    }


def _plain(value: object) -> object:
    """Write exact numbers as texts, so that no reader turns them into binary ones, and dates."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
