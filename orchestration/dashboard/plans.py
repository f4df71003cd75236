"""The data of a plan's page and of its units' pages.

Belongs here: which rows a page carries. Does not: reading, layout, a rule.
"""

from collections.abc import Collection, Iterator
from itertools import chain

from orchestration.dashboard import names
from orchestration.dashboard.reading import (
    PlanKey,
    Rows,
    packed,
    plain,
    plain_rows,
    rows_of_plans,
)
from orchestration.dashboard.rules import sentences
from orchestration.dashboard.tables import TABLES
from orchestration.reports.marts import Marts

PlanData = dict[str, Rows]

_ACTIVITY = "actividad_id"
_CENTRE = "centro_costo_id"


def read_plans(marts: Marts, keys: Collection[PlanKey]) -> Iterator[tuple[PlanKey, PlanData]]:
    """Every row that the pages of these plans show; but for a plan's own, as JSON has values.

    One query a table reads those of all: of a plan with few activities, asking is what costs.
    """
    read = {table.name: rows_of_plans(marts, table, keys) for table in TABLES}
    for key in keys:
        rows = {name: found.pop(key, []) for name, found in read.items()}
        data = {name: plain_rows(own) for name, own in rows.items()}
        entity, plan = key
        data["plan"] = [{"entidad_id": entity, "plan_id": plan} | row for row in rows["plan"]]
        yield key, data


def units(data: PlanData) -> list[str]:
    """Centres that have a page: those with figures, commitments or alerts of the plan."""
    known = {row[_CENTRE] for row in data["centros"]}
    tables = ("avance_cc", "compromisos", "alertas")
    return sorted({row[_CENTRE] for table in tables for row in data[table]} & known)


class UnitRows:
    """The rows of a plan by centre, so that a unit's page costs its own rows and not the plan's."""

    def __init__(self, data: PlanData):
        self._data = data
        self._below: dict[str, list[str]] = {}
        for row in data["centros"]:
            self._below.setdefault(row["centro_padre_id"], []).append(row[_CENTRE])
        centre_of = {row[_ACTIVITY]: row[_CENTRE] for row in data["actividades"]}
        self._places: dict[str, dict[str, list[int]]] = {}
        for table in TABLES:
            if table.activity or table.centre:
                places = self._places[table.name] = {}
                for place, row in enumerate(data[table.name]):
                    centre = centre_of[row[_ACTIVITY]] if table.activity else row[_CENTRE]
                    places.setdefault(centre, []).append(place)

    def of(self, centre: str) -> PlanData:
        """What a unit's page has: rows of the centre and those below it.

        Of actions and objectives only the names: their figures are of all units that have part in
        them.
        """
        below = self._with_below(centre)
        chosen = {name: self._rows(name, below) for name in self._places}
        chosen["centros"] = self._data["centros"]
        chosen["plan"] = self._data["plan"]
        chosen["entidad"] = self._data["entidad"]
        actions = {row["aei_id"] for row in chosen["actividades"]}
        chosen["acciones"] = [row for row in self._data["acciones"] if row["aei_id"] in actions]
        objectives = {row["oei_id"] for row in chosen["acciones"]}
        chosen["objetivos"] = [
            row for row in self._data["objetivos"] if row["oei_id"] in objectives
        ]
        return {table.name: chosen.get(table.name, []) for table in TABLES}

    def _with_below(self, centre: str) -> list[str]:
        """The centre and every centre below it; one that hangs from itself is there once."""
        found = [centre]
        for one in found:
            found += [below for below in self._below.get(one, []) if below != centre]
        return found

    def _rows(self, table: str, centres: list[str]) -> Rows:
        places = self._places[table]
        rows = self._data[table]
        return [rows[place] for place in sorted(chain(*(places.get(one, ()) for one in centres)))]


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
