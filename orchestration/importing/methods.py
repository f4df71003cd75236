"""The method that a report follows, from the shipped catalog.

Belongs here: reading one row of seeds/metodologias.csv. Does not: a rule of any method.
"""

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from orchestration.errors import SemaforoError
from orchestration.settings import SHIPPED_SEEDS

CATALOG = "metodologias.csv"


@dataclass(frozen=True)
class Method:
    """What an import needs of a method.

    Attributes:
        name: metodologia_id.
        cap: highest advance, in %; None = no cap.
        mean_of_months: a «No Acumulado» advances by the mean of its months.
        blocks: a month without registration leaves the AO without advance.
        weighted: means are weighted; the weights are not in the report.
        mean_over: what the entity's advance is the mean of.
    """

    name: str
    cap: Decimal | None
    mean_of_months: bool
    blocks: bool
    weighted: bool
    mean_over: str


def find_method(name: str, folder: Path = SHIPPED_SEEDS) -> Method:
    """Find a method in the catalog of a folder of contract CSVs.

    Raises:
        SemaforoError: the catalog has no such method; names those it has.
    """
    catalog = folder / CATALOG
    if not catalog.is_file():
        raise SemaforoError(f"--catalogos: {folder} no tiene {CATALOG}")
    with catalog.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["metodologia_id"]: row for row in csv.DictReader(file)}
    if name not in rows:
        raise SemaforoError(
            f"--metodologia: «{name}» no está en {CATALOG}; hay: {', '.join(sorted(rows))}"
        )
    row = rows[name]
    return Method(
        name=name,
        cap=Decimal(row["tope_pct"]) if row["tope_pct"] else None,
        mean_of_months=row["regla_no_acumulado"] == "promedio_mensual",
        blocks=row["sin_seguimiento"] == "bloquear",
        weighted=row["ponderacion"] == "ponderada",
        mean_over=row["promedio_entidad"],
    )
