"""The data of a plan's page and of its units' pages.

Belongs here: which rows a page carries. Does not: reading, layout, a rule.
"""

from orchestration.dashboard import names
from orchestration.dashboard.reading import Rows, packed, plain, plain_rows, plan_rows
from orchestration.dashboard.rules import sentences
from orchestration.dashboard.tables import TABLES
from orchestration.reports.marts import Marts

PlanData = dict[str, Rows]

_ACTIVITY = "actividad_id"
_CENTRE = "centro_costo_id"


def read_plan(marts: Marts, entity: str, plan: str) -> PlanData:
    """Every row that the pages of a plan show; but for the plan's own, as JSON has values."""
    read = {table.name: plan_rows(marts, table, entity, plan) for table in TABLES}
    data = {name: plain_rows(rows) for name, rows in read.items()}
    data["plan"] = [{"entidad_id": entity, "plan_id": plan} | row for row in read["plan"]]
    return data


def units(data: PlanData) -> list[str]:
    """Centres that have a page: those with figures, commitments or alerts of the plan."""
    known = {row[_CENTRE] for row in data["centros"]}
    tables = ("avance_cc", "compromisos", "alertas")
    return sorted({row[_CENTRE] for table in tables for row in data[table]} & known)


def unit_data(data: PlanData, centre: str) -> PlanData:
    """What a unit's page has: rows of the centre and those below it.

    Of actions and objectives only the names: their figures are of all units that have part in them.
    """
    below = _below(data["centros"], centre)
    own = {row[_ACTIVITY] for row in data["actividades"] if row[_CENTRE] in below}
    actions = {row["aei_id"] for row in data["actividades"] if row[_ACTIVITY] in own}
    objectives = {row["oei_id"] for row in data["acciones"] if row["aei_id"] in actions}
    kept = {
        "objetivos": lambda row: row["oei_id"] in objectives,
        "acciones": lambda row: row["aei_id"] in actions,
    }
    chosen = {}
    for table in TABLES:
        rows = data[table.name]
        if table.activity:
            rows = [row for row in rows if row[_ACTIVITY] in own]
        elif table.centre:
            rows = [row for row in rows if row[_CENTRE] in below]
        elif table.name in kept:
            rows = [row for row in rows if kept[table.name](row)]
        elif table.name not in {"plan", "entidad", "centros"}:
            rows = []
        chosen[table.name] = rows
    return chosen


def page_data(data: PlanData, catalogs: dict[str, Rows], *, centre: str | None = None) -> dict:
    """The data of a page as its scripts read it.

    Args:
        data: rows of the plan, or of one of its units.
        catalogs: bands, quality rules and months, of every plan.
        centre: the unit, on a unit's page.
    """
    plan = data["plan"][0]
    places = {row[_ACTIVITY]: place for place, row in enumerate(data["actividades"])}
    tables = {
        table.name: packed(
            data[table.name],
            plain=True,
            numbered=(_ACTIVITY, places)
            if table.activity and table.name != "actividades"
            else None,
        )
        for table in TABLES
        if table.name != "plan"
    }
    used = {row["regla_id"] for row in data["alertas"]}
    page = (
        names.unit_page(plan["entidad_id"], plan["plan_id"], centre)
        if centre is not None
        else names.plan_page(plan["entidad_id"], plan["plan_id"])
    )
    return {
        "pagina": "unidad" if centre is not None else "plan",
        "raiz": names.root_of(page),
        "unidad": centre,
        "plan": {name: plain(value) for name, value in plan.items()},
        "frases": sentences(plan),
        "meses": {row["mes"]: row["nombre_mes"] for row in catalogs["meses"]},
        "bandas": packed(
            [row for row in catalogs["bandas"] if row["metodologia_id"] == plan["metodologia_id"]]
        ),
        "reglas": packed([row for row in catalogs["reglas"] if row["regla_id"] in used]),
        "paginas": {code: names.unit_file(code) for code in units(data)},
        **tables,
    }


def _below(centres: Rows, centre: str) -> set[str]:
    """The centre and every centre below it."""
    found = {centre}
    before = 0
    while len(found) > before:
        before = len(found)
        found |= {row[_CENTRE] for row in centres if row["centro_padre_id"] in found}
    return found
