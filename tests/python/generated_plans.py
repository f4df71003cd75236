"""Plans with a known way of executing, as contract CSVs, to project and to back-test on.

Belongs here: how a generated year goes. Does not: the projection or its error.
Three ways of executing, none of which is the projection's own formula:
  ordenado   each month executes its programme times the pace of unit and activity, with noise
  tardio     the months run late, and part of the backlog is recovered in the last quarter
  irregular  execution comes in lumps, some activities stop for good, others exceed their target
Units keep their habits from one year to the next.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

import small_plan

WAYS = ("ordenado", "tardio", "irregular")
MONTHS = range(1, 13)
TABLES = (
    "entidades",
    "planes",
    "centros_costo",
    "objetivos",
    "acciones",
    "actividades",
    "metas_programadas",
    "metas_ejecutadas",
)
MIDDLE = date(2023, 8, 15)
"""Month 6 of 2023 is due; 2022 is closed."""

LEFT_FOR_LATER = "CC04-006"
"""Green in June, in a unit that executes half of what it programmes."""

SHAPES = ("parejo", "unico", "trimestral", "creciente")


@dataclass(frozen=True)
class Unit:
    """Habits of a cost centre: its mean pace, and how much of a backlog it recovers."""

    name: str
    pace: float
    recovery: float


def programme(rng: Random) -> list[float]:
    """Programmed quantity of each month of a year."""
    shape = rng.choices(SHAPES, (40, 15, 20, 25))[0]
    size = rng.choice((1, 2, 5, 10, 40, 100))
    if shape == "unico":
        month = rng.randint(3, 12)
        return [float(size) if k == month else 0.0 for k in MONTHS]
    if shape == "trimestral":
        return [float(size) if k % 3 == 0 else 0.0 for k in MONTHS]
    if shape == "creciente":
        return [float(size * ((k + 2) // 3)) for k in MONTHS]
    first = rng.choice((1, 1, 1, 3, 5))
    return [float(size) if k >= first else 0.0 for k in MONTHS]


def execution(rng: Random, way: str, unit: Unit, programmed: list[float]) -> list[float]:
    """Executed quantity of each month of a year."""
    pace = max(0.0, unit.pace * rng.lognormvariate(0, 0.25))
    stops = rng.randint(2, 11) if way == "irregular" and rng.random() < 0.15 else 13
    if way == "irregular" and rng.random() < 0.1:
        pace *= 1.6
    backlog, pending, executed = 0.0, 0.0, []
    for month, target in zip(MONTHS, programmed, strict=True):
        done = target * pace * max(0.0, rng.gauss(1, 0.3))
        if way == "irregular":
            pending += done
            done, pending = (pending, 0.0) if rng.random() < 0.4 else (0.0, pending)
        if way == "tardio":
            done *= 0.8
        backlog = max(0.0, backlog + target - done)
        if way == "tardio" and month >= 10:
            recovered = backlog * unit.recovery
            backlog -= recovered
            done += recovered
        executed.append(round(done, 2) if month < stops else 0.0)
    return executed


def plan_tables(
    *, way: str, years: tuple[int, ...], seed: int, units: int = 8, each: int = 15
) -> dict[str, list[dict]]:
    """Contract tables of one entity: one POI a year, all months registered in time."""
    rng = Random(f"{seed} {way}")  # noqa: S311 - repeatable dice, no secret
    habits = [
        Unit(f"CC{number:02d}", rng.betavariate(9, 2), rng.betavariate(2, 3))
        for number in range(1, units + 1)
    ]
    entity = {"entidad_id": f"gen-{way}"}
    place = {"pais": "PE", "nivel_gobierno": "local", "moneda": "PEN"}
    tables: dict[str, list[dict]] = {table: [] for table in TABLES}
    tables["entidades"].append(entity | {"nombre": f"Generada: {way}"} | place)
    tables["centros_costo"] += [
        entity
        | {"centro_costo_id": unit.name, "nombre": unit.name}
        | {"correo": f"{unit.name.lower()}@{way}.example"}
        for unit in habits
    ]
    for year in years:
        key = entity | {"plan_id": f"poi-{year}"}
        tables["planes"].append(
            key
            | {"tipo": "POI", "nombre": f"POI {year}", "anio": year, "periodicidad": "mensual"}
            | {"metodologia_id": "ceplan", "con_seguimiento": "true"}
        )
        tables["objetivos"].append(key | {"oei_id": "OEI.01", "nombre": "Objetivo"})
        for number in range(1, 5):
            action = {"aei_id": f"AEI.01.0{number}", "oei_id": "OEI.01", "nombre": "Acción"}
            tables["acciones"].append(key | action)
        for unit in habits:
            for number in range(each):
                _add_activity(tables, key, rng, way, unit, number, year)
    return tables


def in_course() -> list[dict[str, list[dict]]]:
    """Three small entities, one for each way of executing, of a seed that nothing was tuned on.

    One was reprogrammed. In the others some months of 2023 are never registered: those activities
    are S.I. An activity of the irregular one leaves nearly all of its year for the second half.
    """
    plans = [plan_tables(way=way, years=(2022, 2023), seed=41, units=4, each=8) for way in WAYS]
    ordered, late, irregular = plans
    missing = [("CC01-000", 5), ("CC02-003", 2), ("CC02-003", 6), ("CC03-001", 1)]
    for tables in (ordered, irregular):
        tables["metas_ejecutadas"] = [
            row
            for row in tables["metas_ejecutadas"]
            if row["plan_id"] != "poi-2023" or (row["actividad_id"], row["mes"]) not in missing
        ]
    lower_targets(late, "poi-2023", (3, 4, 5, 6))
    _leave_for_later(irregular, "poi-2023", LEFT_FOR_LATER)
    return plans


def lower_targets(tables: dict[str, list[dict]], plan: str, months: tuple[int, ...]) -> None:
    """Version 1 of the plan, of 10 June: what lags in these months is asked no more.

    Activities of every second number keep the approved plan.
    """
    kept = [row for row in tables["metas_programadas"] if row["plan_id"] == plan]
    done = {
        (row["actividad_id"], row["mes"]): row["ejecucion_fisica"]
        for row in tables["metas_ejecutadas"]
        if row["plan_id"] == plan
    }
    day = f"{plan.removeprefix('poi-')}-06-10"
    for row in kept:
        place = (row["actividad_id"], row["mes"])
        even = int(row["actividad_id"][-1]) % 2 == 0
        if even and row["mes"] in months and done.get(place, 0) < row["meta_fisica"]:
            tables["metas_programadas"].append(
                row
                | {"version": 1, "fecha_version": day}
                | {"meta_fisica": done.get(place, 0), "meta_financiera": 5 * row["meta_fisica"]}
            )


def write_folder(folder: Path, *plans: dict[str, list[dict]]) -> Path:
    """Write the tables of several entities as one folder of contract CSVs."""
    together = {table: [row for plan in plans for row in plan[table]] for table in TABLES}
    return small_plan.write_folder(folder, together)


def _leave_for_later(tables: dict[str, list[dict]], plan: str, activity: str) -> None:
    """One a month until June, done; a hundred a month from July."""
    place = {"plan_id": plan, "actividad_id": activity}.items()
    for row in tables["actividades"]:
        if place <= row.items():
            row["tipo_agregacion"] = "acumulado_anual"
    for row in tables["metas_programadas"]:
        if place <= row.items():
            row["meta_fisica"] = 1 if row["mes"] <= 6 else 100
    for row in tables["metas_ejecutadas"]:
        if place <= row.items():
            row["ejecucion_fisica"] = 1 if row["mes"] <= 6 else 0


def _add_activity(
    tables: dict[str, list[dict]],
    key: dict[str, str],
    rng: Random,
    way: str,
    unit: Unit,
    number: int,
    year: int,
) -> None:
    kind = rng.choices(("acumulado_anual", "acumulado_mensual", "no_acumulado"), (75, 5, 20))[0]
    activity = key | {"actividad_id": f"{unit.name}-{number:03d}"}
    tables["actividades"].append(
        activity
        | {"aei_id": f"AEI.01.0{1 + number % 4}", "centro_costo_id": unit.name}
        | {"nombre": f"Actividad {number}", "unidad_medida": "Atención", "tipo_agregacion": kind}
    )
    programmed = programme(rng)
    executed = execution(rng, way, unit, programmed)
    # A quantity that is reported as the level reached: what was done so far, month by month.
    if kind == "acumulado_mensual":
        programmed = [sum(programmed[:k]) for k in MONTHS]
        executed = [round(sum(executed[:k]), 2) for k in MONTHS]
    for month, target, done in zip(MONTHS, programmed, executed, strict=True):
        tables["metas_programadas"].append(
            activity
            | {"mes": month, "version": 0, "fecha_version": f"{year - 1}-12-20"}
            | {"meta_fisica": target, "meta_financiera": 10 * target}
        )
        due = f"{year + month // 12}-{month % 12 + 1:02d}-15"
        tables["metas_ejecutadas"].append(
            activity | {"mes": month, "fecha_registro": due, "ejecucion_fisica": done}
        )
