"""The refresh: load, transform, assess, publish, draw, copy, one plain function a step.

The command line and the Dagster assets call these functions and hold no logic of their own.
Belongs here: the order of the steps and what is loaded when. Does not: how a step works.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration import quality, transform
from orchestration.bi.postgres import check_url, publish_postgres
from orchestration.bi.project_docs import show_project_docs
from orchestration.dashboard.building import Dashboard, build_dashboard
from orchestration.engines.computing import compute_elsewhere
from orchestration.errors import MisuseError, SemaforoError
from orchestration.failures import plain_failures
from orchestration.loading import LoadReport, load_folder
from orchestration.lock import refresh_lock
from orchestration.progress import StageProgress
from orchestration.publishing import publication
from orchestration.publishing.publication import Publication
from orchestration.quality import Assessment
from orchestration.settings import (
    DEFAULT_TARGET,
    SCRATCH,
    SHIPPED_SEEDS,
    Settings,
    database_settings,
)
from orchestration.transform import TransformResult

_STAGES = 4


@dataclass(frozen=True)
class RefreshResult:
    """What a refresh did, step by step."""

    load: LoadReport | None
    transform: TransformResult
    quality: Assessment
    publication: Publication
    dashboard: Dashboard | None


def stages(settings: Settings) -> int:
    """Say how many stages a refresh has."""
    return _STAGES + settings.dashboard + (settings.publish_to is not None)


def refresh(settings: Settings, progress: StageProgress) -> RefreshResult:
    """Bring a warehouse up to date and publish it.

    Raises:
        SemaforoError: refused; what was published before stands untouched, unless it was copying
            to PostgreSQL or drawing the dashboard that failed.
    """
    with exclusive(settings):
        with progress.stage("Cargando datos"):
            report = load(settings, progress)
        with progress.stage(f"Calculando al {settings.as_of:%d/%m/%Y}"):
            built = build(settings, progress)
        with progress.stage("Revisando la calidad"):
            assessment = assess(settings, progress)
        with progress.stage("Publicando"):
            published = publish(settings, progress)
        drawn = None
        if settings.dashboard:
            with progress.stage("Tablero"):
                drawn = draw(settings, progress)
        # Last: a server that is away keeps nobody from the publication and its pages.
        if settings.publish_to is not None:
            with progress.stage("Copiando a PostgreSQL"):
                copy(settings, progress)
    return RefreshResult(report, built, assessment, published, drawn)


@contextmanager
def exclusive(settings: Settings) -> Iterator[None]:
    """Hold the warehouse for a refresh, its private folder made; failures in plain words.

    Raises:
        SemaforoError: an option names nothing, another refresh runs, or the disk refuses.
    """
    _check(settings)
    paths = settings.warehouse
    with plain_failures():
        try:
            # It holds addresses of people; whatever the umask, nobody else reads it.
            paths.private.mkdir(mode=0o700, parents=True, exist_ok=True)
            if paths.private.stat().st_mode & 0o077:
                paths.private.chmod(0o700)
        except (FileExistsError, FileNotFoundError, NotADirectoryError):
            raise SemaforoError(
                f"--warehouse: {paths.root} no es una carpeta ni se puede crear"
            ) from None
        with refresh_lock(paths.lock, wait=settings.wait):
            # Of a refresh that was killed; of a country's load gigabytes, and nobody else's.
            for left in paths.private.glob(f"{SCRATCH}*"):
                shutil.rmtree(left, ignore_errors=True)
            yield


def load(settings: Settings, progress: StageProgress) -> LoadReport | None:
    """Load the folder asked for; without one, the shipped plans, unless the warehouse has others.

    Returns None where nothing was loaded: a warehouse once fed from a folder is computed again
    from what it holds, never mixed with the shipped plans (contract, section 1); only the
    catalogs of a newer semaforo are renewed.

    Raises:
        SemaforoError: a file is refused, or there is nothing to compute from.
    """
    paths = settings.warehouse
    if settings.data is not None:
        # Before the load: were it killed half-way, the warehouse would still be the user's.
        paths.fed.touch()
    elif paths.fed.exists():
        if not holds_data(paths.build_db):
            raise SemaforoError(f"{paths.root} no tiene datos; cárguelos con --data CARPETA")
        # What a newer semaforo brings: tables of its contract, rows of its catalogs.
        load_folder(paths.build_db, None, today=settings.today, catalogs=SHIPPED_SEEDS)
        return None
    return load_folder(
        paths.build_db,
        settings.data or SHIPPED_SEEDS,
        today=settings.today,
        catalogs=SHIPPED_SEEDS,
        progress=progress.step,
    )


def holds_data(build_db: Path) -> bool:
    """Say whether any load of this database was ever finished."""
    if not build_db.exists():
        return False
    with duckdb.connect(str(build_db), read_only=True) as connection:
        found = connection.execute(
            "select 1 from duckdb_tables() where schema_name = 'raw' and table_name = 'carga'"
        ).fetchone()
        return found is not None


def build(settings: Settings, progress: StageProgress) -> TransformResult:
    """Compute every mart as of the settings' date.

    Raises:
        SemaforoError: a model failed.
    """
    run = transform.run_models if settings.target == DEFAULT_TARGET else compute_elsewhere
    return run(
        settings.warehouse,
        as_of=settings.as_of,
        target=settings.target,
        on_model=progress.step,
    )


def assess(settings: Settings, progress: StageProgress) -> Assessment:
    """Judge what was built and remember what is found.

    Raises:
        SemaforoError: a critical finding; nothing may be published.
    """
    return quality.assess(settings.warehouse, as_of=settings.as_of, on_suite=progress.step)


def publish(settings: Settings, progress: StageProgress) -> Publication:
    """Show readers what was built, and beside it the page about the models.

    Raises:
        SemaforoError: the copy failed its check, or it is shown but the page could not be made.
    """
    published = publication.publish(
        settings.warehouse,
        as_of=settings.as_of,
        target=settings.target,
        on_table=progress.step,
    )
    show_project_docs(settings.warehouse, target=DEFAULT_TARGET)
    return published


def draw(settings: Settings, progress: StageProgress) -> Dashboard:
    """Bring the dashboard up to date with what readers see.

    Raises:
        SemaforoError: a page can't be written; the publication stands.
    """
    return build_dashboard(settings.warehouse, on_plan=progress.step)


def copy(settings: Settings, progress: StageProgress) -> dict[str, int]:
    """Copy what readers see to the PostgreSQL of the settings; give the rows of each table.

    Raises:
        SemaforoError: no server, no rights, or the server refused; it keeps what it had.
    """
    return publish_postgres(settings.warehouse.published, settings.publish_to, progress.step)


def _check(settings: Settings) -> None:
    _check_memory()
    if settings.publish_to is not None:
        check_url(settings.publish_to)
    targets = transform.known_targets()
    if settings.target not in targets:
        raise MisuseError(
            f"--target: «{settings.target}» no existe; use uno de: {', '.join(targets)}"
        )
    # DuckDB takes what follows a «?» for options, and «\» for «/».
    for sign in "?\\":
        if sign in str(settings.warehouse.root):
            raise SemaforoError(
                f"--warehouse: {settings.warehouse.root} tiene un «{sign}» en la ruta; use otra "
                "sin él"
            )
    if settings.data is not None and not settings.data.is_dir():
        raise SemaforoError(f"--data: {settings.data} no es una carpeta que exista")


def _check_memory() -> None:
    """Ask DuckDB itself: it alone knows which amounts it takes."""
    settings = database_settings()
    try:
        duckdb.connect(config=settings).close()
    except duckdb.Error:
        raise SemaforoError(
            f"SEMAFORO_MEMORIA: «{settings['memory_limit']}» no es una cantidad de memoria; "
            "escriba, por ejemplo, 4GiB o 80%"
        ) from None
