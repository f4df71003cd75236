"""The command line: options in, one call, its outcome printed. No logic.

A SemaforoError is one line on stderr and exit 1, or 2 where the command is written wrongly; an
interruption is exit 130.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from orchestration import refresh as pipeline
from orchestration.alerts.delivery import send
from orchestration.alerts.preparing import Choice, check_use
from orchestration.alerts.preview import print_alerts, write_preview
from orchestration.check_table import print_check
from orchestration.checking import check_folder, known_database
from orchestration.clock import today
from orchestration.dashboard.building import draw_dashboard
from orchestration.explaining.explanation import explain as explain_figure
from orchestration.explaining.showing import print_explanation
from orchestration.help_words import SpanishCommand, speak_spanish
from orchestration.importing.commands import importing
from orchestration.plain_errors import PlainErrors
from orchestration.progress import StageProgress
from orchestration.reports.writing import FORMATS, REPORTS, write_report
from orchestration.settings import DEFAULT_TARGET, DEFAULT_WAREHOUSE, WarehousePaths, make_settings
from orchestration.status import AFTER_REFRESH, print_status
from orchestration.templates import write_templates
from orchestration.terminal import print_lines
from orchestration.versions import version_line


class Format(StrEnum):
    """How a result is shown."""

    TABLE = "tabla"
    JSON = "json"


class Shape(StrEnum):
    """How an explanation is written."""

    TEXT = "text"
    JSON = "json"


speak_spanish()
app = typer.Typer(
    cls=PlainErrors,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(importing, name="import")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(version_line())
        raise typer.Exit


@app.callback()
def main(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_show_version,
            is_eager=True,
            help="Dice las versiones de semaforo, dbt y DuckDB, y termina.",
        ),
    ] = False,
) -> None:
    """Dice si el plan operativo de una institución va como se programó."""


DataOption = Annotated[
    Path | None, typer.Option("--data", metavar="CARPETA", help="Carpeta con los CSV del contrato.")
]
WarehouseOption = Annotated[
    Path,
    typer.Option(
        "--warehouse",
        metavar="CARPETA",
        help="Carpeta del almacén; por defecto, warehouse/.",
        show_default=False,
    ),
]


@app.command(cls=SpanishCommand)
def refresh(
    *,
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
        typer.Option(
            metavar="SEGUNDOS",
            help="Cuánto esperar a otra actualización en curso; por defecto, nada.",
            show_default=False,
        ),
    ] = 0.0,
    publish_to: Annotated[
        str | None,
        typer.Option(
            "--publish",
            metavar="URL",
            envvar="SEMAFORO_PUBLISH",
            help="También copia lo publicado a PostgreSQL: postgresql://usuario@servidor/base. "
            "Deje la clave en PGPASSWORD o en ~/.pgpass. Si la copia falla, sale con código 1, "
            "pero lo publicado en el almacén vale.",
        ),
    ] = None,
    dashboard: Annotated[
        bool,
        typer.Option(help="Dibujar el tablero; sin él, lo hace después «semaforo dashboard»."),
    ] = True,
) -> None:
    """Carga, calcula y publica; al final muestra el semáforo."""
    settings = make_settings(
        today=today(),
        data=data,
        warehouse=warehouse,
        as_of=as_of,
        target=target,
        wait=wait,
        publish_to=publish_to,
        dashboard=dashboard,
    )
    told = Console(stderr=True)
    print_lines(told, [f"Atención: {doubt}" for doubt in settings.doubts()])
    progress = StageProgress(told, stages=pipeline.stages(settings))
    result = pipeline.refresh(settings, progress)
    console = Console()
    print_lines(console, result.load.lines() if result.load else [])
    print_status(console, settings.warehouse, AFTER_REFRESH)
    print_lines(console, result.quality.lines())
    drawn = result.dashboard
    print_lines(
        console,
        [
            f"Tablero: {drawn.index}"
            if drawn
            else "El tablero no se dibujó: «semaforo dashboard» muestra lo publicado ahora"
        ],
    )


@app.command(cls=SpanishCommand)
def check(
    folder: Annotated[Path, typer.Argument(metavar="CARPETA", help="Carpeta con los CSV.")],
    warehouse: Annotated[
        Path | None,
        typer.Option(metavar="CARPETA", help="Almacén al que van; cuenta lo que ya tiene."),
    ] = None,
    output: Annotated[Format, typer.Option("--format", help="Cómo se muestra.")] = Format.TABLE,
) -> None:
    """Revisa los archivos como lo haría la carga, sin cargar nada."""
    result = check_folder(folder, today=today(), build_db=known_database(warehouse))
    if output is Format.JSON:
        typer.echo(result.as_json())
    else:
        print_check(Console(), result)
    if not result.ok:
        raise typer.Exit(1)


@app.command(cls=SpanishCommand)
def templates(
    folder: Annotated[Path, typer.Argument(metavar="CARPETA", help="Dónde se escriben los CSV.")],
) -> None:
    """Escribe los CSV del contrato, vacíos, para un plan propio, y dice para qué es cada uno."""
    print_lines(Console(), write_templates(folder))


@app.command(cls=SpanishCommand)
def superset(
    output: Annotated[Path, typer.Argument(metavar="ARCHIVO.zip", help="Archivo que se escribe.")],
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    database: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="PostgreSQL del que leerá Superset, postgresql://usuario@servidor/base, sin "
            "clave; por defecto, el archivo publicado.",
        ),
    ] = None,
) -> None:
    """Escribe el paquete que se importa en Superset: conjuntos de datos, gráficos y un tablero."""
    from orchestration.bi.superset_bundle import write_bundle

    written = write_bundle(WarehousePaths(warehouse.absolute()).published, output, database)
    typer.echo(f"{written}: impórtelo en Superset (Tableros, Importar)")


@app.command(cls=SpanishCommand)
def status(warehouse: WarehouseOption = DEFAULT_WAREHOUSE) -> None:
    """Muestra el semáforo publicado de cada entidad y plan."""
    print_status(Console(), WarehousePaths(warehouse.absolute()))


@app.command(cls=SpanishCommand)
def report(
    name: Annotated[str, typer.Argument(metavar="INFORME", help=f"Uno de: {', '.join(REPORTS)}.")],
    *,
    entity: Annotated[str, typer.Option("--entidad", help="entidad_id del plan.")],
    plan: Annotated[str, typer.Option("--plan", help="plan_id.")],
    month: Annotated[
        str | None,
        typer.Option(
            "--corte", metavar="MES", help="Mes de corte, 6 o junio; por defecto, el vigente."
        ),
    ] = None,
    file_format: Annotated[
        str | None,
        typer.Option(
            "--format",
            help=f"Uno de: {', '.join(FORMATS)}; por defecto, el de --out, o {FORMATS[0]}.",
        ),
    ] = None,
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


@app.command(cls=SpanishCommand)
def dashboard(warehouse: WarehouseOption = DEFAULT_WAREHOUSE) -> None:
    """Escribe el tablero de lo publicado: páginas que se abren con doble clic."""
    print_lines(Console(), draw_dashboard(WarehousePaths(warehouse.absolute())).lines())


@app.command(cls=SpanishCommand)
def alerts(
    *,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    sending: Annotated[
        bool, typer.Option("--send", help="Envía lo que falta avisar y lo pendiente.")
    ] = False,
    dry_run: Annotated[
        Path | None,
        typer.Option(metavar="CARPETA", help="Escribe los mensajes como .eml, sin enviar nada."),
    ] = None,
    entity: Annotated[
        str | None, typer.Option("--entidad", help="Solo las alertas de esta entidad_id.")
    ] = None,
    at_once: Annotated[
        bool, typer.Option("--now", help="Con --send: no espera al próximo intento.")
    ] = False,
    deadline: Annotated[
        bool,
        typer.Option("--plazo", help="No las alertas, sino lo que falta registrar este mes."),
    ] = False,
    wait: Annotated[
        float,
        typer.Option(
            metavar="SEGUNDOS",
            help="Cuánto esperar a otra actualización o envío; por defecto, nada.",
            show_default=False,
        ),
    ] = 0.0,
) -> None:
    """Lista las alertas abiertas de cada unidad; con --send se las envía por correo."""
    check_use(sending=sending, previewing=dry_run is not None, at_once=at_once, wait=wait)
    paths = WarehousePaths(warehouse.absolute())
    choice = Choice(entity, deadline)
    if dry_run is not None:
        print_lines(Console(), write_preview(paths, dry_run, choice=choice, wait=wait))
    elif sending:
        report = send(paths, choice=choice, wait=wait, at_once=at_once)
        print_lines(Console(), report.lines())
        if not report.complete:
            raise typer.Exit(1)
    else:
        print_alerts(Console(), paths, choice=choice, wait=wait)


@app.command(cls=SpanishCommand)
def explain(
    entity: Annotated[str, typer.Argument(metavar="ENTIDAD", help="entidad_id.")],
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="plan_id.")],
    element: Annotated[
        str,
        typer.Argument(
            metavar="ELEMENTO",
            help="Código de una actividad, acción, objetivo, centro o indicador; o la entidad.",
        ),
    ],
    corte: Annotated[str, typer.Argument(metavar="CORTE", help="Mes: 6 o junio.")],
    *,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    output: Annotated[Shape, typer.Option("--format", help="Cómo se escribe.")] = Shape.TEXT,
    level: Annotated[
        str | None,
        typer.Option("--nivel", help="AO, AEI, OEI, CC, IND o ENTIDAD, si el código es de varios."),
    ] = None,
    scope: Annotated[
        str | None,
        typer.Option(
            "--alcance", help="De un centro: propio (si no se dice), o total con los de debajo."
        ),
    ] = None,
    whole: Annotated[
        bool, typer.Option("--todo", help="Baja hasta los registros de cada actividad.")
    ] = False,
) -> None:
    """Explica una cifra paso a paso, hasta los registros, y qué cambió en ella."""
    explanation = explain_figure(
        WarehousePaths(warehouse.absolute()),
        entity=entity,
        plan=plan,
        element=element,
        corte=corte,
        level=level,
        scope=scope,
        whole=whole,
    )
    if output is Shape.JSON:
        typer.echo(explanation.as_json())
    else:
        print_explanation(Console(), explanation)


@app.command(cls=SpanishCommand)
def ui(
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    inbox: Annotated[
        Path | None,
        typer.Option(metavar="CARPETA", help="Bandeja de entrada: lo que llega se carga solo."),
    ] = None,
    port: Annotated[
        int, typer.Option(min=1, max=65535, help="Puerto, solo en esta máquina.")
    ] = 3000,
    part: Annotated[
        str, typer.Option("--parte", help="todo, web o demonio: cada uno por sí, como servicio.")
    ] = "todo",
) -> None:
    """Abre Dagster en esta máquina: el calendario de actualizaciones, sus corridas y chequeos."""
    from orchestration.scheduler.home import parse_part, serve

    paths = WarehousePaths(warehouse.absolute())
    raise typer.Exit(serve(paths, inbox=inbox, port=port, part=parse_part(part)))
