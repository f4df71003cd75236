"""`semaforo check`: the checks of a load on a database that is thrown away.

Belongs here: what a check reports, for people and machines. Does not: any check; they are the
load's own, so that what passes here loads.
"""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from orchestration.contract import TableSpec, contract
from orchestration.errors import SemaforoError
from orchestration.failures import not_being_updated
from orchestration.load_report import PENDING, Finding, LoadReport, counted
from orchestration.loading import open_database, run_load
from orchestration.raw_tables import create_raw_tables
from orchestration.settings import WarehousePaths

# A terminal is no place for more; --format json has them all.
SHOWN_PROBLEMS = 100


@dataclass(frozen=True)
class Problem:
    """One thing to correct before loading.

    Attributes:
        archivo: name of the file.
        fila: line of the file on which the row starts; None = the whole file.
        columna: column to blame; None = the row or the file.
        texto: what is written there; None = nothing.
        motivo: why it is wrong.
    """

    archivo: str
    fila: int | None
    columna: str | None
    texto: str | None
    motivo: str

    def line(self) -> str:
        """Say it in one line."""
        # What is no fault of a value is told of the line, as where the file is refused.
        row = [] if self.fila is None else [f"{'fila' if self.columna else 'línea'} {self.fila}"]
        where = ", ".join([self.archivo, *row, *([self.columna] if self.columna else [])])
        return f"{where}: {_one_line(self.motivo, 300)}"


@dataclass(frozen=True)
class CheckResult:
    """What a load of the folder would say.

    Attributes:
        problems: everything that would be refused, quarantined or left; refused files first.
        waiting: those of rows that only a refused file of the folder explains, by its name.
        report: the accounting, as a load would print it.
        alone: the folder was checked without the warehouse that it is meant for.
    """

    problems: tuple[Problem, ...]
    report: LoadReport
    alone: bool = False
    waiting: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)

    @property
    def told(self) -> tuple[Problem, ...]:
        """What people are told one by one: the cause, not each row that waits for it."""
        waiting = {problem for problems in self.waiting.values() for problem in problems}
        return tuple(problem for problem in self.problems if problem not in waiting)

    @property
    def ok(self) -> bool:
        """Whether every row would load."""
        return not self.problems

    def as_json(self) -> str:
        """Write the result for machines: `correcto`, `archivos`, `avisos`, `problemas`."""
        files = [
            {
                "archivo": file.file,
                "tabla": file.table or None,
                "estado": file.status,
                "leidas": file.read,
                "cargables": file.loaded,
                "con_problemas": file.quarantined,
                "repetidas": file.repeated,
                "avisos": list(file.notices),
            }
            for file in self.report.files
            if not file.shipped
        ]
        return json.dumps(
            {
                "correcto": self.ok,
                "archivos": files,
                "avisos": list(self.report.notices),
                "problemas": [asdict(problem) for problem in self.problems],
            },
            ensure_ascii=False,
            indent=2,
        )

    def rows(self, limit: int | None = SHOWN_PROBLEMS) -> list[tuple[str, str, str, str, str]]:
        """Cells of a table for people: archivo, fila, columna, texto, motivo.

        Args:
            limit: rows at most; None = all that are told.
        """
        return [
            (
                problem.archivo,
                "" if problem.fila is None else str(problem.fila),
                problem.columna or "",
                _one_line(problem.texto or "", 40),
                _one_line(problem.motivo, 300),
            )
            for problem in self.told[:limit]
        ]

    def lines(self, limit: int | None = SHOWN_PROBLEMS) -> list[str]:
        """Say the same as the table, one line a problem, for a terminal too narrow for it."""
        return [problem.line() for problem in self.told[:limit]]

    def summary(self) -> list[str]:
        """Say what waits for what, the accounting of each file and the verdict, one line each."""
        lines = [_wait(cause, problems) for cause, problems in self.waiting.items()]
        lines += [
            f"{file.file}: {counted(file.read, 'fila')}, {counted(file.loaded, 'correcta')}, "
            f"{file.quarantined} con problemas, {counted(file.repeated, 'repetida')}"
            + "".join(f"; {one}" for one in file.notices)
            for file in self.report.files
            if not file.shipped and not file.reason
        ]
        lines += self.report.notices
        if self.ok and self.report.notices:
            return [
                *lines,
                "Sin problemas en lo que se lee: se puede cargar; lo demás queda fuera.",
            ]
        if self.ok:
            return [*lines, "Sin problemas: se puede cargar."]
        findings = [one for file in self.report.files for one in file.findings]
        if self.alone and any(one.orphan and not one.cause for one in findings):
            lines.append(
                "Lo que falta en la carpeta puede estar ya en el almacén al que va: agregue "
                "--warehouse CARPETA, y contará como conocido."
            )
        hidden = len(self.told) - SHOWN_PROBLEMS
        if hidden > 0:
            more = "1 problema" if hidden == 1 else f"{hidden} problemas"
            lines.append(f"Hay {more} más; vea todo con --format json.")
        count = len(self.told)
        return [*lines, "1 problema." if count == 1 else f"{count} problemas."]


def check_folder(
    folder: Path,
    *,
    today: date,
    catalogs: Path | None = None,
    build_db: Path | None = None,
) -> CheckResult:
    """Check a folder as if it were loaded today; nothing is kept.

    Args:
        folder: folder of contract CSVs.
        today: day of loading.
        catalogs: folder of the shipped catalogs; default, that of the package.
        build_db: private database of the warehouse that the folder is meant for: what it holds
            counts as known. None = the folder stands alone.

    Raises:
        SemaforoError: the folder does not exist or holds no CSV, or a refresh is at work.
    """
    with (
        tempfile.TemporaryDirectory(prefix="semaforo-") as scratch,
        open_database(Path(scratch) / "check.duckdb") as connection,
    ):
        if build_db is not None:
            _copy_raw(connection, build_db)
        report = run_load(connection, folder, today=today, catalogs=catalogs, shown=None)
    return CheckResult(tuple(_problems(report)), report, build_db is None, _waiting(report))


def known_database(warehouse: Path | None) -> Path | None:
    """Give the private database of the warehouse that `--warehouse` names; None where none is.

    Raises:
        SemaforoError: there is no warehouse there.
    """
    if warehouse is None:
        return None
    build_db = WarehousePaths(warehouse.absolute()).build_db
    if not build_db.is_file():
        what = "no tiene ningún almacén" if warehouse.is_dir() else "no es una carpeta que exista"
        raise SemaforoError(
            f"--warehouse: {warehouse} {what}; indique la que escribió «semaforo refresh», o quite "
            "la opción"
        )
    return build_db


def _problems(report: LoadReport) -> list[Problem]:
    problems = [
        Problem(file.file, file.line, None, None, file.reason)
        for file in report.files
        if file.reason and not (file.shipped and file.status == PENDING)
    ]
    for file in report.files:
        problems += [_problem(finding) for finding in file.findings]
    for fault in report.faults:
        problems.append(Problem(f"{fault.table}.csv", None, None, None, fault.reason))
    return problems


def _problem(finding: Finding) -> Problem:
    return Problem(finding.file, finding.row, finding.column, finding.text, finding.reason)


def _waiting(report: LoadReport) -> dict[str, tuple[Problem, ...]]:
    waiting: dict[str, list[Problem]] = {}
    for file in report.files:
        for finding in file.findings:
            if finding.cause:
                waiting.setdefault(finding.cause, []).append(_problem(finding))
    return {cause: tuple(problems) for cause, problems in waiting.items()}


def _wait(cause: str, problems: tuple[Problem, ...]) -> str:
    rows = {(problem.archivo, problem.fila) for problem in problems}
    files = counted(len({file for file, _ in rows}), "archivo")
    verbs = ("depende", "espera") if len(rows) == 1 else ("dependen", "esperan")
    return (
        f"{counted(len(rows), 'fila')} de {files} {verbs[0]} de {cause} y {verbs[1]} "
        "a que se corrija."
    )


def _copy_raw(connection: duckdb.DuckDBPyConnection, build_db: Path) -> None:
    """Bring in the rows a warehouse holds, not which files they came in: all are checked again."""
    tables: dict[str, TableSpec] = contract()
    create_raw_tables(connection, tables)
    path = str(build_db).replace("'", "''")
    with not_being_updated(build_db.parent.parent):
        connection.execute(f"attach '{path}' as almacen (read_only)")
    held = connection.execute("""
        select table_name from duckdb_tables()
        where database_name = 'almacen' and schema_name = 'raw'
    """).fetchall()
    for (name,) in held:
        if name in tables:
            connection.execute(f"insert into raw.{name} by name from almacen.raw.{name}")
    connection.execute("detach almacen")


def _one_line(text: str, width: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= width else text[: width - 1] + "…"
