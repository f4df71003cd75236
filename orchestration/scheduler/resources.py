"""Where the runs work: the warehouse, its inbox, and the settings of one run.

Belongs here: environment to settings. Does not: any step.
"""

from datetime import date
from pathlib import Path

from dagster import ConfigurableResource

from orchestration.clock import today
from orchestration.contract import contract
from orchestration.files import awaited
from orchestration.scheduler.calendar import as_of_partition
from orchestration.settings import DEFAULT_WAREHOUSE, Settings, WarehousePaths

# A run that finds another one at work waits for it: the queue lets one through at a time, but a
# person may be refreshing from a terminal.
WAIT_SECONDS = 600.0


class Warehouse(ConfigurableResource):
    """The warehouse that runs refresh.

    Attributes:
        root: folder of the warehouse; empty = the default one.
        inbox: folder in which new exports are dropped; empty = none, what is loaded is recomputed.
        publish_to: address of the PostgreSQL that each publication is copied to; empty = none.
    """

    root: str = ""
    inbox: str = ""
    publish_to: str = ""

    @property
    def paths(self) -> WarehousePaths:
        """Paths of the warehouse."""
        return WarehousePaths(Path(self.root or DEFAULT_WAREHOUSE).absolute())

    def settings(self, window_end: date) -> Settings:
        """Settings of a run for the partition that ends at `window_end`."""
        day = today()
        inbox = Path(self.inbox) if self.inbox else None
        # Whoever named an inbox waits for its first files: the shipped plans are not theirs.
        given = inbox and (awaited(inbox, contract()) or not self.paths.build_db.exists())
        return Settings(
            warehouse=self.paths,
            as_of=as_of_partition(window_end, day),
            today=day,
            data=inbox if given else None,
            wait=WAIT_SECONDS,
            publish_to=self.publish_to or None,
        )
