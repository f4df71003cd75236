"""Run the dbt models on the build database, inside this process.

Belongs here: how dbt is called, watched and left. Does not: what the models compute.
Most of a dbt call is its start-up, hence in-process; dbt is imported on the first run only.
"""

import contextlib
import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from orchestration.errors import SemaforoError
from orchestration.failures import disk_failure, refusal_of
from orchestration.parsing import ParsedProject, parse_key
from orchestration.recalculation import forget, recalculation
from orchestration.server_words import usual_answer
from orchestration.settings import DEFAULT_TARGET, PROJECT_ROOT, WarehousePaths
from orchestration.standing import drop_tests, models_in_order, standing_views

OnModel = Callable[[str, int, int], None]
"""Told of each model that starts: its name, its number from 1, how many there are."""


@dataclass(frozen=True)
class TransformResult:
    """What one dbt run did: the seconds of each model it built, parents first.

    None for a view that was left standing.
    """

    seconds_by_model: dict[str, float]


@dataclass(frozen=True)
class DataTest:
    """What one data test found: how many rows break it, and dbt's words where it could not run."""

    passed: bool
    failures: int
    message: str


def known_targets(project: Path = PROJECT_ROOT) -> list[str]:
    """Name the engines that profiles.yml describes."""
    profiles = yaml.safe_load((project / "profiles.yml").read_text(encoding="utf-8"))
    return list(profiles["semaforo"]["outputs"])


def dbt_arguments(
    command: str,
    paths: WarehousePaths,
    as_of: date,
    target: str,
    project: Path = PROJECT_ROOT,
    *,
    touched_only: bool = False,
) -> list[str]:
    """Spell the dbt command line of a refresh; no `command` of ours loads seeds.

    With `touched_only` the models kept by plan (macros/by_plan.sql) leave other plans standing.
    """
    return [
        "--log-level", "none",
        "--log-level-file", "info",
        "--log-path", str(paths.dbt),
        "--no-write-json",
        *command.split(),
        "--project-dir", str(project),
        "--profiles-dir", str(project),
        "--target-path", str(paths.dbt),
        "--target", target,
        "--vars",
        f"{{fecha_reporte: '{as_of.isoformat()}', solo_tocados: {str(touched_only).lower()}, "
        "por_anio: true}",
    ]  # fmt: skip


def run_models(
    paths: WarehousePaths,
    *,
    as_of: date,
    target: str,
    on_model: OnModel = lambda name, number, total: None,
    options: str = "",
    project: Path = PROJECT_ROOT,
) -> TransformResult:
    """Build every model from the raw tables of `paths.build_db`, as of a date.

    `options` are more of `dbt run`, for the few models or rows that they name.

    Raises:
        SemaforoError: a model failed or the project does not parse; names it and says why.
    """
    with _dbt_surroundings(paths.build_db):
        from orchestration.lean_dbt import lean_run

        def watch(event) -> None:
            if event.info.name == "LogStartLine":
                data = event.data
                on_model(data.node_info.node_name, data.index, data.total)

        manifest = _manifest(_caller(paths, as_of, target, project), project, target)
        drop_tests(manifest)
        models = models_in_order(manifest)
        if options:
            # Part of a computation is none to build upon.
            forget(paths.build_db)
            computation = contextlib.nullcontext(False)
        else:
            computation = recalculation(
                paths.build_db, as_of=as_of, project=parse_key(project, target)
            )
        with computation as possible:
            call = _caller(paths, as_of, target, project, touched_only=possible)
            # Elsewhere the server may be another one than it was.
            here = possible and target == DEFAULT_TARGET
            standing = standing_views(manifest) if here else []
            if standing:
                options = " ".join(["--exclude", *standing])
            try:
                with lean_run(ParsedProject(project, target).templates):
                    outcome = call(f"run {options}", manifest=manifest, callbacks=[watch])
            finally:
                _release_database()
    seconds = dict.fromkeys(standing, 0.0) | {
        run.node.name: run.execution_time
        for run in outcome.results
        if run.node.resource_type == "model"
    }
    return TransformResult({name: seconds[name] for name in models if name in seconds})


def run_data_tests(
    paths: WarehousePaths, *, as_of: date, target: str, project: Path = PROJECT_ROOT
) -> dict[str, DataTest]:
    """Run every data test on what was built; gives the outcome of each by dbt's unique id.

    Raises:
        SemaforoError: the tests could not start.
    """
    with _dbt_surroundings(paths.build_db):
        from dbt.cli.main import dbtRunner

        from orchestration.lean_dbt import lean_run

        manifest = _manifest(_caller(paths, as_of, target, project), project, target)
        arguments = dbt_arguments("test", paths, as_of, target, project)
        try:
            with lean_run(ParsedProject(project, target).templates):
                outcome = dbtRunner(manifest=manifest).invoke(
                    [*arguments, "--exclude-resource-type", "unit_test"]
                )
        finally:
            _release_database()
        if outcome.exception is not None:
            raise _refusal(outcome, paths, target)
    return {
        run.node.unique_id: DataTest(
            passed=run.status in {"pass", "warn"},
            failures=run.failures or 0,
            message=_one_line(run.message or ""),
        )
        for run in outcome.result.results
    }


def parsed_manifest(
    paths: WarehousePaths, *, target: str, project: Path = PROJECT_ROOT
) -> dict[str, object]:
    """Read the project's manifest, in dbt's own JSON shape; opens no database.

    Raises:
        SemaforoError: the project does not parse.
    """
    with _dbt_surroundings(paths.build_db):
        call = _caller(paths, date.min, target, project)
        manifest = _manifest(call, project, target)
        # Where no command ran yet dbt has no flags, and wants this one to write a manifest.
        from dbt.flags import get_flags

        flags = get_flags()
        if not hasattr(flags, "SEND_ANONYMOUS_USAGE_STATS"):
            flags.SEND_ANONYMOUS_USAGE_STATS = False
        return manifest.writable_manifest().to_dict()


def write_docs_page(
    paths: WarehousePaths, folder: Path, *, target: str, project: Path = PROJECT_ROOT
) -> Path:
    """Make dbt's page about the project from `folder`/manifest.json and the built tables.

    Raises:
        SemaforoError: dbt could not.
    """
    with _dbt_surroundings(paths.build_db):
        from dbt.cli.main import dbtRunner

        manifest = _manifest(_caller(paths, date.min, target, project), project, target)
        arguments = dbt_arguments("docs generate", paths, date.min, target, project)
        try:
            outcome = dbtRunner(manifest=manifest).invoke(
                [*arguments, "--static", "--no-compile", "--target-path", str(folder)]
            )
        finally:
            _release_database()
        if not outcome.success:
            raise _refusal(outcome, paths, target)
        return folder / "static_index.html"


def _caller(
    paths: WarehousePaths, as_of: date, target: str, project: Path, *, touched_only: bool = False
) -> Callable:
    """Give a function that runs one dbt command and returns its result, or says what went wrong."""
    from dbt.cli.main import dbtRunner

    def call(command: str, **options):
        arguments = dbt_arguments(command, paths, as_of, target, project, touched_only=touched_only)
        outcome = dbtRunner(**options).invoke(arguments)
        _close_log()
        if isinstance(outcome.exception, KeyboardInterrupt):
            raise outcome.exception
        if not outcome.success:
            raise _refusal(outcome, paths, target)
        return outcome.result

    return call


def _manifest(call: Callable, project: Path, target: str):
    parsed = ParsedProject(project, target)
    manifest = parsed.read()
    if manifest is None:
        manifest = call("parse")
        parsed.keep(manifest)
    return manifest


@contextlib.contextmanager
def _dbt_surroundings(build_db: Path) -> Iterator[None]:
    """Give dbt its environment and take back what it changes: variables and directory."""
    ours = {
        "SEMAFORO_BUILD_DB": str(build_db),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
        # Descriptions that go to a server have letters that its login's encoding may lack.
        "PGCLIENTENCODING": "UTF8",
    }
    before = {name: os.environ.get(name) for name in ours}
    os.environ.update(ours)
    # Where the log itself cannot be written, logging would print a traceback a line.
    noisy, logging.raiseExceptions = logging.raiseExceptions, False
    from orchestration.lean_dbt import lean_process

    try:
        # dbt changes into the project's folder and stays there after a failure.
        with contextlib.chdir("."), lean_process():
            yield
    finally:
        _close_log()
        logging.raiseExceptions = noisy
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _close_log() -> None:
    """Close the log that dbt leaves open after each command; a scheduler runs many."""
    for handler in logging.getLogger("file_log").handlers:
        handler.close()


def _release_database() -> None:
    """Close what dbt keeps open: dbt-duckdb holds the file until the process ends."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.adapters.factory import cleanup_connections

    cleanup_connections()
    if DuckDBConnectionManager._ENV is not None:
        DuckDBConnectionManager._ENV.close()
        DuckDBConnectionManager.close_all_connections()


def _refusal(outcome, paths: WarehousePaths, target: str) -> SemaforoError:
    if outcome.exception is not None:
        what, text = "dbt no pudo empezar", str(outcome.exception)
    else:
        broken = next(run for run in outcome.result.results if run.status == "error")
        what, text = f"falló el modelo {broken.node.name}", broken.message or "sin mensaje"
    text = _one_line(text)
    meaning = _meaning(text, target)
    return refusal_of(text, meaning or f"{what}: {text}; detalle en {paths.dbt / 'dbt.log'}")


def _meaning(text: str, target: str) -> str | None:
    """Say what is usual; rights and disks that a server speaks of are its own, not a folder's."""
    if target == "postgres" and (answer := usual_answer(text)):
        return f"--target postgres: {answer}; lo publicado no cambió"
    return disk_failure(text)


def _one_line(message: str) -> str:
    """Keep what went wrong of a dbt message: not where it is compiled, not the drawn pointer."""
    lines = [line.strip() for line in message.splitlines()]
    kept = [
        line
        for line in lines
        if line and not line.startswith(("compiled code at", "LINE ", "^")) and set(line) != {"^"}
    ]
    return " ".join(kept)[:600]
