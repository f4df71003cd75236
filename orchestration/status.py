"""The semáforo of each entity and plan, read from what is published, for a terminal.

Belongs here: layout. Does not: any figure or band; both come from the marts.
"""

from dataclasses import dataclass
from decimal import Decimal

import duckdb
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from orchestration.due import waits
from orchestration.failures import of_this_version, require_published
from orchestration.reports.printing import NumberFormat
from orchestration.settings import WarehousePaths
from orchestration.terminal import light_style, plain, print_lines, print_table

NOTHING = "—"
# As reports print: half up, and a double that falls short of a half by its last digits too.
_PERCENT = NumberFormat(2, fixed=True)

# Plans after a refresh; a country has tens of thousands, four lines each.
AFTER_REFRESH = 100

# Columns from which the colours of a plan stand side by side.
WIDE = 100

_HEADINGS = ("Avance físico", "Dinero al corte", "Actividades")

# Columns of a name at the least, and of the frame around the four cells of a row.
_NAME, _FRAME = 12, 13
# A line that is longer gives way where figures leave no room.
_SHORT = 16

_PLANS = """
    select
        -- Where two entities have one name, the code tells them apart.
        entidad.nombre || case
            when (
                select count(*) from marts.dim_entidad as otra
                where lower(otra.nombre) = lower(entidad.nombre)
            ) > 1 then ' (' || entidad.entidad_id || ')'
            else ''
        end as entidad,
        entidad.moneda,
        plan.plan_id,
        plan.anio,
        plan.metodologia_id,
        plan.con_seguimiento,
        periodo.nombre_mes,
        avance.* exclude (entidad_id, plan_id, anio),
        plan.corte_exigible,
        exists (
            from marts.dim_actividad as actividad
            where actividad.entidad_id = plan.entidad_id and actividad.plan_id = plan.plan_id
        ) as con_actividades
    from marts.dim_plan as plan
    join marts.dim_entidad as entidad on plan.entidad_id = entidad.entidad_id
    left join marts.fct_avance_entidad as avance
        on plan.entidad_id = avance.entidad_id and plan.plan_id = avance.plan_id
        and plan.corte_vigente = avance.mes_corte
    left join marts.dim_periodo as periodo
        on plan.anio = periodo.anio and avance.mes_corte = periodo.mes
    order by entidad.nombre, entidad.entidad_id, plan.anio, plan.plan_id
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
    style: str

    def text(self, words: str) -> Text:
        """Write `words` after the light."""
        return Text.assemble(("●", self.style), f" {self.letter} {words}")


def print_status(console: Console, paths: WarehousePaths, limit: int | None = None) -> None:
    """Print the published semáforo, one row per entity and plan.

    Args:
        console: where to.
        paths: the warehouse.
        limit: plans at most, the rest being counted; None = all.

    Raises:
        SemaforoError: nothing is published yet, or another version of semaforo did it.
    """
    require_published(paths.published)
    with (
        of_this_version(paths.published),
        duckdb.connect(str(paths.published), read_only=True) as connection,
    ):
        plans = _rows(connection, _PLANS)
        lights: dict[str, dict[str, Light]] = {}
        for band in _rows(connection, _BANDS):
            of_method = lights.setdefault(band["metodologia_id"], {})
            style = light_style(console, band["color"], band["hex"])
            of_method[band["color"]] = Light(band["letra"], style)
        (report_date,) = connection.execute(
            "select max(fecha_reporte) from marts.dim_plan"
        ).fetchone()
    table = _table(f"Semáforo al {report_date:%d/%m/%Y}" if report_date else "Sin planes")
    narrow = console.is_terminal and console.width < WIDE
    rows = [_cells(plan, lights.get(plan["metodologia_id"], {}), narrow) for plan in plans[:limit]]
    if console.is_terminal and not _fits(rows, console.width):
        rows = [[name, *map(_folded, figures)] for name, *figures in rows]
    for row in rows:
        table.add_row(*row)
    print_table(console, table)
    hidden = len(plans) - len(rows)
    if hidden:
        more = "otro plan" if hidden == 1 else f"otros {_count(hidden)} planes"
        print_lines(console, [f"… y {more}: «semaforo status» los muestra todos"])
    colourless = sorted({plan["metodologia_id"] for plan in plans} - set(lights))
    print_lines(
        console,
        [
            f"La metodología {method} no tiene bandas de semáforo: sus avances salen sin color"
            for method in colourless
        ],
    )


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _table(title: str) -> Table:
    """Make four columns that fit a terminal of 80: the name folds, a figure is never cut."""
    table = Table(
        title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, show_lines=True
    )
    table.add_column("Entidad, plan y corte", min_width=_NAME, overflow="fold")
    for heading in _HEADINGS:
        table.add_column(heading, no_wrap=True)
    return table


def _fits(rows: list[list[Text]], width: int) -> bool:
    """Say whether the figures leave room for a name."""
    figures = list(zip(*rows, strict=True))[1:]
    widest = [max(line.cell_len for cell in column for line in cell.split()) for column in figures]
    return _NAME + _FRAME + sum(map(max, widest, map(len, _HEADINGS))) <= width


def _folded(cell: Text) -> Text:
    """Put what a long line says of its figure above it: «mediana 100,000.00 %»."""
    lines: list[Text] = []
    for line in cell.split():
        at = line.plain.find(", S") + 1 or line.plain.find(" ")
        if line.cell_len <= _SHORT or line.plain.startswith("●") or at < 0:
            lines.append(line)
        else:
            before, after = line.divide([at])
            lines += [before, after[1:]]
    return Text("\n").join(lines)


def _cells(plan: dict, lights: dict[str, Light], narrow: bool) -> list[Text]:
    """Lay out a plan; where it is narrow, colours and reasons stand below each other."""
    if plan["mes_corte"] is None:
        return [
            _name(plan, str(plan["anio"])),
            _words("sin metas", "programadas", narrow),
            Text(NOTHING),
            Text(NOTHING),
        ]
    return [
        _name(plan, f"{plan['nombre_mes']} {plan['anio']}"),
        _advance(plan, lights, narrow),
        Text(
            f"prog. {_money(plan['programado_financiero'])}\n"
            f"ejec. {_money(plan['ejecutado_financiero'])}\n"
            f"{plan['moneda']}, {_percentage(plan['avance_financiero_pct'])}"
        ),
        _activities(plan, lights, narrow),
    ]


def _name(plan: dict, when: str) -> Text:
    return Text(f"{plain(plan['entidad'])}\n{plain(plan['plan_id'])}, {when}")


def _words(first: str, second: str, narrow: bool) -> Text:
    return Text(("\n" if narrow else " ").join([first, second]))


def _advance(plan: dict, lights: dict[str, Light], narrow: bool) -> Text:
    """Show the light and its figure, or why there is none and what is known all the same."""
    advance = plan["avance_fisico_pct"]
    colour = None if waits(plan, plan["mes_corte"]) else plan["semaforo_fisico"]
    if advance is None:
        # What is complete has none where weights sum to 0 (contract, section 2, AEI).
        lines = (
            [Text("sin avance"), _words("los pesos", "suman 0", narrow)]
            if plan["estado"] == "completo"
            else [Text(plan["estado"].replace("_", " "))]
        )
    elif colour is None:
        lines = [Text(_percentage(advance))]
    else:
        lines = [lights[colour].text(_percentage(advance))]
    if advance is not None and plan["corte_exigible"] is None:
        lines.append(_words("ningún mes", "exigible todavía", narrow))
    if advance is None and plan["avance_parcial_pct"] is not None:
        lines.append(Text(f"parcial {_percentage(plan['avance_parcial_pct'])}"))
    if plan["mediana_actividades_pct"] is not None:
        lines.append(Text(f"mediana {_percentage(plan['mediana_actividades_pct'])}"))
    return Text("\n").join(lines)


def _activities(plan: dict, lights: dict[str, Light], narrow: bool) -> Text:
    """Count the activities by colour and state, where any of them is followed."""
    lines = [Text(f"{_count(plan['n_actividades'])} AO")]
    if not plan["con_actividades"]:
        lines.append(_words("sin detalle", "de actividades", narrow))
    elif plan["con_seguimiento"]:
        counts = [light.text(_count(plan[f"n_{colour}"])) for colour, light in lights.items()]
        if counts and not waits(plan, plan["mes_corte"]):
            lines.append(Text("\n" if narrow else "  ").join(counts))
        lines.append(Text(f"S.I. {_count(plan['n_si'])}, S.P. {_count(plan['n_sp'])}"))
    return Text("\n").join(lines)


def _percentage(value: float | None) -> str:
    if value is None:
        return NOTHING
    return f"{_PERCENT.text(value)} %"


def _count(value: int | None) -> str:
    return NOTHING if value is None else f"{value:,}"


def _money(value: Decimal | None) -> str:
    return NOTHING if value is None else f"{value:,.2f}"
