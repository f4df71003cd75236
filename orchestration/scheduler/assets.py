"""Assets and checks: each stands for a step of the refresh and calls its function.

Belongs here: which step makes which asset, and what Dagster shows of it. Does not: the steps.
"""

from collections.abc import Callable, Iterator

from dagster import (
    AssetCheckResult,
    AssetCheckSeverity,
    AssetExecutionContext,
    AssetKey,
    AssetSpec,
    Failure,
    MaterializeResult,
    MetadataValue,
    MonthlyPartitionsDefinition,
    RetryPolicy,
    multi_asset,
)
from rich.console import Console

from orchestration import refresh, transform
from orchestration.errors import PassingError, SemaforoError
from orchestration.load_report import LoadRefusedError, LoadReport
from orchestration.progress import StageProgress
from orchestration.quality import Assessment, CriticalFindingsError
from orchestration.scheduler.calendar import TIMEZONE
from orchestration.scheduler.project import QUALITY, ProjectSpecs
from orchestration.scheduler.resources import Warehouse
from orchestration.settings import DEFAULT_TARGET, Settings

# A report date each: the window's end. The running month is there too, computed as of today.
MONTHS = MonthlyPartitionsDefinition(start_date="2022-01-01", timezone=TIMEZONE, end_offset=1)

# A busy disk or a lock goes away; a refused file does not, see `_run`.
TRANSIENT = RetryPolicy(max_retries=2, delay=30)

PUBLICATION = AssetKey(["publicacion", "semaforo"])
DASHBOARD = AssetKey(["publicacion", "tablero"])
COPY = AssetKey(["publicacion", "postgres"])


def build_assets(specs: ProjectSpecs) -> list:
    """Make the assets of the refresh from what the dbt project lists."""

    @multi_asset(
        name="carga",
        specs=[spec.replace_attributes(deps=[]) for spec in specs.tables],
        partitions_def=MONTHS,
        retry_policy=TRANSIENT,
    )
    def load(context: AssetExecutionContext, warehouse: Warehouse) -> Iterator[MaterializeResult]:
        """Load the inbox, or the shipped plans into an empty warehouse."""
        settings, progress = start_run(context, warehouse)
        report = _run(settings, _load_aloud(context), progress)
        for spec in specs.tables:
            yield MaterializeResult(asset_key=spec.key, metadata={"cargado": report is not None})

    @multi_asset(
        name="modelos",
        specs=list(specs.models),
        check_specs=list(specs.checks),
        partitions_def=MONTHS,
        retry_policy=TRANSIENT,
    )
    def build(
        context: AssetExecutionContext, warehouse: Warehouse
    ) -> Iterator[MaterializeResult | AssetCheckResult]:
        """Compute every model as of the partition's date, then run the data tests on them."""
        settings, progress = start_run(context, warehouse)
        built = _run(settings, refresh.build, progress)
        keys = {spec.key.path[-1]: spec.key for spec in specs.models}
        # In the order in which dbt built them: Dagster wants parents before children.
        for model, seconds in built.seconds_by_model.items():
            yield MaterializeResult(asset_key=keys[model], metadata={"segundos": seconds})
        outcomes = _run(settings, _data_tests, progress)
        for check in specs.checks:
            outcome = outcomes[check.metadata["dagster_dbt/unique_id"]]
            yield AssetCheckResult(
                asset_key=check.asset_key,
                check_name=check.name,
                passed=outcome.passed,
                metadata={"filas": outcome.failures, "mensaje": outcome.message},
            )

    @multi_asset(
        name="calidad",
        specs=[AssetSpec(QUALITY, deps=[spec.key for spec in specs.models])],
        check_specs=list(specs.rules),
        partitions_def=MONTHS,
        retry_policy=TRANSIENT,
    )
    def assess(
        context: AssetExecutionContext, warehouse: Warehouse
    ) -> Iterator[MaterializeResult | AssetCheckResult]:
        """Judge what was built by the rules; a critical finding ends the run here."""
        settings, progress = start_run(context, warehouse)
        try:
            assessment = _run(settings, refresh.assess, progress)
        except Failure as failure:
            if isinstance(failure.__cause__, CriticalFindingsError):
                # What keeps from publishing is what has to be seen.
                yield from _rule_checks(specs, failure.__cause__.assessment)
            raise
        yield MaterializeResult(
            asset_key=QUALITY,
            metadata={
                "abiertas": MetadataValue.json(assessment.open_by_severity),
                "nuevas": assessment.opened,
                "reabiertas": assessment.reopened,
                "resueltas": assessment.resolved,
                "detalle": MetadataValue.path(str(assessment.docs)),
            },
        )
        yield from _rule_checks(specs, assessment)

    @multi_asset(
        name="publicacion",
        specs=[AssetSpec(PUBLICATION, deps=[QUALITY, *(spec.key for spec in specs.models)])],
        partitions_def=MONTHS,
        retry_policy=TRANSIENT,
    )
    def publish(context: AssetExecutionContext, warehouse: Warehouse) -> MaterializeResult:
        """Show readers what was built."""
        settings, progress = start_run(context, warehouse)
        published = _run(settings, refresh.publish, progress)
        return MaterializeResult(
            asset_key=PUBLICATION,
            metadata={
                "publicacion": published.number,
                "fecha_reporte": settings.as_of.isoformat(),
                "filas": MetadataValue.json(published.rows),
            },
        )

    @multi_asset(
        name="tablero",
        specs=[AssetSpec(DASHBOARD, deps=[PUBLICATION])],
        partitions_def=MONTHS,
        retry_policy=TRANSIENT,
    )
    def draw(context: AssetExecutionContext, warehouse: Warehouse) -> MaterializeResult:
        """Bring the dashboard up to date with what readers see."""
        settings, progress = start_run(context, warehouse)
        drawn = _run(settings, refresh.draw, progress)
        return MaterializeResult(
            asset_key=DASHBOARD,
            metadata={
                "pagina": MetadataValue.path(str(drawn.index)),
                "planes_dibujados": drawn.written,
                "planes_sin_cambios": drawn.kept,
            },
        )

    @multi_asset(
        name="copia",
        specs=[AssetSpec(COPY, deps=[PUBLICATION])],
        partitions_def=MONTHS,
        retry_policy=TRANSIENT,
    )
    def copy(context: AssetExecutionContext, warehouse: Warehouse) -> MaterializeResult:
        """Copy what readers see to PostgreSQL; a server that is away holds up nothing else."""
        settings, progress = start_run(context, warehouse)
        if settings.publish_to is None:
            return MaterializeResult(asset_key=COPY, metadata={"motivo": "sin SEMAFORO_PUBLISH"})
        rows = _run(settings, refresh.copy, progress)
        return MaterializeResult(asset_key=COPY, metadata={"filas": MetadataValue.json(rows)})

    return [load, build, assess, publish, draw, copy]


def _rule_checks(specs: ProjectSpecs, assessment: Assessment) -> Iterator[AssetCheckResult]:
    for rule in specs.rules:
        found = assessment.open_by_rule.get(rule.name, 0)
        yield AssetCheckResult(
            asset_key=QUALITY,
            check_name=rule.name,
            passed=found == 0,
            severity=AssetCheckSeverity.WARN,
            metadata={"hallazgos": found},
        )


def start_run(
    context: AssetExecutionContext, warehouse: Warehouse
) -> tuple[Settings, StageProgress]:
    """Give the settings of the run's partition, and a progress that shows nothing."""
    settings = warehouse.settings(context.partition_time_window.end.date())
    context.log.info(f"Al {settings.as_of:%d/%m/%Y}, en {settings.warehouse.root}")
    return settings, StageProgress(Console(quiet=True), stages=refresh.stages(settings))


def _load_aloud(context: AssetExecutionContext) -> Callable:
    """Give the load; what it set aside or left stands in the run's log, also where it refuses."""

    def load(settings: Settings, progress: StageProgress) -> LoadReport | None:
        try:
            report = refresh.load(settings, progress)
        except LoadRefusedError as refusal:
            _log(context, refusal)
            raise
        if report is not None:
            _log(context, report)
        return report

    return load


def _log(context: AssetExecutionContext, told: LoadReport | LoadRefusedError) -> None:
    for line in told.lines():
        context.log.info(line)


def _data_tests(settings: Settings, progress: StageProgress) -> dict[str, transform.DataTest]:
    return transform.run_data_tests(settings.warehouse, as_of=settings.as_of, target=DEFAULT_TARGET)


def _run(settings: Settings, step, progress: StageProgress):
    """Run a step with the warehouse held; a refusal fails the run, at once unless it may pass."""
    try:
        with refresh.exclusive(settings):
            return step(settings, progress)
    except SemaforoError as refusal:
        may_pass = isinstance(refusal, PassingError)
        raise Failure(str(refusal), allow_retries=may_pass) from refusal
