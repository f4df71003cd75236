"""The Java process and the session in which Spark computes.

Belongs here: how it is started, set up, reached and ended, and what keeps it from that in words.
Does not: which tables go there.
"""

import os
import shutil
import socket
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.errors import SemaforoError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_HERE = "local[*]"
_REACH_SECONDS = 10
WORKER_SECONDS = 60

# Rows of one machine are read in no time; what takes it is planning a hundred models and compiling
# code for each. A cluster is set up by its own spark-defaults.conf.
_ON_THIS_MACHINE = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseParallelGC",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.constraintPropagation.enabled": "false",
}


class SparkProcess:
    """One Java process with one session, from `start` to `stop`.

    Raises:
        SemaforoError: when made: Java is not installed.
    """

    def __init__(self) -> None:
        home = os.environ.get("JAVA_HOME")
        if shutil.which("java", path=f"{home}/bin" if home else None) is None:
            raise SemaforoError(
                "--target spark: falta Java 17 o posterior; instálelo, o indique dónde está con "
                "JAVA_HOME; vea docs/engines.md"
            )
        self.session: SparkSession | None = None
        self._gateway = None

    def start(self, folder: Path, *, log: Path) -> "SparkSession":
        """Give a new session whose tables and passing files go to `folder`.

        Raises:
            SemaforoError: it does not start, or its master or its workers are out of reach.
        """
        master = os.environ.get("SPARK_MASTER") or _HERE
        _refuse_silent_master(master)
        from pyspark import SparkConf, SparkContext
        from pyspark.java_gateway import launch_gateway
        from pyspark.sql import SparkSession

        conf = SparkConf(loadDefaults=False).setAll(_settings(master, folder).items())
        log.parent.mkdir(exist_ok=True)
        # Which no model uses.
        warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
        with plain_spark_failures(log):
            with log.open("wb") as stream:
                self._gateway = launch_gateway(conf, {"stdout": stream, "stderr": stream})
            self.session = SparkSession(SparkContext(conf=conf, gateway=self._gateway))
            _wait_for_worker(self.session, master)
        return self.session

    def stop(self) -> None:
        """End the session and the process; nothing happens where there is none."""
        if self._gateway is None:
            return
        from pyspark import SparkContext

        # Whatever state a failure left them in, the process ends.
        with suppress(Exception):
            self.session.stop()
        with suppress(Exception):
            self._gateway.shutdown()
        self._gateway.proc.stdin.close()
        self._gateway.proc.wait()
        SparkContext._gateway = SparkContext._jvm = None
        self.session = self._gateway = None


@contextmanager
def plain_spark_failures(log: Path) -> Iterator[None]:
    """Turn failures of Spark inside the block into one line.

    Raises:
        SemaforoError: Spark did not start, refused or stopped.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError, ConnectionError) as failure:
        raise SemaforoError(
            f"--target spark: Spark no pudo ({_cause(failure, log)[:300]}); revise Java (17 o "
            f"posterior), SPARK_MASTER y la memoria libre; lo publicado no cambió; detalle en {log}"
        ) from None


def _cause(failure: Exception, log: Path) -> str:
    """Find the line that says why: of Java's own words, or the last it wrote before it ended."""
    lines = [line.strip() for line in str(failure).splitlines() if line.strip()]
    if lines and "JAVA_GATEWAY_EXITED" not in lines[0]:
        return next((line[1:].strip() for line in lines if line.startswith(":")), lines[0])
    written = log.read_text(encoding="utf-8", errors="replace").split("\n") if log.exists() else []
    return next((line.strip() for line in reversed(written) if line.strip()), "Java no arrancó")


def _settings(master: str, folder: Path) -> dict[str, str]:
    settings = {
        "spark.master": master,
        "spark.app.name": "semaforo",
        "spark.driver.memory": os.environ.get("SPARK_DRIVER_MEMORY", "2g"),
        "spark.local.dir": str(folder / "local"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        # A timestamp is one without zone, and a text as long as it is, as in DuckDB.
        "spark.sql.timestampType": "TIMESTAMP_NTZ",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.legacy.charVarcharAsString": "true",
        # A table made by a select is one of Parquet files.
        "spark.sql.legacy.createHiveTableByDefault": "false",
    }
    return settings | (_ON_THIS_MACHINE if _is_local(master) else {})


def _is_local(master: str) -> bool:
    return master.startswith("local")


def _refuse_silent_master(master: str) -> None:
    """Spark would take minutes to give up a master that nobody listens at."""
    if not master.startswith("spark://"):
        return
    for place in master.removeprefix("spark://").split(","):
        host, _, port = place.rpartition(":")
        with suppress(OSError, ValueError):
            socket.create_connection((host, int(port)), timeout=_REACH_SECONDS).close()
            return
    raise SemaforoError(
        f"--target spark: nadie responde en {master}; revise SPARK_MASTER y que el clúster esté "
        "encendido; lo publicado no cambió"
    )


def _wait_for_worker(session: "SparkSession", master: str) -> None:
    """Spark would wait for ever for a cluster that gives no worker."""
    if _is_local(master):
        return
    until = time.monotonic() + WORKER_SECONDS
    # The driver is counted too.
    while session.sparkContext._jsc.sc().getExecutorMemoryStatus().size() < 2:
        if time.monotonic() > until:
            raise SemaforoError(
                f"--target spark: {master} no dio ningún trabajador en {WORKER_SECONDS} s; revise "
                "que los haya, con núcleos y memoria libres; lo publicado no cambió"
            )
        time.sleep(0.2)
