"""The command line: options in, one call, its outcome printed. No logic.

A SemaforoError is one line on stderr and exit 1; an interruption is exit 130.
"""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from typer.core import TyperGroup

from orchestration import refresh as pipeline
from orchestration.errors import SemaforoError
from orchestration.progress import StageProgress
from orchestration.settings import DEFAULT_TARGET, DEFAULT_WAREHOUSE, WarehousePaths, make_settings
from orchestration.status import print_load, print_status


class PlainErrors(TyperGroup):
    """Commands whose refusals are one line, never a traceback."""

    def invoke(self, ctx):
        """Run the command; turn a refusal into its line and its exit code."""
        try:
            return super().invoke(ctx)
        except SemaforoError as refusal:
            Console(stderr=True).print(
                f"semaforo: {refusal}", markup=False, highlight=False, soft_wrap=True
            )
            raise typer.Exit(1) from refusal
        except KeyboardInterrupt:
            Console(stderr=True).print("semaforo: interrumpido; lo publicado no cambió")
            raise typer.Exit(130) from None


app = typer.Typer(
    cls=PlainErrors,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Dice si el plan operativo de una institución va como se programó.",
)

DataOption = Annotated[
    Path | None, typer.Option("--data", metavar="CARPETA", help="Carpeta con los CSV del contrato.")
]
WarehouseOption = Annotated[
    Path, typer.Option("--warehouse", metavar="CARPETA", help="Carpeta del almacén.")
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
        today=datetime.now().astimezone().date(),
        data=data,
        warehouse=warehouse,
        as_of=as_of,
        target=target,
        wait=wait,
    )
    result = pipeline.refresh(settings, StageProgress(Console(stderr=True), stages=pipeline.STAGES))
    console = Console()
    print_load(console, result.load)
    print_status(console, settings.warehouse)


@app.command()
def status(warehouse: WarehouseOption = DEFAULT_WAREHOUSE) -> None:
    """Muestra el semáforo publicado de cada entidad y plan."""
    print_status(Console(), WarehousePaths(warehouse.absolute()))
