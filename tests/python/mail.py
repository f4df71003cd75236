"""A running mail server and a warehouse whose alerts go through it, for the tests."""

import email
import email.policy
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from email.message import EmailMessage
from pathlib import Path

from warehouses import Warehouse

from orchestration.loading import load_folder
from orchestration.settings import SHIPPED_SEEDS, WarehousePaths

PROGRAM = Path(__file__).with_name("smtp_server.py")
SENDER = "semaforo@muni.example"
PLANNING = "planeamiento@muni.example"


@dataclass(frozen=True)
class MailServer:
    """A server process: its orders, and what it took."""

    folder: Path
    port: int

    def orders(self, **orders: object) -> None:
        (self.folder / "orders.json").write_text(json.dumps(orders))

    def taken(self) -> list[EmailMessage]:
        return [
            email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            for path in sorted(self.folder.glob("*.eml"))
        ]

    def envelopes(self) -> list[dict]:
        return [json.loads(path.read_text()) for path in sorted(self.folder.glob("[0-9]*.json"))]


@contextmanager
def running_server(folder: Path, **settings: object) -> Iterator[MailServer]:
    """Start a server for the length of the block."""
    folder.mkdir()
    (folder / "server.json").write_text(json.dumps(settings))
    (folder / "orders.json").write_text("{}")
    log = (folder / "log").open("w")
    process = subprocess.Popen([sys.executable, str(PROGRAM), str(folder)], stderr=log)
    try:
        deadline = time.monotonic() + 60
        while not (folder / "port").exists():
            assert process.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < deadline, "the mail server did not start"
            time.sleep(0.05)
        yield MailServer(folder, int((folder / "port").read_text()))
    finally:
        process.kill()
        process.wait()
        log.close()


@dataclass(frozen=True)
class Sender:
    """The command `semaforo alerts` on a warehouse, with the environment it is given."""

    warehouse: Warehouse
    environ: dict[str, str] = field(default_factory=dict)

    def command(self, *options: object) -> list[str]:
        return self.warehouse.command("alerts", *options)

    def environment(self) -> dict[str, str]:
        ours = {name: text for name, text in os.environ.items() if "SEMAFORO" not in name}
        return ours | self.environ

    def run(self, *options: object) -> subprocess.CompletedProcess:
        return subprocess.run(
            self.command(*options),
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def given(self, **variables: str) -> "Sender":
        """The same with more variables; a name without prefix is one of the mail server's."""
        named = {
            name if name.startswith("SEMAFORO") else f"SEMAFORO_SMTP_{name}": value
            for name, value in variables.items()
        }
        return Sender(self.warehouse, self.environ | named)

    def to(self, server: MailServer, security: str = "ninguna") -> "Sender":
        return self.given(
            SERVIDOR="127.0.0.1",
            PUERTO=str(server.port),
            SEGURIDAD=security,
            REMITENTE=SENDER,
            ESPERA="20",
        )

    def load_centre(self, centre: str, address: str, parent: str = "") -> None:
        """Load a centre of the small plan with another address, as an institution would."""
        folder = self.warehouse.root.parent / f"centro-{centre}"
        folder.mkdir()
        (folder / "centros_costo.csv").write_text(
            "entidad_id,centro_costo_id,nombre,centro_padre_id,correo\n"
            f"muni,{centre},Centro,{parent},{address}\n",
            encoding="utf-8",
        )
        load_folder(
            WarehousePaths(self.warehouse.root).build_db,
            folder,
            today=date(2026, 1, 1),
            catalogs=SHIPPED_SEEDS,
        )
