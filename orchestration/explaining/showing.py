"""An explanation on a terminal, or in the pipe that stands for one.

Belongs here: layout. Does not: any figure, or the words of a rule.
"""

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from orchestration.explaining import words
from orchestration.explaining.changes import Changes
from orchestration.explaining.explanation import Explanation
from orchestration.explaining.figures import Explained
from orchestration.explaining.reading import Row
from orchestration.terminal import plain

# A pipe is read as often as a terminal: the width for which the tables are laid out.
WIDTH = 100
SHOWN_CHANGES = 20


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
    console.print(_element(explanation.root, explanation, root=True))
    if explanation.hint:
        console.print(Text(explanation.hint, "dim"))
    console.print(_method(explanation))
    console.print(_changes(explanation.changes, explanation))


def _element(explained: Explained, explanation: Explanation, *, root: bool = False) -> Group:
    figure = explained.figure
    parts: list[RenderableType] = []
    if not root:
        name = plain(f"{figure['nivel']} {figure['elemento_id']} {figure['nombre']}")
        parts += [Text(), Text(name, "bold")]
    scope = {"propio": " (sus propias actividades)", "total": " (con sus dependencias)"}
    head = f"Avance físico{scope.get(str(figure['alcance']), '')}: {words.outcome(figure)}"
    colour = words.light(figure, explanation.bands)
    parts.append(Text(f"{head}  ·  {colour}" if figure["semaforo_fisico"] else head, "bold"))
    for number, sentence in enumerate(words.steps(explained, explanation.asked.plan), start=1):
        parts.append(_hanging(f"{number}.", sentence))
    if explained.reported is not None:
        parts.append(_hanging("→", _reported(explained.reported)))
    if figure["programado_financiero"] or figure["ejecutado_financiero"]:
        currency = explanation.asked.plan["moneda"]
        parts.append(
            _hanging(
                "$",
                f"Dinero hasta el corte: programado {words.money(figure['programado_financiero'])},"
                f" ejecutado {words.money(figure['ejecutado_financiero'])} {currency}, avance "
                f"{words.percent(figure['avance_financiero_pct'])}.",
            )
        )
    if explained.by_action:
        parts.append(_by_action(explained.by_action))
    elif explained.parts:
        parts.append(_parts(explained.parts, explanation.asked.plan))
    if explained.months:
        parts += _months(explained)
    for below in explained.below:
        parts.append(Padding(_element(below, explanation), (0, 0, 0, 2)))
    return Group(*parts)


def _hanging(mark: str, sentence: str) -> Table:
    """A sentence whose later lines stand below its first word, not below its number."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=2, justify="right")
    grid.add_column()
    grid.add_row(mark, Text(plain(sentence)))
    return grid


def _table(*columns: str, right: tuple[str, ...] = ()) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        number = column in right
        table.add_column(column, justify="right" if number else "left", no_wrap=number)
    return table


def _parts(rows: list[Row], plan: Row) -> Table:
    weighted = plan["ponderacion"] == "ponderada"
    activities = rows[0]["parte_nivel"] == "AO"
    figures = ("Programado", "Ejecutado") if activities else ()
    columns = (*(("Peso",) if weighted else ()), *figures, "Avance")
    table = _table(str(rows[0]["parte_nivel"]), *columns, "Entra", right=columns)
    for row in rows:
        cells = []
        if weighted:
            cells.append(words.quantity(row["peso"]))
        if activities:
            cells += [
                words.quantity(row["programado_fisico"]),
                words.quantity(row["ejecutado_fisico"]),
            ]
        cells += [words.outcome(row), "sí" if row["entra"] else "no"]
        table.add_row(_named(row["parte_id"], row["nombre"]), *map(Text, cells))
    return table


def _by_action(rows: list[Row]) -> Table:
    columns = ("AO", "S.P.", "S.I.", "Suma de avances", "Entran", "Avance")
    table = _table("Lo que aporta cada AEI", *columns, right=columns)
    for row in rows:
        cells = (
            str(row["n_actividades"]),
            str(row["n_sp"]),
            str(row["n_si"]),
            words.quantity(row["suma_avance"]),
            words.quantity(row["peso_avance"]),
            words.outcome(row),
        )
        table.add_row(_named(row["aei_id"], row["nombre"]), *map(Text, cells))
    return table


def _named(code: object, name: object) -> Text:
    """Code and name on one line, cut where the table has no more room."""
    return Text(plain(f"{code} {name}"), no_wrap=True, overflow="ellipsis")


def _months(explained: Explained) -> list[RenderableType]:
    """Each month with what accumulates up to it, then the rows of the files that say so."""
    monthly = bool(explained.activity and explained.activity["es_promedio_mensual"])
    between = ("Del mes",) if monthly else ("Prog. acumulado", "Ejec. acumulado")
    columns = ("Programado", "Ejecutado", *between, "Avance al mes")
    table = _table("Mes", *columns, right=columns)
    for row in explained.months:
        accumulated = (row["programado_acumulado"], row["ejecutado_acumulado"])
        cells = (
            words.month(row["mes"]),
            words.quantity(row["programado_fisico"]),
            "falta" if row["falta"] else words.quantity(row["ejecutado_fisico"]),
            *([words.percent(row["razon_pct"])] if monthly else map(words.quantity, accumulated)),
            words.outcome(row),
        )
        table.add_row(*map(Text, cells))
    return [table, *([_registrations(explained.registrations)] if explained.registrations else [])]


def _registrations(rows: list[Row]) -> Table:
    table = _table("Mes", "Qué", "Fecha", "Cantidad", "Dinero", "Vale", "Archivo y línea",
                   right=("Cantidad", "Dinero"))  # fmt: skip
    for row in rows:
        programmed = row["tipo"] == "programacion"
        physical, amount = (
            ("programado_fisico", "programado_financiero")
            if programmed
            else ("ejecutado_fisico", "ejecutado_financiero")
        )
        cells = (
            words.month(row["mes"]),
            f"versión {row['version']}" if programmed else "registro",
            f"{row['fecha']:%d/%m/%Y}",
            words.quantity(row[physical]),
            words.money(row[amount]),
            "sí" if row["vigente"] else "no",
            plain(_place(row)),
        )
        table.add_row(*map(Text, cells))
    return table


def _place(row: Row) -> str:
    if row["archivo"] is None:
        return "sin archivo"
    return f"{row['archivo']}:{row['fila']}"


def _reported(row: Row) -> str:
    figures = (
        ("programado", words.quantity, row["programado_fisico"]),
        ("ejecutado", words.quantity, row["ejecutado_fisico"]),
        ("avance", words.percent, row["avance_fisico_pct"]),
        ("dinero programado", words.money, row["programado_financiero"]),
        ("dinero ejecutado", words.money, row["ejecutado_financiero"]),
    )
    said = ", ".join(
        f"{name} {write(value)}" for name, write, value in figures if value is not None
    )
    return f"Reportado a {words.month(row['mes'])}: {said} ({_place(row)})."


def _method(explanation: Explanation) -> Group:
    lines: list[RenderableType] = [Text(), Text("Reglas del método", "bold")]
    lines += [_hanging("·", sentence) for sentence in explanation.rules]
    return Group(*lines)


def _changes(changes: Changes | None, explanation: Explanation) -> Group:
    title = Text("Desde el reporte anterior", "bold")
    if changes is None:
        nothing = "No hay una publicación anterior con que comparar."
        return Group(Text(), title, Text(nothing))
    before = words.outcome(changes.before) if changes.before else "no figuraba"
    now = words.outcome(changes.now) if changes.now else "no figura"
    of = f"publicación {changes.number}, calculada al {changes.as_of:%d/%m/%Y}"
    lines: list[RenderableType] = [Text(), title]
    if before == now and not changes.activities:
        if not changes.rows and not changes.due:
            lines.append(Text(f"Nada cambió respecto de la {of}: {now}."))
            return Group(*lines)
        lines.append(
            Text(f"La cifra es la de la {of}, aun con lo que llegó desde entonces: {now}.")
        )
    else:
        lines.append(Text(f"La {of}, daba {before}; ahora da {now}."))
    if changes.activities:
        lines.append(_moved(changes.activities[:SHOWN_CHANGES]))
        lines += _more(len(changes.activities), "actividades")
    for row in changes.rows[:SHOWN_CHANGES]:
        lines.append(_hanging("+", _arrival(row)))
    lines += _more(len(changes.rows), "filas cargadas")
    for row in changes.due[:SHOWN_CHANGES]:
        sentence = (
            f"{row['actividad_id']}, {words.month(row['mes'])}: el {row['fecha_limite']:%d/%m/%Y} "
            "venció el plazo sin que se registrara."
        )
        lines.append(_hanging("!", sentence))
    lines += _more(len(changes.due), "plazos vencidos")
    return Group(*lines)


def _more(number: int, what: str) -> list[Text]:
    left = number - SHOWN_CHANGES
    return [Text(f"   y {left} {what} más (--format json los da todos)")] if left > 0 else []


def _moved(rows: list[Row]) -> Table:
    columns = ("Prog. antes", "Prog. ahora", "Ejec. antes", "Ejec. ahora", "Antes", "Ahora")
    table = _table("AO que cambia", *columns, right=columns)
    for row in rows:
        cells = [str(row["actividad_id"])]
        for name in ("programado_fisico", "ejecutado_fisico"):
            cells += [words.quantity(row[f"{name}_antes"]), words.quantity(row[f"{name}_ahora"])]
        for when, absent in (("antes", "nueva"), ("ahora", "retirada")):
            then = {name: row[f"{name}_{when}"] for name in ("avance_fisico_pct", "estado")}
            cells.append("no figura" if row[absent] else words.outcome(then))
        table.add_row(*(Text(plain(cell)) for cell in cells))
    return table


def _arrival(row: Row) -> str:
    kind = str(row["tipo"])
    if kind == "reporte":
        return f"{row['elemento_id']}: {_reported(row)}"
    value = row["programado_fisico" if kind == "programacion" else "ejecutado_fisico"]
    earlier = row["fisico_anterior"]
    was = f"antes {words.quantity(earlier)}" if earlier is not None else "antes no había"
    verb = f"versión {row['version']} programa" if kind == "programacion" else "se registró"
    return (
        f"{row['elemento_id']}, {words.month(row['mes'])}: el {row['fecha']:%d/%m/%Y} {verb} "
        f"{words.quantity(value)} ({was}), {_place(row)}."
    )
