"""An explanation on a terminal, or in the pipe that stands for one.

Belongs here: layout of the figure and its steps. Does not: any figure, the words of a rule, or what
changed (showing_changes.py).
"""

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from orchestration.due import waits
from orchestration.explaining import words
from orchestration.explaining.explanation import Explanation
from orchestration.explaining.figures import Explained
from orchestration.explaining.indicators import ExplainedIndicator
from orchestration.explaining.layout import cells, hanging, named, numbered_loads, table
from orchestration.explaining.reading import Row
from orchestration.explaining.showing_changes import changes_shown
from orchestration.explaining.showing_indicator import indicator_shown, indicators_shown
from orchestration.explaining.steps import steps
from orchestration.terminal import plain

# A pipe is read as often as a terminal: the width for which the tables are laid out.
WIDTH = 100


def print_explanation(console: Console, explanation: Explanation) -> None:
    """Print the figure, its steps, its registrations and what changed."""
    if not console.is_terminal:
        console.width = WIDTH
    asked = explanation.asked
    level = words.LEVEL_NAMES[asked.level].capitalize()
    console.print(
        Text(plain(f"{level} {asked.element}: {asked.name}"), "bold"),
        Text(plain(f"{asked.plan['entidad']}, {asked.plan['nombre']}")),
        Text(
            f"Corte {asked.month} de {asked.plan['anio']}, calculado al "
            f"{asked.plan['fecha_reporte']:%d/%m/%Y}"
        ),
        sep="\n",
    )
    for notice in explanation.notices:
        console.print(Text(plain(notice), "yellow"))
    console.print()
    root = explanation.root
    if isinstance(root, ExplainedIndicator):
        console.print(indicator_shown(root, explanation))
    else:
        console.print(_element(root, explanation, root=True))
    if explanation.hint:
        console.print(Text(explanation.hint, "dim"))
    if explanation.indicators.rows:
        console.print(indicators_shown(explanation))
    if explanation.rules:
        console.print(_method(explanation))
    console.print(changes_shown(explanation.changes, explanation.asked))


def _element(explained: Explained, explanation: Explanation, *, root: bool = False) -> Group:
    figure = explained.figure
    parts: list[RenderableType] = []
    if not root:
        name = plain(f"{figure['nivel']} {figure['elemento_id']} {figure['nombre']}")
        parts += [Text(), Text(name, "bold")]
    scope = {"propio": " (sus propias actividades)", "total": " (con sus dependencias)"}
    head = f"Avance físico{scope.get(str(figure['alcance']), '')}: {words.outcome(figure)}"
    if figure["semaforo_fisico"] and waits(explanation.asked.plan, explanation.asked.corte):
        head += "  ·  por vencer"
    elif figure["semaforo_fisico"]:
        head += f"  ·  {words.light(figure['semaforo_fisico'], explanation.bands)}"
    parts.append(Text(head, "bold"))
    for number, sentence in enumerate(steps(explained, explanation.asked.plan), start=1):
        parts.append(hanging(f"{number}.", sentence))
    if explained.reported is not None:
        parts.append(hanging("→", words.reported(explained.reported)))
    if figure["programado_financiero"] or figure["ejecutado_financiero"]:
        currency = explanation.asked.plan["moneda"]
        within = ", con sus dependencias" if figure["alcance"] == "total" else ""
        programmed = words.money(figure["programado_financiero"])
        parts.append(
            hanging(
                "·",
                f"Dinero hasta el corte{within}: programado {programmed},"
                f" ejecutado {words.money(figure['ejecutado_financiero'])} {currency}, avance "
                f"{words.percent(figure['avance_financiero_pct'])}.",
            )
        )
    if explained.by_action:
        parts.append(_by_action(explained.by_action))
    elif explained.parts:
        parts.append(_parts(explained, explanation.asked.plan))
    if explained.months:
        parts += _months(explained)
    for below in explained.below:
        parts.append(Padding(_element(below, explanation), (0, 0, 0, 2)))
    return Group(*parts)


def _parts(explained: Explained, plan: Row) -> Table:
    rows = explained.parts
    level = str(rows[0]["parte_nivel"])
    weighted = plan["ponderacion"] == "ponderada"
    partial = explained.figure["estado"] == "S.I." and level != "AO"
    columns = (
        *(("Peso",) if weighted else ()),
        *(("Programado", "Ejecutado") if level == "AO" else ()),
        "Avance",
        *(("Parcial",) if partial else ()),
    )
    shown = table(level, *columns, "Entra", right=columns)
    for row in rows:
        figures = {
            "Peso": words.quantity(row["peso"]),
            "Programado": words.quantity(row["programado_fisico"]),
            "Ejecutado": words.quantity(row["ejecutado_fisico"]),
            "Avance": words.outcome(row),
            "Parcial": words.percent(row["avance_parcial_pct"]),
        }
        enters = "sí" if row["entra"] else "no"
        shown.add_row(
            named(row["parte_id"], row["nombre"]),
            *cells(*(figures[column] for column in columns), enters),
        )
    return shown


def _by_action(rows: list[Row]) -> Table:
    columns = ("AO", "S.P.", "S.I.", "Suma de avances", "Entran", "Avance")
    shown = table("Lo que aporta cada AEI", *columns, right=columns)
    for row in rows:
        shown.add_row(
            named(row["aei_id"], row["nombre"]),
            *cells(
                row["n_actividades"],
                row["n_sp"],
                row["n_si"],
                words.quantity(row["suma_avance"]),
                words.quantity(row["peso_avance"]),
                words.outcome(row),
            ),
        )
    return shown


def _months(explained: Explained) -> list[RenderableType]:
    """Each month with what accumulates up to it, then the rows of the files that say so."""
    monthly = bool(explained.activity and explained.activity["es_promedio_mensual"])
    between = ("Del mes",) if monthly else ("Prog. acumulado", "Ejec. acumulado")
    columns = ("Programado", "Ejecutado", *between, "Avance al mes")
    shown = table("Mes", *columns, right=columns)
    for row in explained.months:
        accumulated = (row["programado_acumulado"], row["ejecutado_acumulado"])
        shown.add_row(
            *cells(
                words.month(row["mes"]),
                words.quantity(row["programado_fisico"]),
                "falta" if row["falta"] else words.quantity(row["ejecutado_fisico"]),
                *(
                    [words.percent(row["razon_pct"])]
                    if monthly
                    else map(words.quantity, accumulated)
                ),
                words.outcome(row),
            )
        )
    return [shown, *(_registrations(explained.registrations) if explained.registrations else [])]


def _registrations(rows: list[Row]) -> list[RenderableType]:
    """The lines of the files, each with the number of its load, and when each load was."""
    loads, legend = numbered_loads(rows)
    shown = table("Mes", "Qué", "Fecha", "Cantidad", "Dinero", "Vale", "Archivo, línea y carga",
                  right=("Cantidad", "Dinero"))  # fmt: skip
    for row in rows:
        programmed = row["tipo"] == "programacion"
        physical, amount = (
            ("programado_fisico", "programado_financiero")
            if programmed
            else ("ejecutado_fisico", "ejecutado_financiero")
        )
        shown.add_row(
            *cells(
                words.month(row["mes"]),
                f"versión {row['version']}" if programmed else "registro",
                words.day(row["fecha"]),
                words.quantity(row[physical]),
                words.money(row[amount]),
                "sí" if row["vigente"] else "no",
                f"{words.place(row)} [{loads[row['cargado_en']]}]",
            )
        )
    return [shown, legend]


def _method(explanation: Explanation) -> Group:
    lines: list[RenderableType] = [Text(), Text("Reglas de la metodología", "bold")]
    lines += [hanging("·", sentence) for sentence in explanation.rules]
    return Group(*lines)
