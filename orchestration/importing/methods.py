"""The method that a report follows, from the shipped catalog.

Belongs here: reading one row of seeds/metodologias.csv. Does not: a rule of any method.
"""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from orchestration.errors import SemaforoError
from orchestration.importing.side_files import read_side_file
from orchestration.settings import SHIPPED_SEEDS

CATALOG = "metodologias.csv"
_NEEDED = (
    "metodologia_id",
    "regla_no_acumulado",
    "sin_seguimiento",
    "ponderacion",
    "promedio_entidad",
)


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
        raise SemaforoError(f"--catalogos: {folder} no tiene {CATALOG}; indique la que lo tiene")
    rows = {row["metodologia_id"]: row for row in read_side_file(catalog, "--catalogos", _NEEDED)}
    if name not in rows:
        raise SemaforoError(
            f"--metodologia: «{name}» no está en {CATALOG}; hay: {', '.join(sorted(rows))}"
        )
    row = rows[name]
    cap = row.get("tope_pct")
    try:
        highest = Decimal(cap) if cap else None
    except InvalidOperation:
        raise SemaforoError(
            f"--catalogos: {catalog}: tope_pct «{cap}» no es un número; corríjalo o déjelo vacío"
        ) from None
    return Method(
        name=name,
        cap=highest,
        mean_of_months=row["regla_no_acumulado"] == "promedio_mensual",
        blocks=row["sin_seguimiento"] == "bloquear",
        weighted=row["ponderacion"] == "ponderada",
        mean_over=row["promedio_entidad"],
    )
