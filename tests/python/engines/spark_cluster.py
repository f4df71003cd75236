"""A standalone cluster of Spark on this machine: a master and workers from pyspark's own wheel."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyspark

_SPARK_CLASS = Path(pyspark.__file__).parent / "bin" / "spark-class"
_SECONDS = 60

# Ours are small data, and two cores; a cluster is set up by this file of Spark's.
_DEFAULTS = """
spark.executor.memory 768m
spark.executor.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
spark.driver.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseParallelGC
spark.sql.shuffle.partitions 2
spark.sql.adaptive.enabled false
spark.sql.codegen.wholeStage false
spark.sql.codegen.factoryMode NO_CODEGEN
spark.sql.constraintPropagation.enabled false
"""


@dataclass
class Cluster:
    """A master and its workers, each a process; their files go to `folder`."""

    folder: Path
    processes: list[subprocess.Popen] = field(default_factory=list)
    workers: list[subprocess.Popen] = field(default_factory=list)
    master: str = ""

    def variables(self) -> dict[str, str]:
        """What a refresh needs to compute here."""
        return {
            "SPARK_MASTER": self.master,
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_CONF_DIR": str(self.folder / "conf"),
        }

    def start_master(self) -> None:
        (self.folder / "conf").mkdir()
        (self.folder / "conf" / "spark-defaults.conf").write_text(_DEFAULTS, encoding="utf-8")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self._start("master", "Master", "--port", str(port))
        self.master = f"spark://127.0.0.1:{port}"
        self._wait_for("master", "Starting Spark master at")

    def start_worker(self) -> None:
        """One core and enough memory for one executor."""
        name = f"worker{len(self.workers)}"
        self.workers.append(
            self._start(
                name, "Worker", "--cores", "1", "--memory", "1g",
                "--work-dir", str(self.folder / name), self.master,
            )
        )  # fmt: skip
        self._wait_for(name, "Successfully registered with master")

    def executors(self, worker: subprocess.Popen) -> list[int]:
        """Process ids of what a worker has started."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                parent = stat.read_text(encoding="utf-8").rpartition(")")[2].split()[1]
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(parent) == worker.pid:
                found.append(int(stat.parent.name))
        return found

    @staticmethod
    def runs(pid: int) -> bool:
        """Whether a process is there and has not ended, waited for or not."""
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return False
        return state[0] not in "ZX"

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self, name: str, role: str, *options: str) -> subprocess.Popen:
        command = [
            str(_SPARK_CLASS), f"org.apache.spark.deploy.{role.lower()}.{role}",
            "--host", "127.0.0.1", "--webui-port", "0", *options,
        ]  # fmt: skip
        environment = os.environ | {
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_CONF_DIR": str(self.folder / "conf"),
            "SPARK_DAEMON_MEMORY": "256m",
            "SPARK_LOCAL_DIRS": str(self.folder / "local"),
        }
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=environment
            )
        self.processes.append(process)
        return process

    def _wait_for(self, name: str, words: str) -> None:
        log = self.folder / f"{name}.log"
        until = time.monotonic() + _SECONDS
        while not re.search(words, log.read_text(encoding="utf-8")):
            assert time.monotonic() < until, log.read_text(encoding="utf-8")[-2000:]
            time.sleep(0.1)


@contextmanager
def running_master(folder: Path) -> Iterator[Cluster]:
    """A master without workers, ended with all that was started under it."""
    folder.mkdir()
    cluster = Cluster(folder)
    try:
        cluster.start_master()
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
