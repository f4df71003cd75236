"""What a load did: the accounting of each file, and how a person reads it.

Belongs here: the figures and their wording. Does not: anything that computes them.
"""

from dataclasses import dataclass, field, replace

from orchestration.errors import SemaforoError

LOADED = "cargado"
UNCHANGED = "sin cambios"
PENDING = "pendiente"
REFUSED = "rechazado"


@dataclass(frozen=True)
class Finding:
    """One wrong value: where it is, its text as written, and why it is wrong.

    `orphan`: it names what neither the folder nor the warehouse has; `cause`: because this file of
    the folder was refused.
    """

    table: str
    file: str
    row: int
    column: str
    text: str | None
    reason: str
    orphan: bool = False
    cause: str | None = None

    def line(self) -> str:
        """Say it in one line."""
        return f"{self.file}, fila {self.row}: {' '.join(self.reason.split())}"


@dataclass(frozen=True)
class FileReport:
    """What became of one file.

    Attributes:
        table: table of the contract; empty for a file that is none.
        file: name of the file.
        status: `cargado`, `sin cambios`, `pendiente` (still being written) or `rechazado`.
        shipped: the file is one of semaforo's own catalogs.
        load_id: sha256 of its content, hexadecimal.
        read: rows of data in it.
        loaded: rows that went into raw.
        quarantined: rows set aside.
        repeated: rows that say what is already known.
        reason: why it was refused or left.
        line: line to blame for the refusal; None = the whole file.
        notices: what was accepted although the contract asks for something else.
        findings: wrong values, all of them or the first few.
    """

    table: str
    file: str
    status: str
    shipped: bool = False
    load_id: str = ""
    read: int = 0
    loaded: int = 0
    quarantined: int = 0
    repeated: int = 0
    reason: str = ""
    line: int | None = None
    notices: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = field(default=(), repr=False)

    def refusal(self) -> str:
        """Say in one line why the file was refused."""
        where = f"{self.file}, línea {self.line}" if self.line else self.file
        return f"{where}: {self.reason}"

    def lines(self) -> list[str]:
        """Tell it in Spanish, the accounting first."""
        if self.status == REFUSED:
            return [f"{self.refusal()}; no se cargó nada del archivo"]
        if self.status == PENDING:
            return [f"{self.file}: {self.reason}"]
        lines = [
            f"{self.file}: {counted(self.read, 'leída')} = {counted(self.loaded, 'cargada')} "
            f"+ {self.quarantined:,} en cuarentena + {counted(self.repeated, 'repetida')}"
        ]
        lines += [f"  {notice}" for notice in self.notices]
        lines += [f"  {finding.line()}" for finding in self.findings]
        rest = self.quarantined - len({finding.row for finding in self.findings})
        if self.findings and rest > 0:
            lines.append(f"  … y {counted(rest, 'fila')} más en la tabla cuarentena")
        return lines


@dataclass(frozen=True)
class Fault:
    """Why the rows of a table, taken together, cannot stand."""

    table: str
    reason: str


@dataclass(frozen=True)
class LoadReport:
    """What a load did, file by file.

    Attributes:
        files: the shipped catalogs that changed, then the folder's files, parents first.
        notices: sentences about what stands in the folder and is not read.
        faults: reasons for which the whole load is refused (bands with gaps or overlaps).
        resolved: quarantined rows of earlier loads that this one brought in.
    """

    files: tuple[FileReport, ...]
    notices: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    resolved: int = 0

    @property
    def read(self) -> int:
        """Rows read."""
        return sum(file.read for file in self.files)

    @property
    def loaded(self) -> int:
        """Rows that went into raw."""
        return sum(file.loaded for file in self.files)

    @property
    def quarantined(self) -> int:
        """Rows set aside."""
        return sum(file.quarantined for file in self.files)

    @property
    def repeated(self) -> int:
        """Rows that say what is already known."""
        return sum(file.repeated for file in self.files)

    @property
    def refused(self) -> tuple[FileReport, ...]:
        """Files of which nothing was loaded."""
        return tuple(file for file in self.files if file.status == REFUSED)

    def lines(self) -> list[str]:
        """Tell it in Spanish, one line a fact."""
        lines = [line for file in self.files for line in file.lines()]
        lines += self.notices
        if self.resolved:
            verb = "salió" if self.resolved == 1 else "salieron"
            lines.append(f"{counted(self.resolved, 'fila')} {verb} de cuarentena")
        lines.append(
            f"Total: {counted(self.read, 'leída')} = {counted(self.loaded, 'cargada')} "
            f"+ {self.quarantined:,} en cuarentena + {counted(self.repeated, 'repetida')}"
        )
        return lines


class LoadRefusedError(SemaforoError):
    """A file, or the whole load, was refused; `report` tells what became of the rest."""

    def __init__(self, report: LoadReport):
        reasons = [f"{fault.table}: {fault.reason}" for fault in report.faults]
        # A row in quarantine is often what is missing.
        reasons += [
            finding.line()
            for table in {fault.table: None for fault in report.faults}
            for file in report.files
            if file.table == table
            for finding in file.findings
        ]
        reasons += [file.refusal() for file in report.refused]
        super().__init__("; ".join(reasons))
        self.report = report

    def lines(self) -> list[str]:
        """Tell what was loaded all the same; nothing where the whole load was undone.

        What was refused is the message of the error, and is said once.
        """
        if self.report.faults:
            return []
        others = tuple(file for file in self.report.files if file.status != REFUSED)
        return replace(self.report, files=others).lines()


def counted(number: int, one: str) -> str:
    """Write so many things, whose plural ends in s: 1 fila, 2 filas."""
    return f"{number:,} {one}{'' if number == 1 else 's'}"
