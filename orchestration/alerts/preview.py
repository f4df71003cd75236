"""What would be sent, looked at beforehand: nothing is sent, nothing is noted.

Belongs here: the list on the terminal and the .eml files. Does not: an address on the terminal.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from rich.console import Console

from orchestration.alerts.findings import published
from orchestration.alerts.listing import UnitLine, print_messages, print_pending, print_units
from orchestration.alerts.messages import addressed, counted
from orchestration.alerts.outbox import CHAT, Outbox, outbox
from orchestration.alerts.preparing import Choice, current_centres, digests, prepare
from orchestration.alerts.smtp import PREFIX, is_configured, server_settings
from orchestration.settings import WarehousePaths

_NO_SENDER = "semaforo@localhost"


def print_alerts(console: Console, paths: WarehousePaths, *, choice: Choice, wait: float) -> None:
    """Print what each unit would be told and where it would go, and what waits in the outbox.

    Raises:
        SemaforoError: nothing is published, or a refresh is at work.
    """
    centres = current_centres(paths, wait)
    with published(paths) as marts, outbox(paths.outbox) as box:
        now = datetime.now(UTC)
        if choice.deadline:
            print_messages(console, prepare(marts, box, centres, choice, now))
        else:
            lines = [
                UnitLine(unit, count, digest, centres.recipients(unit).shown())
                for unit, count, digest in digests(marts, box, choice.entity, now)
            ]
            print_units(console, lines, f"{marts.as_of:%d/%m/%Y}")
        print_pending(console, box.open_deliveries(), box.refused(reached_nobody=True))


def messages_to_send(paths: WarehousePaths) -> int:
    """Count the units that would be told something now.

    Raises:
        SemaforoError: nothing is published.
    """
    with published(paths) as marts, outbox(paths.outbox) as box:
        return sum(
            digest is not None for _, _, digest in digests(marts, box, None, datetime.now(UTC))
        )


def write_preview(paths: WarehousePaths, folder: Path, *, choice: Choice, wait: float) -> list[str]:
    """Write each message that would be sent as an .eml file; gives what to say about it.

    Raises:
        SemaforoError: nothing is published, or a refresh is at work.
    """
    sender = server_settings().sender if is_configured() else _NO_SENDER
    centres = current_centres(paths, wait)
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with published(paths) as marts, outbox(paths.outbox) as box:
        messages = prepare(marts, box, centres, choice, datetime.now(UTC))
        fresh = (
            addressed(each.message.content, sender, each.recipients.addresses) for each in messages
        )
        for content in (*_pending(box, sender), *fresh):
            count += 1
            path = folder / f"{count:04d}.eml"
            # They hold addresses: for nobody else's eyes.
            path.touch(mode=0o600)
            path.write_bytes(content)
    said = [f"Escritos en {folder}: {counted(count, 'mensaje', 'mensajes')}; no se envió nada"]
    if sender == _NO_SENDER:
        said.append(f"El remitente es de muestra: defina {PREFIX}SERVIDOR y {PREFIX}REMITENTE")
    return said


def _pending(box: Outbox, sender: str) -> Iterator[bytes]:
    """Messages that are still in the outbox."""
    mails = [each for each in box.open_deliveries() if each.kind != CHAT]
    for message, group in groupby(mails, key=lambda delivery: delivery.message_id):
        yield addressed(box.content(message), sender, [each.target for each in group])
