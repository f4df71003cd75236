"""What `dagster dev -m orchestration.scheduler.definitions` loads.

Loading opens no database and no warehouse: it lists what the dbt project holds.
"""

from dagster import Definitions, EnvVar

from orchestration.scheduler.alerting import reminder, reminder_job, tell
from orchestration.scheduler.assets import build_assets
from orchestration.scheduler.jobs import inbox, monthly, refresh_job
from orchestration.scheduler.project import project_specs
from orchestration.scheduler.resources import Warehouse

defs = Definitions(
    assets=[*build_assets(project_specs()), tell],
    jobs=[refresh_job, reminder_job],
    schedules=[monthly, reminder],
    sensors=[inbox],
    resources={
        "warehouse": Warehouse(
            root=EnvVar("SEMAFORO_ALMACEN"),
            inbox=EnvVar("SEMAFORO_BANDEJA"),
            publish_to=EnvVar("SEMAFORO_PUBLISH"),
        )
    },
)
