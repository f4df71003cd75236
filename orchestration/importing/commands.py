"""`semaforo import`: the options of each official report, one call, what it did printed."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from orchestration.help_words import SpanishCommand, SpanishGroup
from orchestration.importing.follow_up import ImportOptions, import_follow_up
from orchestration.importing.showing import print_import

importing = typer.Typer(
    cls=SpanishGroup,
    no_args_is_help=True,
    help="Convierte reportes oficiales en CSV del contrato.",
)


@importing.command("reporte-seguimiento", cls=SpanishCommand)
def import_reporte_seguimiento(
    files: Annotated[list[Path], typer.Argument(metavar="ARCHIVO…", help="XLSX de un mismo plan.")],
    *,
    entity: Annotated[str, typer.Option("--entidad", help="entidad_id.")],
    plan: Annotated[str, typer.Option("--plan", help="plan_id.")],
    year: Annotated[int, typer.Option("--anio", help="Año del plan.")],
    out: Annotated[Path, typer.Option(metavar="CARPETA", help="Dónde se escriben los CSV.")] = Path(
        "importado"
    ),
    replace: Annotated[
        bool, typer.Option("--reemplazar", help="Reemplaza los CSV que ya tenga la carpeta.")
    ] = False,
    kind: Annotated[str, typer.Option("--tipo", help="POI, PEI o POA.")] = "POI",
    plan_name: Annotated[
        str | None, typer.Option("--nombre-plan", help="Por defecto, el tipo en palabras y el año.")
    ] = None,
    document: Annotated[
        str | None, typer.Option("--documento", help="Por defecto, el nombre de los archivos.")
    ] = None,
    method: Annotated[
        str | None,
        typer.Option("--metodologia", help="Por defecto, ceplan si el reporte es mensual."),
    ] = None,
    catalogs: Annotated[
        Path | None,
        typer.Option("--catalogos", metavar="CARPETA", help="Carpeta cuyo metodologias.csv vale."),
    ] = None,
    version: Annotated[
        int,
        typer.Option(help="De la programación: 0 = plan aprobado, cada reprogramación una más."),
    ] = 0,
    version_date: Annotated[
        str | None,
        typer.Option(
            "--fecha-version",
            metavar="AAAA-MM-DD",
            help="De la programación; por defecto, el 20 de diciembre del año anterior.",
        ),
    ] = None,
    registration_date: Annotated[
        str | None,
        typer.Option(
            "--fecha-registro",
            metavar="AAAA-MM-DD",
            help="De la ejecución; por defecto, el último día del mes siguiente a cada mes, u hoy "
            "si ese día no ha llegado.",
        ),
    ] = None,
    centres: Annotated[
        Path | None,
        typer.Option(
            "--centros", metavar="CSV", help="Códigos de los centros: centro_costo_id, nombre."
        ),
    ] = None,
    entity_name: Annotated[
        str | None, typer.Option("--nombre-entidad", help="Si la entidad es nueva.")
    ] = None,
    country: Annotated[str, typer.Option("--pais", help="De una entidad nueva.")] = "PE",
    government_level: Annotated[
        str, typer.Option("--nivel-gobierno", help="nacional, regional o local.")
    ] = "local",
    currency: Annotated[str, typer.Option("--moneda", help="De una entidad nueva.")] = "PEN",
) -> None:
    """Lee el reporte oficial de seguimiento, mensual o trimestral, y revisa sus totales."""
    options = ImportOptions(
        entity=entity,
        plan=plan,
        year=year,
        out=out,
        replace=replace,
        kind=kind,
        plan_name=plan_name,
        document=document,
        method=method,
        catalogs=catalogs,
        version=version,
        version_date=version_date,
        registration_date=registration_date,
        centres=centres,
        entity_name=entity_name,
        country=country,
        government_level=government_level,
        currency=currency,
    )
    print_import(Console(), import_follow_up(files, options), str(out))
