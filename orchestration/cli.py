"""The command line: options in, one call, its outcome printed. No logic.

A SemaforoError is one line on stderr and exit 1; an interruption is exit 130.
"""

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from typer.core import TyperGroup

from orchestration import refresh as pipeline
from orchestration.check_table import print_check
from orchestration.checking import check_folder
from orchestration.errors import SemaforoError
from orchestration.progress import StageProgress
from orchestration.reports.writing import FORMATS, REPORTS, write_report
from orchestration.settings import DEFAULT_TARGET, DEFAULT_WAREHOUSE, WarehousePaths, make_settings
from orchestration.status import print_status
from orchestration.terminal import print_lines


class Format(StrEnum):
    """How a result is shown."""

    TABLE = "tabla"
    JSON = "json"


class PlainErrors(TyperGroup):
    """Commands whose refusals are one line, never a traceback."""

    def invoke(self, ctx):
        """Run the command; turn a refusal into its line and its exit code."""
        try:
            return super().invoke(ctx)
        except SemaforoError as refusal:
            print_lines(Console(stderr=True), [f"semaforo: {refusal}"])
            raise typer.Exit(1) from refusal
        except KeyboardInterrupt:
            print_lines(Console(stderr=True), ["semaforo: interrumpido; lo publicado no cambió"])
            raise typer.Exit(130) from None


app = typer.Typer(
    cls=PlainErrors,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Dice si el plan operativo de una institución va como se programó.",
)


def today() -> date:
    """Give the day it is where semaforo runs."""
    return datetime.now().astimezone().date()


DataOption = Annotated[
    Path | None, typer.Option("--data", metavar="CARPETA", help="Carpeta con los CSV del contrato.")
]
WarehouseOption = Annotated[
    Path,
    typer.Option(
        "--warehouse", metavar="CARPETA", help="Carpeta del almacén.", show_default="warehouse/"
    ),
]


@app.command()
def refresh(
    data: DataOption = None,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="AAAA-MM-DD", help="Fecha a la que se calcula todo; por defecto, hoy."
        ),
    ] = None,
    target: Annotated[str, typer.Option(help="Motor: duckdb, postgres o spark.")] = DEFAULT_TARGET,
    wait: Annotated[
        float,
        typer.Option(metavar="SEGUNDOS", help="Cuánto esperar a otra actualización en curso."),
    ] = 0.0,
) -> None:
    """Carga, calcula y publica; al final muestra el semáforo."""
    settings = make_settings(
        today=today(),
        data=data,
        warehouse=warehouse,
        as_of=as_of,
        target=target,
        wait=wait,
    )
    result = pipeline.refresh(settings, StageProgress(Console(stderr=True), stages=pipeline.STAGES))
    console = Console()
    print_lines(console, result.load.lines() if result.load else [])
    print_status(console, settings.warehouse)


@app.command()
def check(
    folder: Annotated[Path, typer.Argument(metavar="CARPETA", help="Carpeta con los CSV.")],
    warehouse: Annotated[
        Path | None,
        typer.Option(metavar="CARPETA", help="Almacén al que van; cuenta lo que ya tiene."),
    ] = None,
    output: Annotated[Format, typer.Option("--format", help="Cómo se muestra.")] = Format.TABLE,
) -> None:
    """Revisa los archivos como lo haría la carga, sin cargar nada."""
    result = check_folder(
        folder,
        today=today(),
        build_db=WarehousePaths(warehouse.absolute()).build_db if warehouse else None,
    )
    if output is Format.JSON:
        typer.echo(result.as_json())
    else:
        print_check(Console(), result)
    if not result.ok:
        raise typer.Exit(1)


@app.command()
def status(warehouse: WarehouseOption = DEFAULT_WAREHOUSE) -> None:
    """Muestra el semáforo publicado de cada entidad y plan."""
    print_status(Console(), WarehousePaths(warehouse.absolute()))


@app.command()
def report(
    name: Annotated[str, typer.Argument(metavar="INFORME", help=f"Uno de: {', '.join(REPORTS)}.")],
    entity: Annotated[str, typer.Option("--entidad", help="entidad_id del plan.")],
    plan: Annotated[str, typer.Option("--plan", help="plan_id.")],
    month: Annotated[
        int | None,
        typer.Option("--corte", metavar="MES", help="Mes de corte; por defecto, el vigente."),
    ] = None,
    file_format: Annotated[
        str, typer.Option("--format", help=f"Uno de: {', '.join(FORMATS)}.")
    ] = FORMATS[0],
    out: Annotated[
        Path | None,
        typer.Option(metavar="ARCHIVO", help="Por defecto, INFORME_ENTIDAD_PLAN_MES.FORMATO."),
    ] = None,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
) -> None:
    """Escribe el reporte de seguimiento o el informe de evaluación de un plan."""
    written = write_report(
        WarehousePaths(warehouse.absolute()),
        report=name,
        entity=entity,
        plan=plan,
        month=month,
        file_format=file_format,
        out=out,
    )
    print_lines(Console(), [f"Escrito: {written}"])
