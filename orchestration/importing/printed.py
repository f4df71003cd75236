"""A follow-up report as it is printed: its tree, its figures and its totals, each with its place.

Belongs here: what a report holds. Does not: reading it, or what a contract row is.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from orchestration.importing.entities import Named
from orchestration.importing.findings import Place


@dataclass
class Line:
    """PROGRAMADO or EJECUTADO of an AO.

    Attributes:
        place: its row.
        months: physical figure of each month printed.
        money: money of each month printed.
        accumulated: accumulated physical figure.
        money_accumulated: accumulated money.
        states: states printed among the figures: S.P., S.I., S.E.
        unread: text of each month's physical figure that is no number.
        money_unread: the same of the money.
    """

    place: Place
    months: dict[int, Decimal] = field(default_factory=dict)
    money: dict[int, Decimal] = field(default_factory=dict)
    accumulated: Decimal | None = None
    money_accumulated: Decimal | None = None
    states: set[str] = field(default_factory=set)
    unread: dict[int, str] = field(default_factory=dict)
    money_unread: dict[int, str] = field(default_factory=dict)

    @property
    def printed_months(self) -> set[int]:
        """Months of which the row says anything."""
        return {*self.months, *self.money, *self.unread, *self.money_unread}


@dataclass
class Figure:
    """A printed total or advance: a number, or the state in its place."""

    place: Place
    value: Decimal | None
    state: str | None = None


@dataclass
class Activity:
    """An AO as printed."""

    place: Place
    code: str
    name: str
    action: str
    centre: str
    priority: str
    unit: str
    aggregation: str
    programmed: Line
    executed: Line | None = None
    advance: Figure | None = None


@dataclass
class Element:
    """An OEI or an AEI as printed; `parent` is the OEI of an AEI."""

    place: Place
    code: str
    name: str
    parent: str | None = None


@dataclass
class Report:
    """One file.

    Attributes:
        file: its name.
        quarterly: periods are quarters.
        months: months that it has columns for.
        with_money: it has a block of money.
        title: its heading.
        named: the entity that its headings name.
        dated: texts that say of which year it is: headings, «Año: 2024», months as «Ene-24».
        objectives: by code.
        actions: by code.
        activities: by code.
        action_advance: printed physical advance of each AEI.
        action_money: printed executed money of each AEI.
        totals: printed totals of the entity by their kind (see `reading.TOTALS`).
    """

    file: str
    quarterly: bool = False
    months: list[int] = field(default_factory=list)
    with_money: bool = False
    title: str = ""
    named: Named = field(default_factory=dict)
    dated: list[str] = field(default_factory=list)
    objectives: dict[str, Element] = field(default_factory=dict)
    actions: dict[str, Element] = field(default_factory=dict)
    activities: dict[str, Activity] = field(default_factory=dict)
    action_advance: dict[str, Figure] = field(default_factory=dict)
    action_money: dict[str, Figure] = field(default_factory=dict)
    totals: dict[str, Figure] = field(default_factory=dict)

    @property
    def cut(self) -> int:
        """Last month that the report covers."""
        return max(self.months)
