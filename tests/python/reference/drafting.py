"""A folder of contract CSVs in the making: rows of plain values, and writing them as text."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from .inputs import COLUMNS, Row, Tables, column_types


class Draft:
    """Rows of every contract table, with the dice and the report date that made them."""

    def __init__(self, seed: int, as_of: date) -> None:
        self.rng = Random(seed)  # noqa: S311 - repeatable dice, no secret
        self.as_of = as_of
        self.tables: Tables = {table: [] for table in COLUMNS}

    def add(self, table: str, **row: Any) -> Row:
        """Append a row; a column that the table does not have is a mistake of the caller."""
        unknown = row.keys() - column_types(table).keys()
        if unknown:
            raise KeyError(f"{table}: {sorted(unknown)}")
        self.tables[table].append(row)
        return row

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return self.rng.random() < probability

    def number(self, low: int, high: int, decimals: int | None = None) -> Decimal:
        """A decimal between two integers; by default with 0, 1, 2 or 4 places."""
        places = self.rng.choice((0, 0, 0, 1, 2, 4)) if decimals is None else decimals
        return Decimal(self.rng.randint(low * 10**places, high * 10**places)).scaleb(-places)

    def maybe(self, probability: float, low: int, high: int, decimals: int | None = None):
        """A number with the given probability, else null."""
        return self.number(low, high, decimals) if self.chance(probability) else None

    def write(self, folder: Path) -> None:
        """One CSV per table; column order shuffled, columns without a value left out."""
        for table, rows in self.tables.items():
            columns = list(column_types(table))
            if rows:
                columns = [c for c in columns if any(row.get(c) is not None for row in rows)]
            self.rng.shuffle(columns)
            encoding = self.rng.choice(("utf-8", "utf-8-sig"))
            with (folder / f"{table}.csv").open("w", encoding=encoding, newline="") as stream:
                writer = csv.writer(stream)
                writer.writerow(columns)
                writer.writerows([[_text(row.get(c)) for c in columns] for row in rows])


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)
