"""One plan as of a date: the versions and registrations that count, its cortes, its method.

Decides what is in force and what is due; computes no advance.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from .inputs import Row, Tables


def last_day(year: int, month: int) -> date:
    """Last day of a month; months over 12 run on into the following years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


@dataclass
class Plan:
    """A plan with everything of it that is known as of `as_of`."""

    row: Row
    method: Row
    bands: dict[str, list[Row]]
    as_of: date
    objectives: list[Row]
    actions: list[Row]
    activities: list[Row]
    centres: list[Row]
    programme: dict[str, dict[int, Row]]
    registrations: dict[str, dict[int, Row]]
    first_physical: dict[tuple[str, int], date]
    reported: dict[tuple[str, str, int], Row]
    indicators: list[Row]
    indicator_results: list[Row]

    @property
    def key(self) -> dict[str, str]:
        """The columns that begin the key of every table of the plan."""
        return {"entidad_id": self.row["entidad_id"], "plan_id": self.row["plan_id"]}

    @property
    def tracked(self) -> bool:
        """Whether executed figures exist at all (`con_seguimiento`)."""
        return self.row["con_seguimiento"]

    @property
    def step(self) -> int:
        """Months between cortes."""
        return 3 if self.row["periodicidad"] == "trimestral" else 1

    @cached_property
    def cortes(self) -> list[int]:
        """1..M by the programming; without programming, the cortes of the reported results."""
        months = {month for by_month in self.programme.values() for month in by_month}
        if months:
            return list(range(self.step, max(months) + 1, self.step))
        return sorted({corte for _, _, corte in self.reported})

    def months_to(self, corte: int) -> list[int]:
        """The plan's months up to a corte; a quarterly plan has only quarter ends."""
        return list(range(self.step, corte + 1, self.step))

    def deadline(self, month: int) -> date:
        """Last day on which a month may be registered in time."""
        return last_day(self.row["anio"], month + self.method["plazo_registro_meses"])

    def due(self, month: int) -> bool:
        """A month is due once the report date is after its deadline."""
        return self.as_of > self.deadline(month)

    def weight(self, element: Row) -> Fraction:
        """Weight of an element in a mean: 1 under `simple`; under `ponderada` a null is 0."""
        if self.method["ponderacion"] == "simple":
            return Fraction(1)
        return element["ponderacion"] or Fraction(0)


def _of(rows: list[Row], plan: Row) -> list[Row]:
    return [
        row
        for row in rows
        if row["entidad_id"] == plan["entidad_id"]
        and row.get("plan_id", plan["plan_id"]) == plan["plan_id"]
    ]


def _latest(rows: list[Row], order: str, visible: str, as_of: date) -> dict[str, dict[int, Row]]:
    """Per activity and month the row of greatest `order` among those dated by `as_of`."""
    latest: dict[str, dict[int, Row]] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: row[order]):
        if row[visible] <= as_of:
            latest[row["actividad_id"]][row["mes"]] = row
    return latest


def read_plans(tables: Tables, as_of: date) -> list[Plan]:
    """Every plan of the folder as it stood on `as_of`."""
    plans = []
    for row in tables["planes"]:
        method_id = row["metodologia_id"]
        bands: dict[str, list[Row]] = defaultdict(list)
        for band in tables["semaforo_bandas"]:
            if band["metodologia_id"] == method_id:
                bands[band["ambito"]].append(band)
        registered = _of(tables["metas_ejecutadas"], row)
        first_physical: dict[tuple[str, int], date] = {}
        for reg in registered:
            if reg["fecha_registro"] <= as_of and reg["ejecucion_fisica"] is not None:
                place = (reg["actividad_id"], reg["mes"])
                first_physical[place] = min(
                    reg["fecha_registro"], first_physical.get(place, date.max)
                )
        plans.append(
            Plan(
                row=row,
                method=next(m for m in tables["metodologias"] if m["metodologia_id"] == method_id),
                bands=bands,
                as_of=as_of,
                objectives=_of(tables["objetivos"], row),
                actions=_of(tables["acciones"], row),
                activities=_of(tables["actividades"], row),
                centres=_of(tables["centros_costo"], row),
                programme=_latest(
                    _of(tables["metas_programadas"], row), "version", "fecha_version", as_of
                ),
                registrations=_latest(registered, "fecha_registro", "fecha_registro", as_of),
                first_physical=first_physical,
                reported={
                    (r["nivel"], r["elemento_id"], r["mes_corte"]): r
                    for r in _of(tables["resultados_reportados"], row)
                },
                indicators=_of(tables["indicadores"], row),
                indicator_results=_of(tables["indicador_resultados"], row),
            )
        )
    return plans
