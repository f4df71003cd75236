"""Read the rows of the official follow-up report, monthly or quarterly, as they are printed.

Belongs here: which row is what. Does not: whether it adds up, or contract rows.
"""

import re
from decimal import Decimal
from pathlib import Path

from orchestration.errors import SemaforoError
from orchestration.importing.cells import (
    clean,
    heading,
    is_blank,
    may_be_thousands,
    number,
    shows_decimal_point,
    state,
)
from orchestration.importing.entities import note_entity
from orchestration.importing.findings import Finding, Place
from orchestration.importing.layout import (
    Block,
    Layout,
    continues_header,
    find_layout,
    is_header,
    period_of,
)
from orchestration.importing.printed import Activity, Element, Figure, Line, Report
from orchestration.importing.workbook import Sheet, Values, read_workbook

TOTALS = {
    "PROMEDIO DE EJECUCION FISICA": "avance_fisico_pct",
    "MEDIANA DE": "mediana_actividades_pct",
    "TOTAL DE PROGRAMACION FINANCIERA": "programado_financiero",
    "TOTAL DE EJECUCION FINANCIERA": "ejecutado_financiero",
    "AO CON INFORMACION COMPLETA": "n_completas",
    "AO CON INFORMACION INCOMPLETA": "n_si",
    "AO SIN PROGRAMACION": "n_sp",
}
"""Words that begin the row of a total, and the figure it prints."""

_ELEMENT = re.compile(r"(OEI|AEI)([\s.]*)(\d+(?:\.\d+)*)[\s.:\-–—]*(.*)", re.IGNORECASE)
_NUMBERED_ACTIVITY = re.compile(r"AO[\s.]+(\d+(?:\.\d+)*)\.?\s*[:\-–—]\s*(.+)", re.IGNORECASE)
_CODED_ACTIVITY = re.compile(r"(\S*\d\S*)\s+[-–—]\s+(.+)|(AO\d+)\s*:\s*(.+)")
_SUBTOTAL = re.compile(r"EJECUCION (FISICA|FINANCIERA) (?:POR )?AEI([\s.]*)(\d+(?:\.\d+)*)")
# Notes, and the table of the semáforo: the warehouse counts colours itself.
_NOT_READ = re.compile(
    r"\(?[IVX]+\)\s|NOTAS?\b|FUENTE\b|LEYENDA\b|ANO[: ]"
    r"|OBJETIVOS ESTRATEGICOS|ACCIONES ESTRATEGICAS|ACTIVIDADES OPERATIVAS"
)
_TITLE = re.compile(r"REPORTE DE SEGUIMIENTO")
# Not «Año de la unidad…», the official name that a year has in Peru.
_YEAR_ROW = re.compile(r"(ANO|EJERCICIO|PERIODO)( FISCAL)?[: ]+\d{4}")


def normal_code(kind: str, numbers: str) -> str:
    """Code as CEPLAN writes it, two figures a level: OEI 1 → OEI.01, AO 1.1.2 → AO.01.01.02."""
    return ".".join([kind.upper(), *(part.zfill(2) for part in numbers.split("."))])


def printed_code(kind: str, between: str, numbers: str) -> str:
    """Code of an OEI or AEI: as it is printed, or CEPLAN's where a blank makes it two words."""
    if any(sign.isspace() for sign in between):
        return normal_code(kind, numbers)
    return f"{kind.upper()}{between}{numbers}"


def read_report(path: Path) -> tuple[Report, list[Finding]]:
    """Read one file; its sheets follow each other.

    Raises:
        SemaforoError: the file can't be opened, or is no follow-up report.
    """
    reader = _Reader(path.name)
    for sheet in read_workbook(path):
        reader.read(sheet)
    report = reader.report
    if not report.months:
        raise SemaforoError(
            f"{path.name} no es un reporte de seguimiento: ninguna hoja tiene la fila de "
            "encabezados con «PROG./ EJE.»; expórtelo con ella"
        )
    if not report.activities:
        raise SemaforoError(
            f"{path.name}: debajo de los encabezados no hay ninguna AO; expórtelo completo"
        )
    return report, [*reader.findings, *reader.doubtful_points()]


class _Reader:
    """Walks the rows of a file, remembering which OEI, AEI and AO it is in."""

    def __init__(self, file: str):
        self.report = Report(file)
        self.findings: list[Finding] = []
        self._layout: Layout | None = None
        self._objective: str | None = None
        self._action: str | None = None
        self._activity: Activity | None = None
        self._sheet = ""
        # Texts like «1.500», and whether another text shows that a point is a decimal point here.
        self._doubtful: list[tuple[Place, str]] = []
        self._decimal_point = False

    def read(self, sheet: Sheet) -> None:
        """Read one sheet; a sheet without the headings has nothing of the report."""
        self._sheet = sheet.name
        rows = sheet.rows
        at = 0
        while at < len(rows):
            number_, values = rows[at]
            at += 1
            if is_header(values):
                header = [values]
                while at < len(rows) and continues_header(rows[at][1]):
                    header.append(rows[at][1])
                    at += 1
                self._start_table(self._place(number_), header)
            else:
                self._row(self._place(number_), values)
        self._layout = None

    def _place(self, row: int) -> Place:
        return Place(self.report.file, self._sheet, row)

    def _say(self, place: Place, what: str) -> None:
        self.findings.append(Finding(place, what))

    def _start_table(self, place: Place, header: list[Values]) -> None:
        try:
            layout = find_layout(header)
        except ValueError as unclear:
            raise SemaforoError(f"{place}: {unclear}") from None
        if layout is None:
            raise SemaforoError(
                f"{place}: los encabezados no nombran ningún mes ni trimestre; complételos"
            )
        report = self.report
        if report.months and report.quarterly != layout.quarterly:
            raise SemaforoError(
                f"{place}: mezcla meses y trimestres con las hojas de antes; impórtelas aparte"
            )
        report.quarterly = layout.quarterly
        report.months = sorted({*report.months, *layout.physical.months})
        report.with_money = report.with_money or bool(layout.money.months)
        # Not of dates: a spreadsheet makes «ene-23» the 23rd of January of the day's year.
        report.dated += [
            clean(value)
            for row in header
            for value in row
            if isinstance(value, str) and period_of(value)
        ]
        self._layout = layout

    def _row(self, place: Place, values: Values) -> None:
        first = next((value for value in values if clean(value)), None)
        if first is None:
            return
        words = heading(first)
        if _TITLE.match(words):
            self.report.title = self.report.title or clean(first)
            self.report.dated.append(clean(first))
            return
        start = [clean(value) for value in values if clean(value)][:2]
        if year := next(
            (text for text in (start[0], " ".join(start)) if _YEAR_ROW.fullmatch(heading(text))),
            None,
        ):
            self.report.dated.append(year)
            return
        if self._layout is None and note_entity(self.report.named, place, start):
            return
        if element := _ELEMENT.fullmatch(clean(first)):
            # Also above the headings: there stands the first OEI of ZED ILO's annex.
            self._element(place, element, values)
        elif self._layout is None:
            return
        elif any(_SUBTOTAL.search(heading(value)) for value in values if isinstance(value, str)):
            self._subtotal(place, values)
        elif total := next(
            (kind for start, kind in TOTALS.items() if words.startswith(start)), None
        ):
            self._total(place, total, values)
        elif not _NOT_READ.match(words):
            self._line(place, values)

    def _element(self, place: Place, match: re.Match, values: Values) -> None:
        kind, between, numbers, name = match.groups()
        code = printed_code(kind, between, numbers)
        if not name:
            texts = [clean(value) for value in values if clean(value)]
            name = texts[1] if len(texts) > 1 else ""
        if not name:
            self._say(place, f"{code} no tiene nombre; se usa su código")
            name = code
        self._activity = None
        if kind.upper() == "OEI":
            self._objective, self._action = code, None
            known = self.report.objectives
        else:
            if self._objective is None:
                raise SemaforoError(
                    f"{place}: {code} aparece antes que ningún OEI; agregue su encabezado"
                )
            self._action = code
            known = self.report.actions
        parent = self._objective if kind.upper() == "AEI" else None
        before = known.setdefault(code, Element(place, code, name, parent))
        if (before.name, before.parent) != (name, parent):
            self._say(
                place, f"{code} aparece otra vez con otro nombre o en otro OEI; vale el primero"
            )

    def _subtotal(self, place: Place, values: Values) -> None:
        """Figures of an AEI: what follows each label, wherever its column is."""
        known = None
        for column, value in enumerate(values, start=1):
            label = _SUBTOTAL.search(heading(value)) if isinstance(value, str) else None
            if label:
                known = (label[1], self._action_of(label[2], label[3]))
            elif known and not is_blank(value):
                figure = self._printed(place.at(column), value)
                kind, code = known
                target = "action_advance" if kind == "FISICA" else "action_money"
                getattr(self.report, target).setdefault(code, figure)
                known = None

    def _action_of(self, between: str, numbers: str) -> str:
        """Code under which the AEI of a subtotal stands, however its heading writes it."""
        printed = printed_code("AEI", between, numbers)
        if printed in self.report.actions:
            return printed
        normal = normal_code("AEI", numbers)
        for code in self.report.actions:
            if normal_code("AEI", code.removeprefix("AEI").strip(".")) == normal:
                return code
        return printed

    def _total(self, place: Place, kind: str, values: Values) -> None:
        for column in range(len(values), 1, -1):
            if not is_blank(values[column - 1]):
                figure = self._printed(place.at(column), values[column - 1])
                self.report.totals.setdefault(kind, figure)
                return

    def _printed(self, place: Place, value: object) -> Figure:
        printed_state = state(value)
        if printed_state:
            return Figure(place, None, printed_state)
        return Figure(place, self._number(place, value))

    def doubtful_points(self) -> list[Finding]:
        """List the texts whose point may separate thousands: no total could tell."""
        if self._decimal_point:
            return []
        return [
            Finding(
                place,
                f"«{text}» se lee como {number(text).normalize():f}; si el punto separa los miles, "
                f"escriba {text.replace('.', '')} y vuelva a importar",
            )
            for place, text in self._doubtful
        ]

    def _number(self, place: Place, value: object) -> Decimal | None:
        if may_be_thousands(value):
            self._doubtful.append((place, clean(value)))
        self._decimal_point = self._decimal_point or shows_decimal_point(value)
        try:
            return number(value)
        except ValueError as unreadable:
            self._say(place, str(unreadable))
            return None

    def _line(self, place: Place, values: Values) -> None:
        layout = self._layout
        kind = heading(_at(values, layout.kind))
        name = clean(_at(values, layout.name))
        if kind.startswith("PROG"):
            self._start_activity(place, name, values)
        elif kind.startswith("EJE"):
            self._execution(place, name, values)
        elif any(not is_blank(value) and not isinstance(value, str) for value in values):
            self._say(place, "fila con cifras que no se reconoce; no se lee")

    def _start_activity(self, place: Place, name: str, values: Values) -> None:
        self._activity = None
        parsed = activity_code(name)
        if parsed is None:
            self._say(place, f"AO sin código: «{name[:60]}»; no se lee")
            return
        if self._action is None:
            raise SemaforoError(
                f"{place}: la AO {parsed[0]} aparece antes que ninguna AEI; agregue su encabezado"
            )
        layout = self._layout
        code, title = parsed
        details = (
            clean(_at(values, column))
            for column in (layout.centre, layout.priority, layout.unit, layout.aggregation)
        )
        activity = Activity(
            place, code, title, self._action, *details, programmed=self._figures(place, values)
        )
        activity.advance = self._advance(place, values)
        if code in self.report.activities:
            first = self.report.activities[code].place
            sheet = f"hoja «{first.sheet}», " if first.sheet != place.sheet else ""
            raise SemaforoError(
                f"{place}: la AO {code} ya está en la {sheet}fila {first.row}; deje una"
            )
        self.report.activities[code] = activity
        self._activity = activity

    def _execution(self, place: Place, name: str, values: Values) -> None:
        activity = self._activity
        parsed = activity_code(name) if name else None
        if activity is None or (parsed and parsed[0] != activity.code):
            self._say(place, "fila EJECUTADO sin su fila PROGRAMADO; no se lee")
            return
        if activity.executed is not None:
            self._say(place, f"segunda fila EJECUTADO de la AO {activity.code}; no se lee")
            return
        activity.executed = self._figures(place, values)
        printed = self._advance(place, values)
        if activity.advance is None:
            activity.advance = printed

    def _figures(self, place: Place, values: Values) -> Line:
        line = Line(place)
        layout = self._layout
        line.months, line.accumulated = self._block(line, layout.physical, values, line.unread)
        line.money, line.money_accumulated = self._block(
            line, layout.money, values, line.money_unread
        )
        return line

    def _block(
        self, line: Line, block: Block, values: Values, unread: dict[int, str]
    ) -> tuple[dict[int, Decimal], Decimal | None]:
        months = {}
        for month, column in block.months.items():
            figure = self._cell(line, values, column)
            if figure is not None:
                months[month] = figure
            elif not is_blank(_at(values, column)) and not state(_at(values, column)):
                unread[month] = clean(_at(values, column))
        accumulated = None
        if block.accumulated is not None:
            accumulated = self._cell(line, values, block.accumulated)
        return months, accumulated

    def _cell(self, line: Line, values: Values, column: int) -> Decimal | None:
        value = _at(values, column)
        printed_state = state(value)
        if printed_state:
            line.states.add(printed_state)
            return None
        return self._number(line.place.at(column + 1), value)

    def _advance(self, place: Place, values: Values) -> Figure | None:
        column = self._layout.physical.advance
        if column is None or is_blank(_at(values, column)):
            return None
        return self._printed(place.at(column + 1), _at(values, column))


def _at(values: Values, column: int | None) -> object:
    return values[column] if column is not None and column < len(values) else None


def activity_code(text: str) -> tuple[str, str] | None:
    """Code and name of an AO: «AOI301 - NAME» as it is printed, or «AO 1.1.2: NAME», numbered."""
    if coded := _CODED_ACTIVITY.fullmatch(text):
        code, name = (part for part in coded.groups() if part is not None)
        return code, name
    if numbered := _NUMBERED_ACTIVITY.fullmatch(text):
        return normal_code("AO", numbered[1]), numbered[2]
    return None
