"""The semáforo of each entity and plan, read from what is published, for a terminal.

Belongs here: layout. Does not: any figure or band; both come from the marts.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import duckdb
from rich.console import Console
from rich.table import Table
from rich.text import Text

from orchestration.errors import SemaforoError
from orchestration.settings import WarehousePaths
from orchestration.terminal import print_table

NOTHING = "—"
CENT = Decimal("0.01")

_PLANS = """
    select
        entidad.nombre as entidad,
        entidad.moneda,
        plan.plan_id,
        plan.metodologia_id,
        periodo.nombre_mes,
        avance.*
    from marts.fct_avance_entidad as avance
    join marts.dim_plan as plan
        on avance.entidad_id = plan.entidad_id and avance.plan_id = plan.plan_id
        and avance.mes_corte = plan.corte_vigente
    join marts.dim_entidad as entidad on avance.entidad_id = entidad.entidad_id
    join marts.dim_periodo as periodo
        on plan.anio = periodo.anio and avance.mes_corte = periodo.mes
    order by entidad.nombre, plan.anio, plan.plan_id
"""

_BANDS = """
    select metodologia_id, color, letra, hex
    from marts.dim_semaforo
    where ambito = 'fisico'
    order by metodologia_id, orden
"""


@dataclass(frozen=True)
class Light:
    """How a colour is shown: always with its letter, for who does not see colours."""

    letter: str
    hex: str

    def text(self, words: str) -> Text:
        """Write `words` after the light."""
        return Text.assemble(("●", self.hex), f" {self.letter} {words}")


def print_status(console: Console, paths: WarehousePaths) -> None:
    """Print the published semáforo, one row per entity and plan.

    Raises:
        SemaforoError: nothing is published yet.
    """
    if not paths.published.exists():
        raise SemaforoError(
            f"{paths.root} no tiene nada publicado; publique con «semaforo refresh»"
        )
    with duckdb.connect(str(paths.published), read_only=True) as connection:
        plans = _rows(connection, _PLANS)
        lights: dict[str, dict[str, Light]] = {}
        for band in _rows(connection, _BANDS):
            of_method = lights.setdefault(band["metodologia_id"], {})
            of_method[band["color"]] = Light(band["letra"], band["hex"])
        (report_date,) = connection.execute(
            "select max(fecha_reporte) from marts.dim_plan"
        ).fetchone()
    table = _table(f"Semáforo al {report_date:%d/%m/%Y}" if report_date else "Sin planes")
    for plan in plans:
        table.add_row(*_cells(plan, lights[plan["metodologia_id"]]))
    print_table(console, table)


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _table(title: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", pad_edge=False)
    table.add_column("Entidad")
    table.add_column("Plan")
    table.add_column("Corte")
    for heading in ("Avance %", "Mediana %", "Programado", "Ejecutado", "Dinero %", "AO"):
        table.add_column(heading, justify="right")
    table.add_column("AO por color")
    for heading in ("S.I.", "S.P."):
        table.add_column(heading, justify="right")
    return table


def _cells(plan: dict, lights: dict[str, Light]) -> list[str | Text]:
    colours = [light.text(str(plan[f"n_{colour}"])) for colour, light in lights.items()]
    return [
        plan["entidad"],
        plan["plan_id"],
        plan["nombre_mes"],
        _advance(plan, lights),
        _percentage(plan["mediana_actividades_pct"]),
        _money(plan["programado_financiero"], plan["moneda"]),
        _money(plan["ejecutado_financiero"], plan["moneda"]),
        _percentage(plan["avance_financiero_pct"]),
        str(plan["n_actividades"]),
        Text("  ").join(colours),
        str(plan["n_si"]),
        str(plan["n_sp"]),
    ]


def _advance(plan: dict, lights: dict[str, Light]) -> str | Text:
    if plan["semaforo_fisico"] is None:
        partial = plan["avance_parcial_pct"]
        beside = f" (parcial {_percentage(partial)})" if partial is not None else ""
        return f"{plan['estado']}{beside}"
    return lights[plan["semaforo_fisico"]].text(_percentage(plan["avance_fisico_pct"]))


def _percentage(value: float | None) -> str:
    # As reports print: half up, which formatting a double does not do.
    return NOTHING if value is None else str(Decimal(repr(value)).quantize(CENT, ROUND_HALF_UP))


def _money(value, currency: str) -> str:
    return NOTHING if value is None else f"{currency} {value:,.2f}"
