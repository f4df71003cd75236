"""The same models on PostgreSQL, on a private server with its own defaults, beside the others.

Belongs here: the server's life and its processor time. Does not: how rows get there and models run
(orchestration/engines, orchestration/transform). fsync is off, as in the tests: it flatters.
"""

import os
import sys
import time
from pathlib import Path

from benchmarks.sizes import MONTH_BEFORE
from benchmarks.stages import RAW_FACTS, Bench
from orchestration import transform
from orchestration.engines.computing import engine_of

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "python"))

_DATABASE = "semaforo"


def postgres(bench: Bench) -> dict:
    """Build every model on PostgreSQL; the copy of the raw rows is told apart as copy_seconds."""
    from postgres_server import private_server

    with private_server() as server:
        server.create_database(_DATABASE)
        os.environ.update(server.variables(_DATABASE))
        started = time.perf_counter()
        engine_of("postgres").send(bench.paths.build_db)
        copied = time.perf_counter() - started
        before = _spent(server) + time.process_time()
        started = time.perf_counter()
        built = transform.run_models(bench.paths, as_of=MONTH_BEFORE, target="postgres")
        return {
            "rows": bench.count(*RAW_FACTS),
            "seconds": time.perf_counter() - started,
            "processor": _spent(server) + time.process_time() - before,
            "copy_seconds": copied,
            "models": built.seconds_by_model,
        }


def _spent(server) -> float:
    """Processor seconds of the server: its processes, and those that it has seen end."""
    time.sleep(0.5)
    seen = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (folder / "cmdline").read_text().split("\0")
            # Fields of proc(5) after the name: parent, then from the 12th four times in ticks.
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        seen[int(folder.name)] = (arguments, int(fields[1]), sum(map(int, fields[11:15])))
    (postmaster,) = [
        pid for pid, (arguments, _, _) in seen.items() if str(server.port) in arguments
    ]
    ticks = sum(ticks for pid, (_, parent, ticks) in seen.items() if postmaster in (pid, parent))
    return ticks / os.sysconf("SC_CLK_TCK")


STAGES = {"postgres": postgres}
