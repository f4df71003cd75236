"""Indicators on a terminal: one explained, and those of an element.

Belongs here: layout. Does not: its rule in words (indicators.py).
"""

from rich.console import Group, RenderableType
from rich.text import Text

from orchestration.explaining import words
from orchestration.explaining.explanation import Explanation
from orchestration.explaining.indicators import ExplainedIndicator, indicator_steps
from orchestration.explaining.layout import cells, hanging, named, numbered_loads, table
from orchestration.explaining.reading import Row
from orchestration.terminal import plain


def indicator_shown(explained: ExplainedIndicator, explanation: Explanation) -> Group:
    """Lay out the advance, its steps and the lines of the files it came from."""
    figure = explained.figure
    head = f"Avance: {words.indicator_outcome(figure)}"
    if figure["semaforo"]:
        head += f"  ·  {words.light(figure['semaforo'], explanation.bands, 'indicador')}"
    if figure["logrado"] is not None:
        head += f"  ·  {'logrado' if figure['logrado'] else 'no logrado'}"
    parts: list[RenderableType] = [Text(head, "bold")]
    for number, sentence in enumerate(indicator_steps(figure, explanation.asked.plan), start=1):
        parts.append(hanging(f"{number}.", sentence))
    measured = f"Mide {words.LEVEL_NAMES[str(figure['nivel_elemento'])]} {figure['elemento_id']}."
    parts.append(hanging("·", plain(measured)))
    loads, legend = numbered_loads(explained.rows)
    figures = ("Línea de base", "Programado", "Obtenido")
    shown = table("Qué", *figures, "Vale", "Archivo, línea y carga", right=figures)
    for row in explained.rows:
        definition = row["tipo"] == "ficha"
        values = ("programado", "obtenido")
        shown.add_row(
            *cells(
                "ficha" if definition else words.month(row["mes_corte"]),
                words.quantity(row["linea_base"]) if definition else "",
                *("" if definition else words.quantity(row[name]) for name in values),
                "sí" if row["vigente"] else "no",
                f"{words.place(row)} [{loads[row['cargado_en']]}]",
            )
        )
    return Group(*parts, shown, legend)


def indicators_shown(explanation: Explanation) -> Group:
    """Lay out the indicators of an action or objective, with the objective's result."""
    result = explanation.indicators.result
    lines: list[RenderableType] = [Text(), Text("Indicadores", "bold")]
    if result is not None:
        lines.append(hanging("·", _result(result, explanation)))
    figures = ("Programado", "Obtenido", "Avance")
    shown = table("Indicador", *figures, "Logrado", right=figures)
    for row in explanation.indicators.rows:
        reached = {True: "sí", False: "no", None: "—"}[row["logrado"]]
        shown.add_row(
            named(row["indicador_id"], row["nombre"]),
            *cells(
                words.quantity(row["programado"]),
                words.quantity(row["obtenido"]),
                words.indicator_outcome(row),
                reached,
            ),
        )
    return Group(*lines, shown)


def _result(result: Row, explanation: Explanation) -> str:
    if result["resultado_pct"] is None:
        return "Resultado del objetivo: no se conoce."
    number, reached = result["n_indicadores"], result["n_logrados"]
    light = words.light(result["semaforo"], explanation.bands, "indicador")
    return (
        f"Resultado del objetivo = 100 × indicadores logrados / indicadores suyos y de sus "
        f"acciones = 100 × {reached} / {number} = {words.exact(result['resultado_pct'])}, {light}."
    )
