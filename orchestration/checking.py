"""`semaforo check`: the checks of a load on a database that is thrown away.

Belongs here: what a check reports, for people and machines. Does not: any check; they are the
load's own, so that what passes here loads.
"""

import json
import tempfile
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import duckdb

from orchestration.contract import TableSpec, contract
from orchestration.load_report import PENDING, LoadReport, counted
from orchestration.loading import Progress, open_database, run_load
from orchestration.raw_tables import create_raw_tables

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


@dataclass(frozen=True)
class CheckResult:
    """What a load of the folder would say.

    Attributes:
        problems: everything that would be refused, quarantined or left.
        report: the accounting, as a load would print it.
        alone: the folder was checked without the warehouse that it is meant for.
    """

    problems: tuple[Problem, ...]
    report: LoadReport
    alone: bool = False

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
            limit: rows at most; None = all.
        """
        return [
            (
                problem.archivo,
                "" if problem.fila is None else str(problem.fila),
                problem.columna or "",
                _one_line(problem.texto or "", 40),
                _one_line(problem.motivo, 300),
            )
            for problem in self.problems[:limit]
        ]

    def summary(self) -> list[str]:
        """Say the accounting of each file and the verdict, one line each."""
        lines = [
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
        if self.alone and any(one.orphan for file in self.report.files for one in file.findings):
            lines.append(
                "Lo que falta en la carpeta puede estar ya en el almacén al que va: agregue "
                "--warehouse CARPETA, y contará como conocido."
            )
        hidden = len(self.problems) - SHOWN_PROBLEMS
        if hidden > 0:
            more = "1 problema" if hidden == 1 else f"{hidden} problemas"
            lines.append(f"Hay {more} más; vea todo con --format json.")
        count = len(self.problems)
        return [*lines, "1 problema." if count == 1 else f"{count} problemas."]


def check_folder(
    folder: Path,
    *,
    today: date,
    catalogs: Path | None = None,
    build_db: Path | None = None,
    progress: Progress | None = None,
) -> CheckResult:
    """Check a folder as if it were loaded today; nothing is kept.

    Args:
        folder: folder of contract CSVs.
        today: day of loading.
        catalogs: folder of the shipped catalogs; default, that of the package.
        build_db: private database of the warehouse that the folder is meant for: what it holds
            counts as known. None or missing = the folder stands alone.
        progress: told of each file that starts.

    Raises:
        SemaforoError: the folder does not exist or holds no CSV.
    """
    with (
        tempfile.TemporaryDirectory(prefix="semaforo-") as scratch,
        open_database(Path(scratch) / "check.duckdb") as connection,
    ):
        if build_db is not None and build_db.exists():
            _copy_raw(connection, build_db)
        report = run_load(
            connection, folder, today=today, catalogs=catalogs, progress=progress, shown=None
        )
    return CheckResult(tuple(_problems(report)), report, alone=build_db is None)


def _problems(report: LoadReport) -> list[Problem]:
    problems = []
    for file in report.files:
        if file.reason and not (file.shipped and file.status == PENDING):
            problems.append(Problem(file.file, file.line, None, None, file.reason))
        problems += [
            Problem(one.file, one.row, one.column, one.text, one.reason) for one in file.findings
        ]
    for fault in report.faults:
        problems.append(Problem(f"{fault.table}.csv", None, None, None, fault.reason))
    return problems


def _copy_raw(connection: duckdb.DuckDBPyConnection, build_db: Path) -> None:
    """Bring in the rows a warehouse holds, not which files they came in: all are checked again."""
    tables: dict[str, TableSpec] = contract()
    create_raw_tables(connection, tables)
    path = str(build_db).replace("'", "''")
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
