"""The first page of the Data Docs: what each suite of rules found, in words and one table.

Belongs here: its text and layout. Does not: counting, the pages of Great Expectations.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

_STYLE = Path(__file__).parent / "static" / "index.css"

_SUITES = {
    "seguimiento": ("Seguimiento", "Lo que las unidades registran de su ejecución."),
    "programacion": ("Programación", "Cómo se hacen y se cambian los planes."),
    "resultados": ("Resultados", "Lo que muestra el corte: avances, indicadores, presupuesto."),
    "carga": ("Carga", "Filas que no se cargaron."),
    "integridad": ("Integridad", "El almacén mismo: lo que encuentra impide publicar."),
}

_COLUMNS = (
    "Grupo de reglas",
    "Preguntas",
    "Con hallazgos",
    "Medidas distintas de 0",
    "Hallazgos",
)

# The dashboard may be drawn after this page, or not at all: asked when the page is opened.
_DASHBOARD = (
    '<a id="tablero" href="../dashboard/index.html" hidden>Ir al tablero</a>'
    '<script src="../dashboard/publicacion.js" '
    "onload=\"document.getElementById('tablero').hidden = false\"></script>"
)

_PAGE = """<!DOCTYPE html>
<html lang="es"><head><meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="icon" href="data:,">
<style>{style}</style></head>
<body>
<header><span class="marca"><i></i><i></i><i></i></span><b>semáforo</b>{dashboard}</header>
<main>
<h1>{title}</h1>
<p class="lead">Qué encontró la última revisión de los datos, por grupo de reglas. Cada regla hace
una o dos preguntas a los datos, y cada caso que no pasa una es un hallazgo. Abra un grupo para ver
sus casos.</p>
{note}<table><thead><tr>{head}</tr></thead>
<tbody>
{rows}</tbody></table>
</main></body></html>
"""


@dataclass(frozen=True)
class SuiteSummary:
    """One line of the index: what a suite judged and what it found."""

    name: str
    expectations: int
    failed: int
    measures: int
    findings: int


def index(
    title: str,
    suites: Iterable[SuiteSummary],
    pages: Callable[[str], list[str]],
    note: str = "",
) -> str:
    """Write the page.

    Args:
        title: heading.
        suites: what it lists.
        pages: addresses of a suite's own pages.
        note: what is to be known of the measures.
    """
    return _PAGE.format(
        title=escape(title),
        style=_STYLE.read_text(encoding="utf-8"),
        dashboard=_DASHBOARD,
        note=f"<p>{escape(note)}</p>\n" if note else "",
        head="".join(f'<th scope="col">{column}</th>' for column in _COLUMNS),
        rows="".join(_row(suite, pages(suite.name)) for suite in suites),
    )


def _row(suite: SuiteSummary, pages: list[str]) -> str:
    name, about = _SUITES.get(suite.name, (suite.name, ""))
    counts = (suite.expectations, suite.failed, suite.measures, suite.findings)
    figures = "".join(
        f'<td data-titulo="{column}">{count}</td>'
        for column, count in zip(_COLUMNS[1:], counts, strict=True)
    )
    return (
        f'<tr><th scope="row">{_links(name, pages)}<small>{escape(about)}</small></th>'
        f"{figures}</tr>\n"
    )


def _links(name: str, pages: list[str]) -> str:
    if not pages:
        return escape(name)
    more = "".join(
        f' <a href="{escape(page)}">({number})</a>' for number, page in enumerate(pages[1:], 2)
    )
    return f'<a href="{escape(pages[0])}">{escape(name)}</a>{more}'
