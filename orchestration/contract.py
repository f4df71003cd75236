"""The input tables as data: what seeds/_seeds.yml says, frozen.

Belongs here: reading that file, the only place in Python where columns of the contract are
known. Does not: any check of data, or a column named by hand.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from orchestration.settings import SHIPPED_SEEDS

DEFINITION = SHIPPED_SEEDS / "_seeds.yml"

_KINDS = {"varchar": "texto", "int": "entero", "decimal": "decimal", "date": "fecha"}


@dataclass(frozen=True)
class ParentSpec:
    """A table that must hold the parent of a row.

    Attributes:
        table: the parent's table.
        columns: columns of the child, in the order of the parent's key.
        when: (column, value) that a row must have for this parent to apply; None = always.
    """

    table: str
    columns: tuple[str, ...]
    when: tuple[str, str] | None = None


@dataclass(frozen=True)
class QuarterSpec:
    """Where a row's plan says that only the last months of quarters count.

    Attributes:
        table: the plan's table.
        columns: columns of the row, in the order of that table's key.
        column: column of that table that says so.
        value: what it holds then.
    """

    table: str
    columns: tuple[str, ...]
    column: str
    value: str


@dataclass(frozen=True)
class ColumnSpec:
    """One column: its SQL type and what its values must be.

    Attributes:
        name: name in the header of the CSV.
        sql_type: physical type, the same in every engine.
        key: part of the table's key.
        required: no row without a value.
        minimum: lowest number allowed, itself included; None = any.
        maximum: highest number allowed, itself included; None = any.
        values: its only values; empty = any.
        reserved: values that no row may give, in capitals; upper and lower case are one.
        pattern: regular expression of the whole text; None = any.
        pattern_words: the same for people.
        parents: tables one of which must hold the parent that the column names.
        quarter: plans in which the month must be the last of a quarter; None = no month.
        moment: what a corrected row of an append-only table changes: its version or date.
        future: a date that may lie after the day of loading, such as a deadline.
        description: meaning and unit, in Spanish.
    """

    name: str
    sql_type: str
    key: bool = False
    required: bool = False
    minimum: int | None = None
    maximum: int | None = None
    values: tuple[str, ...] = ()
    reserved: tuple[str, ...] = ()
    pattern: str | None = None
    pattern_words: str = ""
    parents: tuple[ParentSpec, ...] = ()
    quarter: QuarterSpec | None = None
    moment: bool = False
    future: bool = False
    description: str = ""

    @property
    def kind(self) -> str:
        """Family of the type: texto, entero, decimal, fecha or booleano."""
        return _KINDS.get(self.sql_type.split("(")[0], "booleano")

    @property
    def limits(self) -> tuple[int, ...]:
        """Numbers in the type: (precision, scale) of a decimal, (length,) of a text."""
        return tuple(int(number) for number in re.findall(r"\d+", self.sql_type))


@dataclass(frozen=True)
class IntervalSpec:
    """Columns of a table whose rows must cover −∞..+∞ without gap or overlap.

    Attributes:
        group: columns within whose values the rows cover.
        low: lower limit; null = −∞.
        low_included: whether the lower limit belongs to the row.
        high: upper limit; null = +∞.
        high_included: whether the upper limit belongs to the row.
    """

    group: tuple[str, ...]
    low: str
    low_included: str
    high: str
    high_included: str


@dataclass(frozen=True)
class TableSpec:
    """One input table.

    Attributes:
        name: name of the table, of its seed and, with .csv, of its file.
        singular: how a message names one row, with its article.
        columns: in the order of the contract.
        catalog: its shipped rows are always loaded, below those of any folder.
        history: `version` or `registro` = append-only under its key; None = latest load holds.
        intervals: columns that must cover all numbers; None = no such rule.
        description: grain of the table, in Spanish.
    """

    name: str
    singular: str
    columns: tuple[ColumnSpec, ...]
    catalog: bool = False
    history: str | None = None
    intervals: IntervalSpec | None = None
    description: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the key columns."""
        return tuple(column.name for column in self.columns if column.key)

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of all columns."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> ColumnSpec:
        """Find a column by name.

        Raises:
            KeyError: the table has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@cache
def contract(definition: Path = DEFINITION) -> dict[str, TableSpec]:
    """Read the input tables, parents before children."""
    # By libyaml where there is one: this file is long, and every command reads it.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document = yaml.load(definition.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506
    return {seed["name"]: _table(seed) for seed in document["seeds"]}


def least_tables(tables: dict[str, TableSpec]) -> tuple[str, ...]:
    """Name what a new institution needs: the programmed targets and all they hang from.

    The catalogs are there already. In the order of loading.
    """
    needed: set[str] = set()
    new = {table.name for table in tables.values() if table.history == "version"}
    while new := {name for name in new if not tables[name].catalog} - needed:
        needed |= new
        new = {
            parent.table
            for name in new
            for column in tables[name].columns
            for parent in column.parents
        }
    return tuple(name for name in tables if name in needed)


def _table(seed: dict) -> TableSpec:
    meta = seed["config"]["meta"]
    types = seed["config"]["column_types"]
    if list(types) != [column["name"] for column in seed["columns"]]:
        raise ValueError(f"{seed['name']}: column_types and columns differ")
    return TableSpec(
        name=seed["name"],
        singular=meta["singular"],
        columns=tuple(_column(column, types[column["name"]]) for column in seed["columns"]),
        catalog=meta.get("catalogo", False),
        history=meta.get("historia"),
        intervals=_intervals(meta.get("intervalos")),
        description=seed["description"],
    )


def _column(column: dict, sql_type: str) -> ColumnSpec:
    meta = column.get("config", {}).get("meta", {})
    key = meta.get("clave", False)
    return ColumnSpec(
        name=column["name"],
        sql_type=sql_type,
        key=key,
        required=meta.get("requerido", key),
        minimum=meta.get("minimo"),
        maximum=meta.get("maximo"),
        values=tuple(meta.get("valores", ())),
        reserved=tuple(meta.get("reservados", ())),
        pattern=meta.get("patron"),
        pattern_words=meta.get("formato", ""),
        parents=tuple(_parent(parent) for parent in meta.get("padres", ())),
        quarter=_quarter(meta.get("fin_de_trimestre")),
        moment=meta.get("momento", False),
        future=meta.get("futura", False),
        description=column["description"],
    )


def _parent(parent: dict) -> ParentSpec:
    when = parent.get("cuando")
    return ParentSpec(
        table=parent["tabla"],
        columns=tuple(parent["clave"]),
        when=next(iter(when.items())) if when else None,
    )


def _quarter(rule: dict | None) -> QuarterSpec | None:
    if rule is None:
        return None
    return QuarterSpec(
        table=rule["tabla"],
        columns=tuple(rule["clave"]),
        column=rule["columna"],
        value=rule["valor"],
    )


def _intervals(rule: dict | None) -> IntervalSpec | None:
    if rule is None:
        return None
    return IntervalSpec(
        group=tuple(rule["por"]),
        low=rule["desde"],
        low_included=rule["incluye_desde"],
        high=rule["hasta"],
        high_included=rule["incluye_hasta"],
    )
