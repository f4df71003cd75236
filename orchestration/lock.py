"""One refresh of a warehouse at a time, and one sender of its alerts.

The lock is the kernel's (flock): it ends with the process that took it, so that a lock left
by a dead process is none. What the file says is only for people: who holds it, since when.
"""

import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from orchestration.errors import PassingError

POLL_SECONDS = 0.1


@contextmanager
def refresh_lock(
    path: Path, *, wait: float = 0.0, work: str = "otra actualización"
) -> Iterator[None]:
    """Hold the lock file `path` for the length of the block.

    Args:
        path: the lock file; created if missing, never deleted (a waiting process has it open).
        wait: seconds to wait for another holder before giving up.
        work: what the holder is at, for the message.

    Raises:
        PassingError: another process still holds it after `wait` seconds; says which.
    """
    with path.open("a+", encoding="utf-8") as file:
        _take(file, path, wait, work)
        file.seek(0)
        file.truncate()
        json.dump(_whoami(), file)
        file.flush()
        try:
            yield
        finally:
            file.seek(0)
            file.truncate()


def _take(file, path: Path, wait: float, work: str) -> None:
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise PassingError(_held_by(path, work)) from None
            time.sleep(POLL_SECONDS)


def _whoami() -> dict:
    return {
        "pid": os.getpid(),
        "equipo": socket.gethostname(),
        "desde": datetime.now().astimezone().isoformat(timespec="seconds"),
    }


def _held_by(path: Path, work: str) -> str:
    advice = "espere a que termine o use --wait SEGUNDOS"
    try:
        holder = json.loads(path.read_text(encoding="utf-8"))
        return (
            f"{work} de {path.parent.parent} está en curso: proceso {holder['pid']} "
            f"en {holder['equipo']} desde {holder['desde']}; {advice}"
        )
    except (ValueError, KeyError, TypeError):
        # The holder has the lock and has not yet written who it is.
        return f"{work} de {path.parent.parent} está en curso; {advice}"
