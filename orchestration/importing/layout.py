"""Which column of a report holds what, from its row of headings.

Belongs here: the words of the official layouts and their spellings. Does not: rows of data.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from openpyxl.utils import get_column_letter

from orchestration.importing.cells import clean, heading

_MONTH_STEMS = (
    ("ENE",),
    ("FEB",),
    ("MAR",),
    ("ABR",),
    ("MAY",),
    ("JUN",),
    ("JUL",),
    ("AGO",),
    ("SET", "SEP"),
    ("OCT",),
    ("NOV",),
    ("DIC",),
)
_MONTH_NAMES = {stem: month for month, stems in enumerate(_MONTH_STEMS, start=1) for stem in stems}
_MONTH = re.compile(
    r"(ENE|FEB|MAR|ABR|MAY|JUN|JUL|AGO|SET|SEP|OCT|NOV|DIC)[A-Z]*\.?([-/ ]?\d{2,4})?"
)
_QUARTER = re.compile(
    r"(?:T(?:RIM(?:ESTRE)?)?[.\s]*(?P<after>[1-4]|I{1,3}|IV)"
    r"|(?P<before>[1-4]|I{1,3}|IV)[A-Z°º]*[.\s]*T(?:RIM(?:ESTRE)?)?)\.?"
)
_QUARTERS = {"1": 3, "I": 3, "2": 6, "II": 6, "3": 9, "III": 9, "4": 12, "IV": 12}
_ROW_KIND = re.compile(r"PROG[A-Z.]*\s*/\s*EJE[A-Z.]*")


@dataclass
class Block:
    """Columns of one measure, from 0.

    Attributes:
        months: column of each month; the last of the quarter in a quarterly report.
        accumulated: column of the accumulated figure.
        advance: column of the advance in %.
    """

    months: dict[int, int] = field(default_factory=dict)
    accumulated: int | None = None
    advance: int | None = None


@dataclass
class Layout:
    """Where a report holds what; columns count from 0.

    Attributes:
        name: OEI, AEI and AO.
        centre: cost centre.
        priority: level of priority.
        unit: unit of measure.
        aggregation: type of aggregation.
        kind: PROGRAMADO or EJECUTADO.
        physical: physical figures.
        money: money.
        quarterly: columns are quarters, not months.
    """

    name: int = 0
    centre: int | None = None
    priority: int | None = None
    unit: int | None = None
    aggregation: int | None = None
    kind: int = 0
    physical: Block = field(default_factory=Block)
    money: Block = field(default_factory=Block)
    quarterly: bool = False

    @property
    def cut(self) -> int:
        """Last month that the report covers."""
        return max(self.physical.months)


_DETAILS = (
    ("name", re.compile("ACTIVIDAD")),
    ("centre", re.compile("CENTRO")),
    ("priority", re.compile("PRIORIDAD")),
    # Offices add a column of the unit that does the activity.
    ("unit", re.compile("MEDIDA|UNIDAD(?! (ORGANICA|EJECUTORA|RESPONSABLE))")),
    ("aggregation", re.compile("AGREGACION")),
)

# What heads the centre where no column is called so.
_RESPONSIBLE = re.compile("UNIDAD (ORGANICA|RESPONSABLE)|RESPONSABLE|DEPENDENCIA")

_COLUMN_WORDS = ("ACUMULADO", "AVANCE", "FISICO", "FINANCIERO")


def is_header(values: list[object]) -> bool:
    """Whether a row is the first of the headings: the one that names PROG./ EJE."""
    return any(_ROW_KIND.fullmatch(heading(value)) for value in values if value is not None)


def period_of(value: object) -> tuple[int, bool] | None:
    """Month that a heading names, and whether it names a quarter; None if neither."""
    if isinstance(value, date):
        # A spreadsheet turns «ene-23» into the first of January.
        return value.month, False
    text = heading(value)
    if _MONTH.fullmatch(text):
        return _MONTH_NAMES[text[:3]], False
    quarter = _QUARTER.fullmatch(text)
    if quarter:
        return _QUARTERS[quarter["after"] or quarter["before"]], True
    return None


def continues_header(values: list[object]) -> bool:
    """Whether a row below the first one still names columns."""
    present = [value for value in values if clean(value)]
    return bool(present) and all(
        period_of(value) or any(word in heading(value) for word in _COLUMN_WORDS)
        for value in present
    )


def find_layout(header: list[list[object]]) -> Layout | None:
    """Make out the columns from the rows of headings; None where no month is named.

    Raises:
        ValueError: a month heads two columns of a block: one of them would be lost.
    """
    layout = Layout()
    named = sorted(
        ((column, value) for row in header for column, value in enumerate(row) if clean(value)),
        key=lambda place: place[0],
    )
    first_money = _first_money_column(named)
    periods = [period for _, value in named if (period := period_of(value))]
    # Beside months a quarter is a group of columns, or their subtotal.
    layout.quarterly = bool(periods) and all(of_quarter for _, of_quarter in periods)
    for column, value in named:
        text = heading(value)
        for attribute, words in _DETAILS:
            if words.search(text):
                setattr(layout, attribute, column)
        if _ROW_KIND.fullmatch(text):
            layout.kind = column
        block = layout.physical if column < first_money else layout.money
        period = period_of(value)
        if period and period[1] == layout.quarterly:
            before = block.months.setdefault(period[0], column)
            if before != column:
                letters = f"{get_column_letter(before + 1)} y {get_column_letter(column + 1)}"
                raise ValueError(
                    f"las columnas {letters} llevan el mismo mes, «{clean(value)}»; corríjalo"
                )
        elif "%" in text or "PORCENTAJE" in text:
            block.advance = column
        elif "ACUMULADO" in text:
            block.accumulated = column
    if layout.centre is None:
        layout.centre = next(
            (column for column, value in named if _RESPONSIBLE.search(heading(value))), None
        )
    return layout if layout.physical.months else None


def _first_money_column(named: list[tuple[int, object]]) -> int:
    """FINANCIERO heads the money; where nothing says so, it starts where the months repeat."""
    for column, value in named:
        if "FINANCIER" in heading(value):
            return column
    seen = set()
    for column, value in named:
        period = period_of(value)
        if period in seen:
            return column
        if period:
            seen.add(period)
    return 1 << 20
