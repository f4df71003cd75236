"""Columns and words of the follow-up report's two official layouts.

Belongs here: where a figure stands. Does not: rows, figures.
"""

from dataclasses import dataclass

from orchestration.reports.document import Cell, Row

DETAILS = 6
"""Columns of an AO before its figures: name to PROG./ EJE."""

_DETAIL_WIDTHS = (36, 17, 10, 13, 12, 15)


@dataclass(frozen=True)
class Layout:
    """Words and columns of one of the two official layouts."""

    programmed: str
    executed: str
    row_kind: str
    accumulated: str
    advance: str
    months: dict[int, str]


MONTHLY = Layout(
    programmed="PROGRAMADO",
    executed="EJECUTADO",
    row_kind="PROG./ EJE.",
    accumulated="AVANCE ACUMULADO",
    advance="AVANCE % ACUMULADO",
    months=dict(
        enumerate(
            ("Ene", "Feb", "Mar", "Abr", "May", "Jun", "Jul", "Ago", "Set", "Oct", "Nov", "Dic"), 1
        )
    ),
)

QUARTERLY = Layout(
    programmed="PROGR.",
    executed="EJECUT.",
    row_kind="PROGR./ EJECUT.",
    accumulated="ACUMULADO",
    advance="% AVANCE ACUMULADO",
    months={3: "Trim 1", 6: "Trim 2", 9: "Trim 3", 12: "Trim 4"},
)


@dataclass(frozen=True)
class Columns:
    """Where the figures stand: months, accumulated and advance; then months and accumulated money.

    Attributes:
        layout: words of the layout.
        months: months with a column in each block.
        with_physical: the block of physical figures is there.
        with_money: the block of money is there.
    """

    layout: Layout
    months: list[int]
    with_physical: bool = True
    with_money: bool = True

    @property
    def accumulated(self) -> int:
        """Column of the accumulated physical figure."""
        return DETAILS + len(self.months)

    @property
    def advance(self) -> int:
        """Column of the advance in %."""
        return self.accumulated + 1

    @property
    def money(self) -> int:
        """First column of money."""
        return self.advance + 1 if self.with_physical else DETAILS

    @property
    def money_accumulated(self) -> int:
        """Column of the accumulated money."""
        return self.money + len(self.months)

    @property
    def last(self) -> int:
        """Last column of the table."""
        return self.money_accumulated if self.with_money else self.advance

    @property
    def widths(self) -> tuple[float, ...]:
        """Relative width of each column."""
        physical = (9.0,) * len(self.months) + (12.0, 12.0) if self.with_physical else ()
        money = (11.5,) * len(self.months) + (13.5,) if self.with_money else ()
        return _DETAIL_WIDTHS + physical + money

    def head(self) -> list[Row]:
        """One row of headings, or two where there is money to tell from physical figures."""
        layout = self.layout
        deep = 2 if self.with_money else 1
        details = (
            "OBJETIVO ESTRATÉGICO / ACCIÓN ESTRATÉGICA / ACTIVIDAD OPERATIVA",
            "CENTRO DE COSTO",
            "NIVEL DE PRIORIDAD",
            "UNIDAD MEDIDA",
            "TIPO DE AGREGACIÓN",
            layout.row_kind,
        )
        cells = {at: Cell(text, rows=deep, align="center") for at, text in enumerate(details)}
        months = [layout.months[month] for month in self.months]
        below: dict[int, Cell] = {}
        if self.with_physical:
            cells[DETAILS] = Cell("FÍSICO", columns=len(months) + 2, align="center")
            below |= _side_by_side(DETAILS, [*months, layout.accumulated, layout.advance])
        if not self.with_money:
            return [Row(cells | below, "head")]
        cells[self.money] = Cell("FINANCIERO", columns=len(months) + 1, align="center")
        below |= _side_by_side(self.money, [*months, layout.accumulated])
        return [Row(cells, "head"), Row(below, "head")]


def _side_by_side(first: int, texts: list[str]) -> dict[int, Cell]:
    return {first + at: Cell(text, align="center") for at, text in enumerate(texts)}
