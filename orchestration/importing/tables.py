"""Contract rows from a report: the import's output.

Belongs here: which printed figure is which column. Does not: reading, checking, an advance.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from orchestration.importing.cells import half_up, heading
from orchestration.importing.centres import Centres
from orchestration.importing.findings import Finding, Place
from orchestration.importing.merging import refuse_clashes
from orchestration.importing.methods import Method
from orchestration.importing.printed import Activity, Report
from orchestration.importing.totals import accumulated, aggregation_of

Row = dict[str, str]
Tables = dict[str, list[Row]]

PHYSICAL_DECIMALS = 4
MONEY_DECIMALS = 2

_PRIORITIES = {"MUY ALTA": "muy_alta", "ALTA": "alta", "MEDIA": "media", "BAJA": "baja"}


@dataclass(frozen=True)
class PlanFacts:
    """What a report does not say of its plan.

    Attributes:
        entity: entidad_id.
        plan: plan_id.
        year: year of the plan.
        kind: POI, PEI or POA.
        name: name of the plan.
        method: method that the report follows.
        version: version of the programme; 0 = approved plan.
        version_date: `fecha_version` of the programme.
        registration_date: `fecha_registro` of every month; None = last day of the month after.
        today: day of the import.
        document: document that the figures come from.
        entity_row: row of entidades, where the entity is new; else None.
    """

    entity: str
    plan: str
    year: int
    kind: str
    name: str
    method: Method
    version: int
    version_date: date
    registration_date: date | None
    today: date
    document: str
    entity_row: Row | None

    def registered(self, month: int) -> str:
        """Day on which a month counts as registered: its deadline, unless one was given.

        Before the deadline it is the day of the import: a date to come would not load.
        """
        if self.registration_date is not None:
            return self.registration_date.isoformat()
        # First day two months later, less one.
        years, at = divmod(month + 1, 12)
        deadline = date(self.year + years, at + 1, 1) - timedelta(days=1)
        return min(deadline, self.today).isoformat()


def contract_rows(
    joined: Report, reports: list[Report], facts: PlanFacts, centres: Centres
) -> tuple[Tables, list[Finding]]:
    """Make the contract rows of a plan: one joined report, and each report for its own cut.

    Raises:
        SemaforoError: two reports of a cut print other accumulated figures of an AO.
    """
    return _Builder(joined, reports, facts, centres).build()


class _Builder:
    def __init__(self, joined: Report, reports: list[Report], facts: PlanFacts, centres: Centres):
        self._joined = joined
        self._reports = reports
        self._facts = facts
        self._centres = centres
        self._findings: list[Finding] = []
        self._key = {"entidad_id": facts.entity, "plan_id": facts.plan}

    def build(self) -> tuple[Tables, list[Finding]]:
        activities = list(self._joined.activities.values())
        follow_up = any(activity.executed is not None for activity in activities)
        rows_of: dict[str, Callable[[Activity], list[Row]]] = {
            "actividades": self._activity,
            "metas_programadas": self._programmed,
            "metas_ejecutadas": self._executed,
        }
        tables: Tables = {}
        if self._facts.entity_row is not None:
            tables["entidades"] = [self._facts.entity_row]
        tables["planes"] = [self._plan(follow_up)]
        made = {
            table: [row for activity in activities for row in rows(activity)]
            for table, rows in rows_of.items()
        }
        tables["centros_costo"] = [
            {"entidad_id": self._facts.entity, "centro_costo_id": code, "nombre": name}
            for code, name in sorted(self._centres.names.items())
        ]
        tables["objetivos"] = [
            self._key | {"oei_id": element.code, "nombre": element.name}
            for element in self._joined.objectives.values()
        ]
        tables["acciones"] = [
            self._key | {"aei_id": element.code, "oei_id": element.parent, "nombre": element.name}
            for element in self._joined.actions.values()
        ]
        tables |= made
        tables["resultados_reportados"] = self._all_reported()
        return {name: rows for name, rows in tables.items() if rows}, self._findings

    def _plan(self, follow_up: bool) -> Row:
        facts = self._facts
        return self._key | {
            "tipo": facts.kind,
            "nombre": facts.name,
            "anio": str(facts.year),
            "periodicidad": "trimestral" if self._joined.quarterly else "mensual",
            "metodologia_id": facts.method.name,
            "con_seguimiento": "true" if follow_up else "false",
            # A reprogramming says nothing of the day on which the plan was approved.
            "fecha_aprobacion": facts.version_date.isoformat() if facts.version == 0 else "",
            "documento": facts.document,
        }

    def _activity(self, activity: Activity) -> list[Row]:
        priority = _PRIORITIES.get(heading(activity.priority), "")
        if activity.priority and not priority:
            self._say(activity, f"prioridad «{activity.priority}» desconocida; se deja vacía")
        if not activity.centre:
            self._say(activity, "sin centro de costo; complete centro_costo_id en actividades.csv")
        return [
            self._key
            | {
                "actividad_id": activity.code,
                "aei_id": activity.action,
                "centro_costo_id": self._centres.code(activity.centre) if activity.centre else "",
                "nombre": activity.name,
                "prioridad": priority,
                "unidad_medida": activity.unit,
                "tipo_agregacion": aggregation_of(activity) or activity.aggregation,
            }
        ]

    def _programmed(self, activity: Activity) -> list[Row]:
        line = activity.programmed
        return [
            self._key
            | {
                "actividad_id": activity.code,
                "mes": str(month),
                "version": str(self._facts.version),
                "fecha_version": self._facts.version_date.isoformat(),
                # What is no number goes on as it is printed: the load sets the row aside.
                "meta_fisica": line.unread.get(month)
                or self._physical(activity, line.months.get(month, Decimal(0))),
                "meta_financiera": line.money_unread.get(month)
                or self._money(activity, line.money.get(month)),
            }
            for month in self._joined.months
            if month in line.printed_months
        ]

    def _executed(self, activity: Activity) -> list[Row]:
        line = activity.executed
        if line is None:
            return []
        return [
            self._key
            | {
                "actividad_id": activity.code,
                "mes": str(month),
                "fecha_registro": self._facts.registered(month),
                "ejecucion_fisica": line.unread.get(month)
                or self._physical(activity, line.months.get(month)),
                "ejecucion_financiera": line.money_unread.get(month)
                or self._money(activity, line.money.get(month)),
            }
            for month in self._joined.months
            if month in line.printed_months
        ]

    def _all_reported(self) -> list[Row]:
        """Rows of every report; files that overlap print the same accumulated figures of a corte.

        Raises:
            SemaforoError: they print others.
        """
        rows: dict[tuple[int, str], tuple[Row, Place]] = {}
        clashes: list[str] = []
        for report in self._reports:
            for activity in report.activities.values():
                for row in self._reported(report, activity):
                    key = report.cut, activity.code
                    before, place = rows.setdefault(key, (row, activity.place))
                    clashes.extend(_differences(key, (before, place), (row, activity.place)))
        refuse_clashes(
            clashes, "importe solo el que vale, o cada uno en su carpeta y cargue ese al final"
        )
        return [row for row, _ in rows.values()]

    def _reported(self, report: Report, activity: Activity) -> list[Row]:
        """Accumulated figures where the report does not show the months that make them."""
        if not _needs_reported(report, activity, self._facts.method):
            return []
        line, advance = activity.executed, activity.advance
        programme = activity.programmed
        unprogrammed = "S.P." in programme.states or (advance and advance.state == "S.P.")
        physical = Decimal(0) if unprogrammed else programme.accumulated
        return [
            self._key
            | {
                "mes_corte": str(report.cut),
                "nivel": "AO",
                "elemento_id": activity.code,
                "programado_fisico": self._physical(activity, physical),
                "ejecutado_fisico": self._physical(activity, line.accumulated),
                "avance_fisico_pct": self._physical(activity, advance.value if advance else None),
                "programado_financiero": self._money(activity, programme.money_accumulated),
                "ejecutado_financiero": self._money(activity, line.money_accumulated),
            }
        ]

    def _physical(self, activity: Activity, figure: Decimal | None) -> str:
        return self._decimal(activity, figure, PHYSICAL_DECIMALS)

    def _money(self, activity: Activity, figure: Decimal | None) -> str:
        return self._decimal(activity, figure, MONEY_DECIMALS)

    def _decimal(self, activity: Activity, figure: Decimal | None, decimals: int) -> str:
        if figure is None:
            return ""
        rounded = half_up(figure, decimals)
        # What is further away than binary noise was really printed with more decimals.
        if abs(rounded - figure) > Decimal("1e-7"):
            self._say(activity, f"{figure:,f} se redondea a {decimals} decimales")
        if rounded == rounded.to_integral():
            return f"{rounded.quantize(Decimal(1)):f}"
        return f"{rounded.normalize():f}"

    def _say(self, activity: Activity, what: str) -> None:
        self._findings.append(Finding(activity.place, f"{activity.code}: {what}"))


def _differences(
    key: tuple[int, str], before: tuple[Row, Place], after: tuple[Row, Place]
) -> Iterator[str]:
    """Accumulated figures of an AO at a corte that two files print differently."""
    cut, code = key
    for column, old in before[0].items():
        new = after[0][column]
        if old != new:
            yield (
                f"{code}, {column} acumulado al corte {cut}: {old or 'vacío'} ({before[1]}) y "
                f"{new or 'vacío'} ({after[1]})"
            )


def _needs_reported(report: Report, activity: Activity, method: Method) -> bool:
    """Whether the executed months can't give the advance that the report prints.

    With no month printed, a figure or S.P. stands on months that the report does not show; under a
    method in which a missing month counts 0, a zero needs no such months. With some printed, an
    accumulated figure that is not theirs does. S.I. and S.E. say that there is nothing to report.
    """
    line, advance = activity.executed, activity.advance
    if line is None or all(month in line.months for month in report.months):
        return False
    if advance is not None and advance.state in {"S.I.", "S.E."}:
        return False
    if line.months:
        ours = accumulated(line.months, aggregation_of(activity))
        return line.accumulated is not None and line.accumulated != ours
    figures = (advance.value if advance is not None else None, line.accumulated)
    unprogrammed = advance is not None and advance.state == "S.P."
    printed = unprogrammed or any(figure is not None for figure in figures)
    return printed and (method.blocks or any(figures))
