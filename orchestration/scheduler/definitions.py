"""What `dagster dev -m orchestration.scheduler.definitions` loads.

Loading opens no database and no warehouse: it lists what the dbt project holds.
"""

from dagster import Definitions, EnvVar

from orchestration.scheduler.assets import build_assets
from orchestration.scheduler.jobs import inbox, monthly, refresh_job
from orchestration.scheduler.project import project_specs
from orchestration.scheduler.resources import Warehouse

defs = Definitions(
    assets=build_assets(project_specs()),
    jobs=[refresh_job],
    schedules=[monthly],
    sensors=[inbox],
    resources={
        "warehouse": Warehouse(root=EnvVar("SEMAFORO_ALMACEN"), inbox=EnvVar("SEMAFORO_BANDEJA"))
    },
)
