"""One warehouse with the shipped plans and random ones, computed by DuckDB."""

import csv
import os
from dataclasses import dataclass
from datetime import date

import duckdb
import pytest
from parity import Table, published_marts
from reference.strategies import FolderSeed
from warehouses import Warehouse

# Of an entity that nobody knows; the address in it is never published.
REFUSED = {"entidad_id": "nadie", "centro_costo_id": "X", "nombre": "de una@example.org"}
RANDOM = FolderSeed(seed=20_240_215, plans=20, as_of=date(2024, 2, 15))


@dataclass(frozen=True)
class Computed:
    """A warehouse and the marts that DuckDB made of it."""

    warehouse: Warehouse
    marts: dict[str, Table]

    def copy_to(self, place) -> Warehouse:
        return self.warehouse.copy_to(place)


@pytest.fixture(scope="session")
def computed(shipped_warehouse, tmp_path_factory) -> Computed:
    """Every mart has rows: a random folder stands beside the shipped plans, one row refused."""
    place = tmp_path_factory.mktemp("engines")
    warehouse = shipped_warehouse.copy_to(place / "warehouse")
    data = place / "data"
    data.mkdir()
    RANDOM.draft().write(data)
    with (data / "centros_costo.csv").open("r+", encoding="utf-8", newline="") as file:
        columns = csv.DictReader(file).fieldnames
        file.seek(0, os.SEEK_END)
        csv.DictWriter(file, columns, extrasaction="ignore").writerow(REFUSED)
    warehouse.refresh("--data", data, "--as-of", RANDOM.as_of)
    with duckdb.connect(str(warehouse.published), read_only=True) as connection:
        return Computed(warehouse, published_marts(connection))
