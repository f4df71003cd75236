"""A refresh on a disk of a few megabytes, or one that turns read-only. Run by test_faults.

A process of its own in a mount namespace of its own: what it mounts nobody else sees, and it is
gone with the process. Usage: small_disk.py KIND DISK BEFORE LATER AS_OF SPARE_KIB; prints JSON.
"""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from warehouses import Warehouse

SIZE = "96m"


def namespace() -> list[str]:
    """Give the command that enters a new mount namespace; a plain user needs one of users too."""
    return (
        ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]
    )


def fill(disk: Path, spare_kib: int) -> Path:
    """Take all the space of `disk` but a little."""
    filler = disk / "filler"
    free = os.statvfs(disk)
    with filler.open("wb") as file:
        size = free.f_bavail * free.f_frsize - spare_kib * 1024
        os.posix_fallocate(file.fileno(), 0, size)
    return filler


def main(kind: str, disk: Path, before: str, later: str, as_of: str, spare_kib: int) -> dict:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", disk], check=True)
    warehouse = Warehouse(Path(before)).copy_to(disk / "warehouse")
    old = hashlib.sha256(warehouse.published.read_bytes()).hexdigest()
    filler = fill(disk, spare_kib) if kind == "full" else None
    if kind == "read-only":
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    done = warehouse.run("refresh", "--data", later, "--as-of", as_of)
    still = hashlib.sha256(warehouse.published.read_bytes()).hexdigest()
    if filler:
        filler.unlink()
    else:
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    warehouse.refresh("--data", later, "--as-of", as_of)
    return {
        "code": done.returncode,
        "stderr": done.stderr,
        "untouched": old == still,
        "recovered": repr(warehouse.contents()),
    }


if __name__ == "__main__":
    kind, disk, *rest, spare = sys.argv[1:]
    print(json.dumps(main(kind, Path(disk), *rest, int(spare))))
