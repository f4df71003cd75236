"""A plain-Python reading of the rules, for the shipped plans, from their CSVs alone.

It stands on the reading of the contract in `reference` and knows neither the SQL models nor the
expectations; thresholds are the ones that the catalog of rules is asked for in writing. S09, P08,
R06 and C01 need what the shipped plans do not have (corrections, reprogramming, seven months,
bad rows), R04 needs the reconciliation; test_rules tries those on a plan of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from reference.inputs import Row, Tables
from reference.marts import compute
from reference.plans import Plan, read_plans

Finding = tuple[str, str, str, str | None, str, str, int | None]
"""Rule, severity, entity, plan, level, element, month."""

GENERIC_UNITS = {
    "INFORME", "INFORMES", "INFORME ELABORADO", "INFORME TECNICO", "INFORMES TECNICOS",
    "NUMERO DE INFORMES", "N° DE INFORMES", "DOCUMENTO", "DOCUMENTOS", "DOCUMENTO ELABORADO",
    "ACCION", "ACCIONES", "ACTIVIDAD", "ACTIVIDADES", "ACTIVIDAD EFECTUADA", "REPORTE",
    "REPORTES", "GESTION",
}  # fmt: skip

_PLAIN = str.maketrans("ÁÉÍÓÚÜº", "AEIOUU°")


class PlanRules:
    """The rules on one plan as of a date."""

    def __init__(self, plan: Plan, marts: dict[str, list[Row]], tables: Tables) -> None:
        self.plan = plan
        self.tables = tables
        self.marts = {
            table: [row for row in rows if plan.key.items() <= row.items()]
            for table, rows in marts.items()
        }
        due = [corte for corte in plan.cortes if plan.due(corte)]
        self.corte = max(due) if due and plan.tracked else None
        self.advances = [
            row for row in self.marts["fct_avance_actividad"] if row["mes_corte"] == self.corte
        ]

    def finding(self, rule: str, severity: str, level: str, element: str, month=None) -> Finding:
        key = self.plan.key
        return (rule, severity, key["entidad_id"], key["plan_id"], level, element, month)

    def all(self) -> Iterator[Finding]:
        yield from self.registration()
        yield from self.execution()
        yield from self.programming()
        yield from self.tree()
        yield from self.results()

    def registration(self) -> Iterator[Finding]:
        """S01, S02 and S11; a reported figure that stands in for the months asks for no more."""
        for name, months in self.plan.registrations.items():
            for month, registered in months.items():
                begins = date(self.plan.row["anio"], month - self.plan.step + 1, 1)
                given = {registered["ejecucion_fisica"], registered["ejecucion_financiera"]}
                if given != {None} and registered["fecha_registro"] < begins:
                    yield self.finding("S11", "media", "AO", name, month)
        for row in self.advances:
            if row["estado"] == "S.P.":
                continue
            name = row["actividad_id"]
            covered = row["origen"] == "reportado" and row["estado"] == "completo"
            for month in self.plan.months_to(self.corte):
                registered = self.plan.registrations.get(name, {}).get(month, {})
                if registered.get("ejecucion_fisica") is not None:
                    if self.plan.first_physical[name, month] > self.plan.deadline(month):
                        yield self.finding("S02", "baja", "AO", name, month)
                elif not covered:
                    yield self.finding("S01", "alta", "AO", name, month)

    def known_money(self, row: Row) -> bool:
        """Money that a report leaves out and no month gives is unknown, not 0."""
        name = row["actividad_id"]
        report = self.plan.reported.get(("AO", name, self.corte))
        return (
            row["origen"] == "mensual"
            or report["ejecutado_financiero"] is not None
            or any(
                reg["ejecucion_financiera"] is not None
                for month, reg in self.plan.registrations.get(name, {}).items()
                if month <= self.corte
            )
        )

    def execution(self) -> Iterator[Finding]:
        for row in self.advances:
            name = row["actividad_id"]
            months = self.plan.registrations.get(name, {})
            physical = row["ejecutado_fisico"]
            if physical is None:
                physical = sum(
                    reg["ejecucion_fisica"] or 0
                    for month, reg in months.items()
                    if month <= self.corte
                )
            spent, budget = row["ejecutado_financiero"] or 0, row["programado_financiero"] or 0
            advance, uncapped = row["avance_fisico_pct"], row["avance_sin_tope_pct"]
            rules = []
            if row["estado"] == "S.P.":
                if physical > 0 or spent > 0:
                    rules.append(("S03", "media"))
            else:
                if uncapped is not None and uncapped > 150:
                    rules.append(("S04", "alta" if uncapped > 1000 else "media"))
                if self.known_money(row):
                    if spent > 0 and physical == 0 and not uncapped:
                        rules.append(("S05", "alta"))
                    if advance is not None and advance >= 75 and budget > 0 and spent == 0:
                        rules.append(("S06", "media"))
                    if spent > 0 and (budget == 0 or 100 * spent / budget > 120):
                        rules.append(("S07", "media"))
                    money = row["avance_financiero_pct"]
                    if None not in (advance, money) and abs(advance - money) > 40:
                        rules.append(("S10", "media"))
            for rule, severity in rules:
                yield self.finding(rule, severity, "AO", name, self.corte)
        yield from self.pro_rated()

    def pro_rated(self) -> Iterator[Finding]:
        if self.corte is None:
            return
        series = defaultdict(list)
        for activity in self.plan.activities:
            months = self.plan.registrations.get(activity["actividad_id"], {})
            money = tuple(
                months.get(month, {}).get("ejecucion_financiera") or Fraction(0)
                for month in range(1, 13)
            )
            if sum(money) > 0:
                series[activity["centro_costo_id"], money].append(activity["actividad_id"])
        for names in series.values():
            if len(names) >= 3:
                for name in names:
                    yield self.finding("S08", "media", "AO", name, self.corte)

    def programming(self) -> Iterator[Finding]:
        last = max(self.plan.cortes) if self.plan.cortes else None
        at_end = {
            row["actividad_id"]: row
            for row in self.marts["fct_avance_actividad"]
            if row["mes_corte"] == last
        }
        with_money = any(row["programado_financiero"] for row in at_end.values())
        names = Counter(_plain_name(activity) for activity in self.plan.activities)
        for activity in self.plan.activities:
            name = activity["actividad_id"]
            programme = {
                month: row["meta_fisica"]
                for month, row in self.plan.programme.get(name, {}).items()
            }
            first, end = activity["mes_inicio"], activity["mes_fin"]
            if any(
                value > 0 and not (first or 1) <= month <= (end or 12)
                for month, value in programme.items()
            ):
                yield self.finding("P02", "baja", "AO", name)
            unit = activity["unidad_medida"].upper().translate(_PLAIN).strip().rstrip(".")
            if unit in GENERIC_UNITS and len(self.plan.cortes) >= 2:
                values = [programme.get(month, 0) for month in self.plan.cortes]
                if values[0] > 0 and len(set(values)) == 1:
                    yield self.finding("P03", "baja", "AO", name)
            if names[_plain_name(activity)] > 1:
                yield self.finding("P07", "media", "AO", name)
            year = at_end.get(name)
            if with_money and year and not self._unknown_target(year, programme):
                physical = year["programado_fisico"]
                if physical is None:
                    physical = sum(programme.values())
                if bool(physical) != bool(year["programado_financiero"]):
                    yield self.finding("P04", "media", "AO", name)

    @staticmethod
    def _unknown_target(year: Row, programme: dict) -> bool:
        """A report gives a percentage and nobody gives the target."""
        return (
            year["programado_fisico"] is None
            and not programme
            and year["avance_fisico_pct"] is not None
        )

    def tree(self) -> Iterator[Finding]:
        plan = self.plan
        in_action = Counter(activity["aei_id"] for activity in plan.activities)
        in_centre = Counter(activity["centro_costo_id"] for activity in plan.activities)
        for (level, element, _), report in plan.reported.items():
            counts = {"AEI": in_action, "CC": in_centre}.get(level)
            if counts is not None and element not in counts:
                told = report["n_actividades"]
                counts[element] = 1 if told is None else told
        in_objective = Counter(action["oei_id"] for action in plan.actions)
        for action in plan.actions:
            if not in_action[action["aei_id"]]:
                yield self.finding("P05", "alta", "AEI", action["aei_id"])
        for objective in plan.objectives:
            if not in_objective[objective["oei_id"]]:
                yield self.finding("P05", "alta", "OEI", objective["oei_id"])
        for level, counts, limit in (("CC", in_centre, 40), ("AEI", in_action, 60)):
            for element, count in counts.items():
                if count > limit:
                    yield self.finding("P06", "baja", level, element)
        if plan.method["ponderacion"] == "ponderada":
            yield from self.weights()

    def weights(self) -> Iterator[Finding]:
        plan = self.plan
        of_action = defaultdict(Fraction)
        centres_of = defaultdict(set)
        for activity in plan.activities:
            of_action[activity["aei_id"]] += activity["ponderacion"] or 0
            centres_of[activity["aei_id"]].add(activity["centro_costo_id"])
        for action, total in of_action.items():
            if total != 100:
                yield self.finding("P01", "alta", "AEI", action)
        by_unit = defaultdict(Fraction)
        for action in plan.actions:
            units = centres_of[action["aei_id"]] if plan.row["tipo"] == "POA" else {None}
            for unit in units:
                by_unit[action["oei_id"], unit] += action["ponderacion"] or 0
        for (objective, _), total in by_unit.items():
            if total != 100:
                yield self.finding("P01", "alta", "OEI", objective)

    def results(self) -> Iterator[Finding]:
        plan = self.plan
        if not plan.tracked:
            return
        measured = {
            (row["indicador_id"], row["mes_corte"])
            for row in plan.indicator_results
            if row["obtenido"] is not None
        }
        end = max(plan.cortes, default=12)
        cuts = {corte for _, corte in measured if plan.due(corte)}
        if plan.due(end):
            cuts.add(end)
        programmed = {(row["indicador_id"], row["mes_corte"]) for row in plan.indicator_results}
        for indicator in plan.indicators:
            code = indicator["indicador_id"]
            due = [corte for corte in cuts if corte >= end or (code, corte) in programmed]
            if due and (code, max(due)) not in measured:
                yield self.finding("R01", "alta", "IND", code, max(due))
        yield from self.contradictions()
        yield from self.red_again()

    def contradictions(self) -> Iterator[Finding]:
        if self.corte is None:
            return
        results = {
            (row["oei_id"], row["mes_corte"]): row["semaforo"]
            for row in self.marts["fct_resultado_objetivo"]
        }
        latest = {}
        for row in self.marts["fct_avance_objetivo"]:
            pair = (row["semaforo_fisico"], results.get((row["oei_id"], row["mes_corte"])))
            if row["mes_corte"] <= self.corte and None not in pair:
                latest[row["oei_id"]] = (row["mes_corte"], pair)
        for objective, (corte, pair) in latest.items():
            if set(pair) == {"verde", "rojo"}:
                yield self.finding("R02", "alta", "OEI", objective, corte)

    def red_again(self) -> Iterator[Finding]:
        if self.corte is None:
            return
        for level, table, key in (
            ("AO", "fct_avance_actividad", "actividad_id"),
            ("AEI", "fct_avance_accion", "aei_id"),
            ("OEI", "fct_avance_objetivo", "oei_id"),
        ):
            lights = defaultdict(list)
            for row in self.marts[table]:
                if row["mes_corte"] <= self.corte:
                    lights[row[key]].append((row["mes_corte"], row["semaforo_fisico"]))
            for element, seen in lights.items():
                last_two = [light for _, light in sorted(seen)[-2:]]
                if last_two == ["rojo", "rojo"]:
                    yield self.finding("R03", "alta", level, element, self.corte)


def _plain_name(activity: Row) -> str:
    return " ".join(activity["nombre"].upper().split())


def over_budget(tables: Tables) -> Iterator[Finding]:
    """R05, at the latest corte of each line and of their total."""
    lines = defaultdict(dict)
    for row in tables["presupuesto"]:
        if row["tipo"] == "gasto":
            place = (row["entidad_id"], row["anio"])
            lines[place].setdefault(row["mes_corte"], []).append(row)
    for (entity, _), by_corte in lines.items():
        corte = max(by_corte)
        total = {"rubro": "TOTAL"} | {
            column: sum(row[column] or 0 for row in by_corte[corte])
            for column in ("pim", "ejecucion")
        }
        for row in [*by_corte[corte], total]:
            if (row["ejecucion"] or 0) > (row["pim"] or 0):
                yield ("R05", "media", entity, None, "PRESUPUESTO", f"gasto/{row['rubro']}", corte)


def overdue(tables: Tables, as_of: date) -> Iterator[Finding]:
    """R08, on what was last registered of each commitment."""
    latest: dict[tuple, Row] = {}
    for row in sorted(tables["compromisos"], key=lambda row: row["fecha_registro"]):
        if row["fecha_registro"] <= as_of:
            latest[row["entidad_id"], row["plan_id"], row["compromiso_id"]] = row
    for (entity, plan, name), row in latest.items():
        due = row["fecha_limite"]
        if row["estado"] in ("pendiente", "en_proceso") and due is not None and due < as_of:
            severity = "alta" if (as_of - due).days > 90 else "media"
            yield ("R08", severity, entity, plan, "COMPROMISO", name, None)


def contradictory(tables: Tables, as_of: date) -> Iterator[Finding]:
    """R09: done without evidence or at less than 100 %, or due before it was first registered."""
    histories: dict[tuple, list[Row]] = {}
    for row in tables["compromisos"]:
        if row["fecha_registro"] <= as_of:
            key = (row["entidad_id"], row["plan_id"], row["compromiso_id"])
            histories.setdefault(key, []).append(row)
    for (entity, plan, name), rows in histories.items():
        rows.sort(key=lambda row: row["fecha_registro"])
        last = rows[-1]
        done = last["estado"] == "cumplido"
        unproven = done and not last["evidencia"]
        unfinished = done and last["avance_pct"] is not None and last["avance_pct"] < 100
        dues = [row["fecha_limite"] for row in rows if row["fecha_limite"]]
        if unproven or unfinished or (dues and dues[0] < rows[0]["fecha_registro"]):
            yield ("R09", "baja", entity, plan, "COMPROMISO", name, None)


def findings(tables: Tables, as_of: date) -> list[Finding]:
    """List what the rules find in a folder of contract CSVs as of a date, sorted."""
    marts = compute(tables, as_of)
    found = [
        finding
        for plan in read_plans(tables, as_of)
        for finding in PlanRules(plan, marts, tables).all()
    ]
    found += over_budget(tables)
    found += overdue(tables, as_of)
    found += contradictory(tables, as_of)
    return sorted(found, key=repr)
