"""Import of official follow-up reports: files in, contract CSVs and findings out.

Belongs here: the order of the steps, options and their defaults. Does not: any step.
"""

import csv
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from orchestration import clock
from orchestration.contract import contract
from orchestration.errors import MisuseError, SemaforoError
from orchestration.importing.cells import clean
from orchestration.importing.centres import Centres, read_codes
from orchestration.importing.entities import refuse_two_entities
from orchestration.importing.findings import Finding
from orchestration.importing.merging import merge_reports
from orchestration.importing.methods import find_method
from orchestration.importing.printed import Report
from orchestration.importing.reading import read_report
from orchestration.importing.tables import PlanFacts, Tables, contract_rows
from orchestration.importing.totals import check_totals
from orchestration.settings import SHIPPED_SEEDS, parse_date
from orchestration.system_words import in_spanish

# CEPLAN's report is monthly; each institution that follows its plan by quarters has its own rules.
MONTHLY_METHOD = "ceplan"

_PLAN_NAMES = {
    "POI": "Plan Operativo Institucional",
    "PEI": "Plan Estratégico Institucional",
    "POA": "Programa Operativo Anual",
}

# The number of a resolution, 521-2022, names the year in which it was passed.
_YEAR = re.compile(r"(?<!\d)(?<!\d[-–])((?:19|20)\d{2})(?!\d)")
_SPAN = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-–]\s*((?:19|20)\d{2})(?!\d)")
_SHORT_YEAR = re.compile(r"[^\W\d]+\.?[-/ ](\d{2})")


@dataclass(frozen=True)
class ImportOptions:
    """What the command line was given, and the day of the import; None = not given."""

    entity: str
    plan: str
    year: int
    out: Path
    replace: bool = False
    kind: str = "POI"
    plan_name: str | None = None
    document: str | None = None
    method: str | None = None
    catalogs: Path | None = None
    version: int = 0
    version_date: str | None = None
    registration_date: str | None = None
    centres: Path | None = None
    entity_name: str | None = None
    country: str = "PE"
    government_level: str = "local"
    currency: str = "PEN"
    today: date = field(default_factory=clock.today)


@dataclass(frozen=True)
class ImportResult:
    """What an import wrote and what it has to say.

    Attributes:
        rows: number of rows of each table written.
        findings: what does not add up or could not be read.
        quarterly: the reports are quarterly.
        cuts: last month of each file.
        wrote_entity: the entity's own row is among what was written.
        wrote_approval: the plan's row has the day on which it was approved.
    """

    rows: dict[str, int]
    findings: list[Finding]
    quarterly: bool
    cuts: dict[str, int]
    wrote_entity: bool
    wrote_approval: bool


def import_follow_up(files: list[Path], options: ImportOptions) -> ImportResult:
    """Turn follow-up reports of one plan into contract CSVs.

    Findings never stop it: the CSVs hold what the files print.

    Raises:
        SemaforoError: a file can't be read or contradicts another, or an option means nothing.
            Nothing is written.
    """
    _check(options)
    read = [read_report(file) for file in files]
    reports = [report for report, _ in read]
    findings = [finding for _, found in read for finding in found]
    refuse_two_entities(report.named for report in reports)
    facts = _facts(reports, options)
    for report in reports:
        _check_year(report, options.year)
        findings.extend(check_totals(report, facts.method))
    joined, changes = merge_reports(reports)
    known = read_codes(options.centres, options.entity) if options.centres else {}
    tables, doubts = contract_rows(joined, reports, facts, Centres(known))
    _write(tables, options)
    return ImportResult(
        rows={name: len(rows) for name, rows in tables.items()},
        findings=findings + changes + doubts,
        quarterly=joined.quarterly,
        cuts={report.file: report.cut for report in reports},
        wrote_entity="entidades" in tables,
        wrote_approval=bool(tables["planes"][0]["fecha_aprobacion"]),
    )


def _check(options: ImportOptions) -> None:
    if options.kind not in _PLAN_NAMES:
        raise MisuseError(f"--tipo: «{options.kind}» no existe; use {', '.join(_PLAN_NAMES)}")
    if not 1990 <= options.year <= 2100:
        raise MisuseError(f"--anio: {options.year} no es un año de 1990 a 2100")
    _check_texts(options)
    _check_entity(options)
    if options.version < 0:
        raise MisuseError(f"--version: {options.version} es negativa; la del plan aprobado es 0")
    if options.version > 0 and options.version_date is None:
        raise MisuseError("--version: una reprogramación necesita su --fecha-version")
    if options.out.exists() and not options.out.is_dir():
        raise SemaforoError(f"--out: {options.out} no es una carpeta; indique otra")
    if not options.replace and options.out.is_dir() and any(options.out.glob("*.csv")):
        raise SemaforoError(
            f"--out: {options.out} ya tiene CSV; indique otra carpeta, o --reemplazar"
        )


def _check_texts(options: ImportOptions) -> None:
    """Refuse a text that no row could hold: every row of the plan would be quarantined for it."""
    given = {
        ("planes", "entidad_id"): ("--entidad", options.entity),
        ("planes", "plan_id"): ("--plan", options.plan),
        ("planes", "nombre"): ("--nombre-plan", options.plan_name),
        ("planes", "documento"): ("--documento", options.document),
        ("entidades", "nombre"): ("--nombre-entidad", options.entity_name),
    }
    for (table, name), (option, value) in given.items():
        if value is None:
            continue
        if not clean(value):
            raise MisuseError(f"{option}: está vacío; escríbalo")
        column = next(one for one in contract()[table].columns if one.name == name)
        if len(value) > column.limits[0]:
            raise MisuseError(f"{option}: tiene {len(value)} caracteres; caben {column.limits[0]}")


def _check_entity(options: ImportOptions) -> None:
    """Hold what describes a new entity against the contract, before thousands of rows follow it."""
    given = {
        "pais": ("--pais", options.country),
        "nivel_gobierno": ("--nivel-gobierno", options.government_level),
        "moneda": ("--moneda", options.currency),
    }
    for column in contract()["entidades"].columns:
        option, value = given.get(column.name, ("", ""))
        if not option:
            continue
        if column.values and value not in column.values:
            raise MisuseError(f"{option}: «{value}» no existe; use {', '.join(column.values)}")
        if column.pattern and not re.fullmatch(column.pattern, value):
            raise MisuseError(f"{option}: «{value}» no tiene la forma {column.pattern_words}")


def _facts(reports: list[Report], options: ImportOptions) -> PlanFacts:
    method = options.method
    if method is None:
        if any(report.quarterly for report in reports):
            raise SemaforoError(
                "el reporte es trimestral: indique --metodologia, porque cada institución que "
                "sigue su plan por trimestres tiene la suya (p. ej., zed-ilo)"
            )
        method = MONTHLY_METHOD
    version = (
        parse_date(options.version_date, "--fecha-version")
        if options.version_date
        else date(options.year - 1, 12, 20)
    )
    registered = (
        parse_date(options.registration_date, "--fecha-registro")
        if options.registration_date
        else None
    )
    return PlanFacts(
        entity=options.entity,
        plan=options.plan,
        year=options.year,
        kind=options.kind,
        name=options.plan_name or f"{_PLAN_NAMES[options.kind]} {options.year}",
        method=find_method(method, options.catalogs or SHIPPED_SEEDS),
        version=options.version,
        version_date=version,
        registration_date=registered,
        today=options.today,
        document=options.document or ", ".join(report.file for report in reports),
        entity_row=_entity_row(options),
    )


def _entity_row(options: ImportOptions) -> dict[str, str] | None:
    if options.entity_name is None:
        return None
    return {
        "entidad_id": options.entity,
        "nombre": options.entity_name,
        "pais": options.country,
        "nivel_gobierno": options.government_level,
        "moneda": options.currency,
    }


def _check_year(report: Report, year: int) -> None:
    """A title or a month that names another year is most often the wrong file."""
    for text in report.dated:
        named = years_named(text)
        if named and year not in named:
            other = min(named, key=lambda one: (abs(one - year), one))
            raise SemaforoError(
                f"{report.file} es del año {other} («{text}»), no de {year}; corrija --anio o "
                "el texto"
            )


def years_named(text: str) -> set[int]:
    """Years that a title or a heading names; of a span, as in PEI 2021-2025, all of them."""
    years = {2000 + int(short[1]) for short in [_SHORT_YEAR.fullmatch(text)] if short}
    for first, last in _SPAN.findall(text):
        years |= set(range(int(first), int(last) + 1))
    return years | {int(one) for one in _YEAR.findall(text)}


def _write(tables: Tables, options: ImportOptions) -> None:
    try:
        options.out.mkdir(parents=True, exist_ok=True)
        for name in contract():
            # Of an earlier import: a table that this one has no rows for must not stay.
            (options.out / f"{name}.csv").unlink(missing_ok=True)
        for name, rows in tables.items():
            columns = contract()[name].column_names
            path = options.out / f"{name}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
    except OSError as failure:
        raise SemaforoError(
            f"no se puede escribir en {options.out}: {in_spanish(failure.strerror)}"
        ) from None
