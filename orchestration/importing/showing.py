"""What an import did, on a terminal.

Belongs here: tables and sentences. Does not: what is found.
"""

from shlex import quote

from rich.console import Console
from rich.table import Table
from rich.text import Text

from orchestration.importing.findings import Finding
from orchestration.importing.follow_up import ImportResult
from orchestration.terminal import plain, print_lines, print_table


def print_import(console: Console, result: ImportResult, folder: str) -> None:
    """Print what was read and written, what does not add up, and what to do next."""
    period = "trimestral" if result.quarterly else "mensual"
    print_lines(
        console,
        [f"{file}: reporte {period} al mes {cut}" for file, cut in result.cuts.items()],
    )
    if result.findings:
        print_table(console, _findings(result.findings))
    else:
        print_lines(console, ["Todos los totales del reporte cuadran con sus filas."])
    written = ", ".join(f"{name} {rows:,}" for name, rows in result.rows.items())
    print_lines(console, [f"Escrito en {folder}: {written}"])
    if result.rows.get("resultados_reportados"):
        print_lines(
            console,
            [
                f"{result.rows['resultados_reportados']:,} AO imprimen su acumulado sin los meses: "
                "van a resultados_reportados."
            ],
        )
    if not result.wrote_entity:
        print_lines(
            console,
            [
                "No se escribió entidades.csv: la entidad debe estar ya en el almacén; si es "
                "nueva, dé --nombre-entidad."
            ],
        )
    if not result.wrote_approval:
        print_lines(
            console,
            [
                "Una reprogramación no dice cuándo se aprobó el plan: complete fecha_aprobacion en "
                "planes.csv, o la carga dejará vacía la del almacén."
            ],
        )
    # On a warehouse of its own: the default one may hold the plans that semaforo brings along.
    print_lines(
        console,
        [f"Siguiente paso: semaforo refresh --data {quote(folder)} --warehouse mi-almacen"],
    )


def _findings(findings: list[Finding]) -> Table:
    table = Table(title=f"No cuadra o no se lee: {len(findings):,}", title_justify="left")
    for heading in ("Archivo", "Hoja", "Fila", "Columna", "Qué"):
        table.add_column(heading, justify="right" if heading == "Fila" else "left")
    for finding in findings:
        place = finding.place
        cells = (place.file, place.sheet, str(place.row), place.letter, finding.what)
        # Text objects: what a file says is no markup.
        table.add_row(*(Text(plain(cell)) for cell in cells))
    return table
