"""Loading a folder of contract CSVs into schema raw: all of it, or none of it.

Belongs here: the order of the steps for a folder and for one file, in one transaction.
Does not: what a step checks (structure.py, validation.py, relations.py, quarantine.py).
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import duckdb

from orchestration import parents, quarantine, relations
from orchestration.contract import TableSpec, contract
from orchestration.doubts import doubts
from orchestration.files import Candidate, Listing, list_folder, stamp
from orchestration.load_report import (
    LOADED,
    PENDING,
    REFUSED,
    UNCHANGED,
    Fault,
    FileReport,
    Finding,
    LoadRefusedError,
    LoadReport,
)
from orchestration.quarantine import Origin
from orchestration.raw_tables import create_raw_tables, next_load_time, next_moment
from orchestration.relations import PARENT, ROWS, SET_ASIDE, VALUE, Batch
from orchestration.row_scan import RefusedFileError
from orchestration.settings import GAPS_AT_ONCE, SCRATCH, SHIPPED_SEEDS
from orchestration.sql import answer, literal
from orchestration.structure import Structure, inspect, readable_copy
from orchestration.system_words import in_spanish
from orchestration.validation import (
    Rules,
    findings,
    trimmed_rows,
    typed,
    untrimmed_rows,
    wrong_rows,
)

Progress = Callable[[str, int, int], None]
"""Told of each file that starts: its name, its number from 1, how many there are."""

# Enough for a country's files; what does not fit goes to disk beside the database.
MEMORY_LIMIT = "512MB"
SHOWN_FINDINGS = 5

# Where they are, which column, what it says, why it is wrong, what a repair
# changes, and the refused file that explains it.
_FINDINGS = """
    fila bigint, orden integer, columna varchar, texto varchar, motivo varchar,
    clase varchar, reparar varchar[], causa varchar
"""
_STILL_WRITTEN = "se está escribiendo; queda para la próxima carga"


def load_folder(
    build_db: Path,
    folder: Path | None,
    *,
    today: date,
    catalogs: Path | None = None,
    progress: Progress | None = None,
) -> LoadReport:
    """Load the shipped catalogs and then a folder into the raw tables of a database.

    Everything happens in one transaction: killed half-way, the load never was.

    Args:
        build_db: DuckDB file; created if missing.
        folder: folder of contract CSVs; None = the catalogs alone, and the tables that a newer
            contract has added.
        today: day of loading; rows dated after it are quarantined.
        catalogs: folder of the shipped catalogs; default, that of the package.
        progress: told of each file that starts.

    Raises:
        LoadRefusedError: a file was refused (the others are loaded), or the bands of a semáforo
            leave gaps or overlap (nothing is loaded); carries the report.
        SemaforoError: the folder does not exist or holds no CSV.
    """
    build_db.parent.mkdir(parents=True, exist_ok=True)
    with open_database(build_db) as connection:
        connection.execute("begin")
        try:
            report = run_load(connection, folder, today=today, catalogs=catalogs, progress=progress)
            connection.execute("rollback" if report.faults else "commit")
        except BaseException:
            # A commit that the disk refused has ended the transaction: its own reason is told.
            with suppress(duckdb.TransactionException):
                connection.execute("rollback")
            raise
    if report.faults or report.refused:
        raise LoadRefusedError(report)
    return report


@contextmanager
def open_database(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database with bounded memory; what exceeds it spills beside the file."""
    with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=path.parent) as spill:
        config = GAPS_AT_ONCE | {"memory_limit": MEMORY_LIMIT, "temp_directory": spill}
        with duckdb.connect(str(path), config=config) as connection:
            # DuckDB would draw a bar of slow queries into the output, be it a pipe.
            connection.execute("set enable_progress_bar = false")
            yield connection


def run_load(
    connection: duckdb.DuckDBPyConnection,
    folder: Path | None,
    *,
    today: date,
    catalogs: Path | None = None,
    progress: Progress | None = None,
    shown: int | None = SHOWN_FINDINGS,
) -> LoadReport:
    """Load into an open database, within its caller's transaction.

    Args:
        connection: database to load into.
        folder: folder of contract CSVs; None = the catalogs alone.
        today: day of loading.
        catalogs: folder of the shipped catalogs; default, that of the package.
        progress: told of each file that starts.
        shown: wrong values to report of each file; None = all.

    Raises:
        SemaforoError: the folder does not exist or holds no CSV.
    """
    tables = contract()
    create_raw_tables(connection, tables)
    parents.create_waiting(connection)
    shipped = (catalogs or SHIPPED_SEEDS).absolute()
    own = folder is not None and folder.absolute() == shipped
    base = [
        candidate
        for candidate in list_folder(shipped, tables, shipped=True).candidates
        if tables[candidate.table].catalog
    ]
    listing = list_folder(folder, tables, shipped=own) if folder else Listing((), (), (), ())
    files = [file for file in listing.candidates if not (own and tables[file.table].catalog)]
    loader = _Loader(connection, tables, today, shown)
    loader.refused |= {table: name for name, _, table in listing.refused if table}
    reports = []
    for number, (candidate, catalog) in enumerate(
        [*((file, True) for file in base), *((file, False) for file in files)], start=1
    ):
        if progress is not None:
            progress(candidate.path.name, number, len(base) + len(files))
        reports.append(loader.load(candidate, catalog=catalog))
    if not own:
        # Catalogs that change nothing are no news.
        reports = [one for one in reports if not (one.shipped and one.status == UNCHANGED)]
    reports += [FileReport("", name, REFUSED, reason=why) for name, why, _ in listing.refused]
    reports += [FileReport("", name, PENDING, reason=_STILL_WRITTEN) for name in listing.pending]
    return LoadReport(
        files=tuple(reports),
        notices=listing.notices,
        faults=tuple(loader.faults()),
        resolved=loader.resolved,
    )


class _ChangedFileError(Exception):
    """The file was written while it was read."""


@dataclass
class _Loader:
    """Loads files one after the other; knows what the whole load did."""

    connection: duckdb.DuckDBPyConnection
    tables: dict[str, TableSpec]
    today: date
    shown: int | None
    resolved: int = 0
    refused: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        self._times = {
            catalog: next_load_time(self.connection, catalog=catalog) for catalog in (True, False)
        }
        self._now = next_moment(self.connection)

    def load(self, candidate: Candidate, *, catalog: bool) -> FileReport:
        """Load one file, or say why not."""
        table = self.tables[candidate.table]
        report = FileReport(table.name, candidate.path.name, REFUSED, shipped=catalog)
        try:
            structure = inspect(candidate.path, table)
            return self._load(replace(report, load_id=structure.sha256), candidate, structure)
        except RefusedFileError as refusal:
            self.refused[table.name] = report.file
            return replace(report, reason=refusal.reason, line=refusal.line)
        except (PermissionError, FileNotFoundError) as failure:
            self.refused[table.name] = report.file
            return replace(report, reason=f"no se puede leer: {in_spanish(failure.strerror)}")
        except _ChangedFileError:
            return replace(report, status=PENDING, reason=_STILL_WRITTEN)

    def faults(self) -> list[Fault]:
        """Reasons for which the whole load is refused."""
        return [
            Fault(table.name, reason)
            for table in self.tables.values()
            for reason in relations.uncovered_intervals(Batch(self.connection, table, self.tables))
        ]

    def _load(self, report: FileReport, candidate: Candidate, structure: Structure) -> FileReport:
        table = self.tables[candidate.table]
        report = replace(report, read=structure.rows, notices=structure.notices)
        seen = self._seen(report)
        waiting = quarantine.open_rows(self.connection, table, report.load_id) if seen else []
        # The row of the latest load holds: a file that comes back after another is loaded again.
        returning = seen and table.history is None and self._followed(report)
        if seen and not waiting and not returning:
            return replace(report, status=UNCHANGED, repeated=report.read)
        self._read(candidate, structure, table)
        if stamp(candidate.path) != candidate.stamp:
            raise _ChangedFileError
        if seen and not returning:
            self._keep_only(waiting)
        batch = Batch(self.connection, table, self.tables, report.shipped, self.refused)
        rules = Rules(self.today, point_is_plain=structure.delimiter == ",")
        self._check(batch, rules)
        said = doubts(batch, point_is_plain=rules.point_is_plain)
        report = replace(report, notices=report.notices + said)
        return self._store(batch, report, structure, again=seen)

    def _seen(self, report: FileReport) -> bool:
        found = answer(
            self.connection,
            "select count(*) from raw.carga where carga_id = ? and tabla = ? and catalogo = ?",
            [report.load_id, report.table, report.shipped],
        )
        return found > 0

    def _followed(self, report: FileReport) -> bool:
        """Say whether rows of another file of its table were loaded after those of this one."""
        found = answer(
            self.connection,
            """
            select count(*) from raw.carga
            where tabla = ? and catalogo = ? and carga_id <> ? and cargadas > 0
                and registrado_en > (
                    select max(registrado_en) from raw.carga
                    where carga_id = ? and tabla = ? and catalogo = ?
                )
            """,
            [
                report.table, report.shipped, report.load_id,
                report.load_id, report.table, report.shipped,
            ],
        )  # fmt: skip
        return found > 0

    def _read(self, candidate: Candidate, structure: Structure, table: TableSpec) -> None:
        """Let DuckDB read the file as text into the temporary table `lectura`."""
        header = ", ".join(f"'{name}': 'varchar'" for name in structure.header)
        columns = ", ".join(
            name if name in structure.header else f"cast(null as varchar) as {name}"
            for name in table.column_names
        )
        with tempfile.TemporaryDirectory(prefix="semaforo-") as scratch:
            path = readable_copy(candidate.path, structure, Path(scratch))
            try:
                self.connection.execute(f"""
                    create or replace temp table lectura as
                    select row_number() over () + 1 as fila, {columns}
                    from read_csv({literal(_one_file(path))}, auto_detect = false,
                        columns = {{{header}}}, header = true, delim = '{structure.delimiter}',
                        quote = '"', escape = '"', strict_mode = true)
                """)
            except duckdb.InvalidInputException as failure:
                raise RefusedFileError(f"no se puede leer como CSV: {_first_line(failure)}") from (
                    failure
                )
        read = answer(self.connection, "select count(*) from lectura")
        if read != structure.rows:
            raise RefusedFileError(f"tiene {structure.rows} filas y solo se leen {read}")
        if structure.lines is not None:
            self._number_rows(structure)

    def _number_rows(self, structure: Structure) -> None:
        """Give each row the line it starts on, where blank or broken lines come before it."""
        lines = {"linea": structure.lines}
        self.connection.register("lineas", lines)
        self.connection.execute("""
            create or replace temp table lectura as
            select numeradas.linea as fila, lectura.* exclude (fila)
            from lectura
            join (select row_number() over () + 1 as fila, linea from lineas) as numeradas
                on lectura.fila = numeradas.fila
        """)
        self.connection.unregister("lineas")

    def _keep_only(self, rows: list[int]) -> None:
        self.connection.execute(
            "delete from lectura where fila not in (select unnest(?::bigint[]))", [rows]
        )

    def _check(self, batch: Batch, rules: Rules) -> None:
        """Sort the rows of `lectura` into `filas`, `apartadas` and `repetidas`; note why."""
        table = batch.table
        self.connection.execute("create or replace temp table repetidas (fila bigint)")
        clean = "lectura"
        if answer(self.connection, untrimmed_rows(table, "lectura")):
            clean = "limpias"
            self.connection.execute(
                f"create or replace temp table limpias as {trimmed_rows(table, 'lectura')}"
            )
        self.connection.execute(f"create or replace temp table hallazgos ({_FINDINGS})")
        self.connection.execute(
            f"create or replace temp table malas as {wrong_rows(table, clean, rules)}"
        )
        if answer(self.connection, "select count(*) from malas"):
            self.connection.execute(f"""
                insert into hallazgos
                select *, '{VALUE}', [columna], null
                from ({findings(table, "malas", "lectura", rules)})
            """)
        values = ", ".join(
            f"{typed(column.name, column)} as {column.name}" for column in table.columns
        )
        for rows, wrong in ((ROWS, "not in"), (SET_ASIDE, "in")):
            self.connection.execute(f"""
                create or replace temp table {rows} as
                select fila, {values} from {clean}
                where fila {wrong} (select fila from malas)
            """)
        self.connection.execute("drop table if exists limpias")
        relations.repeated_keys(batch)
        relations.quarter_ends(batch)
        parents.unknown_parents(batch)
        relations.known_rows(batch)

    def _store(
        self, batch: Batch, report: FileReport, structure: Structure, *, again: bool
    ) -> FileReport:
        table, at = batch.table, self._times[report.shipped]
        origin = Origin(report.load_id, report.file, self._now)
        self.resolved += quarantine.resolve(self.connection, table, origin)
        names = ", ".join(table.column_names)
        loaded = answer(
            self.connection,
            f"""
            insert into raw.{table.name} ({names}, carga_id, archivo, fila, cargado_en)
            select {names}, ?, ?, fila, ? from filas order by fila
            """,
            [report.load_id, report.file, at],
        )
        quarantined = quarantine.set_aside(self.connection, table, origin)
        repeated = answer(self.connection, "select count(*) from repetidas")
        if again:
            repeated += report.read - answer(self.connection, "select count(*) from lectura")
        report = replace(
            report,
            status=UNCHANGED if again and not loaded else LOADED,
            loaded=loaded,
            quarantined=quarantined,
            repeated=repeated,
            findings=self._findings(report),
        )
        if report.read != loaded + quarantined + repeated:
            raise RuntimeError(f"rows lost or doubled: {report}")
        if report.status == LOADED:
            self.connection.execute(
                "insert into raw.carga values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    report.load_id, report.table, report.file, report.shipped, at, self._now,
                    structure.encoding, structure.delimiter, structure.size,
                    report.read, loaded, quarantined, repeated,
                ],
            )  # fmt: skip
        return report

    def _findings(self, report: FileReport) -> tuple[Finding, ...]:
        limit = "" if self.shown is None else f"limit {self.shown}"
        rows = self.connection.execute(
            f"select fila, columna, texto, motivo, clase = '{PARENT}', causa from hallazgos "
            f"order by fila, orden {limit}"
        ).fetchall()
        return tuple(Finding(report.table, report.file, *row) for row in rows)


def _one_file(path: Path) -> str:
    """Write a path so that DuckDB takes none of its characters as a pattern."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path))


def _first_line(failure: Exception) -> str:
    return str(failure).strip().splitlines()[0][:200]
