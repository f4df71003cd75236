"""What changed of a figure, on a terminal.

Belongs here: layout and words of changes. Does not: which they are (changes.py).
"""

from collections.abc import Callable, Iterable

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from orchestration.explaining import words
from orchestration.explaining.changes import ACTIVITY_COLUMNS, ELEMENT_COLUMNS, Changes
from orchestration.explaining.layout import cells, hanging, table
from orchestration.explaining.naming import Asked
from orchestration.explaining.reading import Row

SHOWN = 20


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "sí" if value else "no"
    return "—" if value is None else str(value).replace("_", " ")


def _code(value: object) -> str:
    return "—" if value is None else str(value)


# What a column is called, and how its values are written: causes first, then what follows.
_WRITTEN: dict[str, tuple[str, Callable[[object], str]]] = {
    "oei_id": ("objetivo", _code),
    "aei_id": ("acción", _code),
    "centro_costo_id": ("centro de costo", _code),
    "centro_padre_id": ("centro del que depende", _code),
    "tipo_agregacion": ("tipo de agregación", _text),
    "ponderacion": ("peso", words.quantity),
    "origen": ("origen", _text),
    "programado_fisico": ("programado", words.quantity),
    "ejecutado_fisico": ("ejecutado", words.quantity),
    "programado": ("programado", words.quantity),
    "obtenido": ("obtenido", words.quantity),
    "logrado": ("logrado", _text),
    "programado_financiero": ("dinero programado", words.money),
    "ejecutado_financiero": ("dinero ejecutado", words.money),
}
_MONEY = ("programado_financiero", "ejecutado_financiero")
_INDICATOR_VALUES = ("programado", "obtenido", "logrado")
_METHOD = {
    "metodologia_id": "metodología",
    "tope_pct": "tope",
    "regla_no_acumulado": "regla de lo no acumulado",
    "sin_programacion": "sin programación",
    "sin_seguimiento": "sin registro",
    "ponderacion": "ponderación",
    "promedio_entidad": "promedio de la entidad",
    "decimales_actividad": "decimales de la actividad",
    "plazo_registro_meses": "plazo de registro en meses",
    "con_seguimiento": "con seguimiento",
}


def changes_shown(changes: Changes | None, asked: Asked) -> Group:
    """Lay out what changed; `asked` names the element."""
    title = Text("Desde el reporte anterior", "bold")
    if changes is None:
        nothing = "No se compara: no hay otra publicación que se pueda leer."
        return Group(Text(), title, Text(nothing))
    of = f"publicación {changes.number}, calculada al {changes.as_of:%d/%m/%Y}"
    moved = _moved(changes, asked)
    lines: list[RenderableType] = [Text(), title]
    now = _said(changes.now, "no figura", waits=changes.waits)
    if _same(changes, asked) and not moved:
        if not changes.rows and not changes.due:
            lines.append(Text(words.sentence(f"Nada cambió respecto de la {of}: {now}")))
            return Group(*lines)
        same = f"La cifra es la de la {of}, aun con lo que llegó desde entonces: {now}"
        lines.append(Text(words.sentence(same)))
    else:
        lines.append(Text(words.sentence(_before_and_now(changes, of))))
    if moved:
        lines.append(_table(moved[:SHOWN]))
        lines += _more(len(moved), "cambio", "cambios")
    for row in changes.rows[:SHOWN]:
        lines.append(hanging("+", _arrival(row)))
    lines += _more(len(changes.rows), "fila cargada", "filas cargadas")
    for row in changes.due[:SHOWN]:
        lines.append(hanging("!", _fell_due(row)))
    lines += _more(len(changes.due), "plazo vencido", "plazos vencidos")
    return Group(*lines)


def _before_and_now(changes: Changes, of: str) -> str:
    before = f"No figuraba en la {of}"
    if changes.before is not None:
        said = _said(changes.before, "no figuraba", waits=changes.waited)
        before = f"La {of}, daba {said}"
    now = _said(changes.now, "no figura", waits=changes.waits)
    return f"{before}; ahora {now if changes.now is None else f'da {now}'}"


def _same(changes: Changes, asked: Asked) -> bool:
    before, now = changes.before, changes.now
    if before is None or now is None:
        return before is now
    # A figure that waited for its registration to fall due has a colour from then on.
    said = (_said(before, "", waits=changes.waited), _said(now, "", waits=changes.waits))
    return said[0] == said[1] and all(before[name] == now[name] for name in _own_columns(asked))


def _own_columns(asked: Asked) -> tuple[str, ...]:
    if asked.level == "IND":
        return ("avance_pct", "semaforo", *_INDICATOR_VALUES)
    physical = ("programado_fisico", "ejecutado_fisico") if asked.level == "AO" else ()
    return (
        "avance_fisico_pct", "estado", "semaforo_fisico", "programado_financiero",
        "ejecutado_financiero", *physical,
    )  # fmt: skip


def _said(figure: Row | None, absent: str, *, waits: bool) -> str:
    """The figure with its colour, which it has once its registration is due."""
    if figure is None:
        return absent
    if "avance_pct" in figure:
        outcome, colour = words.indicator_outcome(figure), figure["semaforo"]
    else:
        outcome, colour = words.outcome(figure), figure["semaforo_fisico"]
    return f"{outcome} ({colour})" if colour and not waits else outcome


def _moved(changes: Changes, asked: Asked) -> list[tuple[str, str, str, str]]:
    """All that changed, a row each: what, which of its values, before, now."""
    moved = [
        ("Metodología", _METHOD[name], _text(before), _text(now))
        for name, (before, now) in changes.method.items()
    ]
    moved += [
        (f"Semáforo {band['color']}", "banda", _text(band["etiqueta_antes"]),
         _text(band["etiqueta_ahora"]))
        for band in changes.bands
    ]  # fmt: skip
    if asked.level != "AO" and changes.before and changes.now:
        names = ("origen", *_MONEY) if asked.level != "IND" else _INDICATOR_VALUES
        pairs = _paired(changes.before, changes.now, names)
        moved += _differences(asked.element, pairs, names, changes)
    for row in changes.centres:
        moved += _differences(f"CC {row['centro_costo_id']}", row, ("centro_padre_id",), changes)
    for row in changes.elements:
        name = row["aei_id"] if row["nivel"] == "AEI" else row["oei_id"]
        moved += _differences(f"{row['nivel']} {name}", row, ELEMENT_COLUMNS, changes)
    for row in changes.activities:
        moved += _differences(str(row["actividad_id"]), row, ACTIVITY_COLUMNS, changes)
    return moved


def _paired(before: Row, now: Row, names: Iterable[str]) -> Row:
    return {f"{name}_{when}": row[name] for name in names for when, row in
            (("antes", before), ("ahora", now))} | {"nueva": False, "retirada": False}  # fmt: skip


def _differences(
    what: str, row: Row, names: tuple[str, ...], changes: Changes
) -> list[tuple[str, str, str, str]]:
    """The values of a row that are not the same; the advance, with its state and light, last."""
    found = []
    stayed = not row["nueva"] and not row["retirada"]
    if stayed:
        for name, (called, write) in _WRITTEN.items():
            if name in names and row[f"{name}_antes"] != row[f"{name}_ahora"]:
                found.append((called, write(row[f"{name}_antes"]), write(row[f"{name}_ahora"])))
    if "estado" in names:
        figures = ("avance_fisico_pct", "estado", "semaforo_fisico")
        before = {name: row[f"{name}_antes"] for name in figures}
        now = {name: row[f"{name}_ahora"] for name in figures}
        if before != now or not stayed:
            found.append(
                (
                    "avance",
                    _said(None if row["nueva"] else before, "no figuraba", waits=changes.waited),
                    _said(None if row["retirada"] else now, "no figura", waits=changes.waits),
                )
            )
    return [(what, *one) for one in found]


def _table(moved: list[tuple[str, str, str, str]]) -> Table:
    shown = table("Qué cambia", "", "Antes", "Ahora", right=("Antes", "Ahora"))
    last = None
    for what, called, before, now in moved:
        shown.add_row(*cells("" if what == last else what, called, before, now))
        last = what
    return shown


def _more(number: int, one: str, several: str) -> list[Text]:
    left = number - SHOWN
    if left <= 0:
        return []
    return [Text(f"   y {left:,} {one if left == 1 else several} más (todo, con --format json)")]


def _fell_due(row: Row) -> str:
    return (
        f"{row['actividad_id']}, {words.month(row['mes'])}: el {words.day(row['fecha_limite'])} "
        "venció el plazo sin que se registrara."
    )


def _arrival(row: Row) -> str:
    """A version, registration or report, with what it replaces."""
    kind = str(row["tipo"])
    if kind in {"ficha", "resultado"}:
        return _indicator_arrival(row)
    if kind == "reporte":
        return (
            f"{row['nivel']} {row['elemento_id']}: {words.reported(row)[:-1]}{_replaced(row)}"
            f"{_superseded(row)}."
        )
    programmed = kind == "programacion"
    value, amount = (
        ("programado_fisico", "programado_financiero")
        if programmed
        else ("ejecutado_fisico", "ejecutado_financiero")
    )
    verb = f"versión {row['version']} programa" if programmed else "se registró"
    was = _was(row["fisico_anterior"], words.quantity)
    quantity = "sin cantidad" if row[value] is None else words.quantity(row[value])
    said = f"{verb} {quantity} ({was})"
    if row[amount] != row["financiero_anterior"]:
        was = _was(row["financiero_anterior"], words.money)
        money = "sin dinero" if row[amount] is None else f"dinero {words.money(row[amount])}"
        said += f" y {money} ({was})"
    return (
        f"{row['elemento_id']}, {words.month(row['mes'])}: el {words.day(row['fecha'])} "
        f"{said}, {words.origin(row)}{_superseded(row)}."
    )


def _indicator_arrival(row: Row) -> str:
    """A definition or a result of an indicator, with what it replaces."""
    if row["tipo"] == "ficha":
        values = (
            ("elemento", row["elemento_id"], row["elemento_anterior_id"], _code),
            ("sentido", row["sentido"], row["sentido_anterior"], _code),
            ("línea de base", row["linea_base"], row["linea_base_anterior"], words.quantity),
        )
        what = f"Ficha de {row['indicador_id']}"
    else:
        values = (
            ("programado", row["programado"], row["programado_anterior"], words.quantity),
            ("obtenido", row["obtenido"], row["obtenido_anterior"], words.quantity),
        )
        what = f"{row['indicador_id']}, {words.month(row['mes_corte'])}"
    said = ", ".join(
        f"{name} {write(now)}" + (f" ({_was(before, write)})" if now != before else "")
        for name, now, before, write in values
    )
    return f"{what}: {said}, {words.origin(row)}{_superseded(row)}."


def _superseded(row: Row) -> str:
    """That another row holds: what came late or out of order changes no figure."""
    if row["vigente"]:
        return ""
    another = "una" if row["tipo"] in {"programacion", "ficha"} else "uno"
    return f"; no vale, hay {another} posterior"


def _was(value: object, write: Callable[[object], str]) -> str:
    return "antes no había" if value is None else f"antes {write(value)}"


def _replaced(row: Row) -> str:
    """What the report before said, where it said another thing."""
    earlier = (
        ("ejecutado", words.quantity, row["fisico_anterior"]),
        ("avance", words.percent, row["avance_anterior_pct"]),
        ("dinero ejecutado", words.money, row["financiero_anterior"]),
    )
    said = ", ".join(
        f"{name} {write(value)}" for name, write, value in earlier if value is not None
    )
    return f"; antes: {said}" if said else ""
