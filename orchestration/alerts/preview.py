"""What would be sent, looked at beforehand: nothing is sent, nothing is noted.

Belongs here: the list on the terminal and the .eml files. Does not: an address on the terminal.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from itertools import groupby
from pathlib import Path

from rich.console import Console

from orchestration.alerts.findings import published
from orchestration.alerts.listing import UnitLine, print_messages, print_pending, print_units
from orchestration.alerts.messages import addressed, counted
from orchestration.alerts.outbox import CHAT, Outbox, outbox
from orchestration.alerts.preparing import Choice, current_centres, digests, prepare
from orchestration.alerts.smtp import PREFIX, is_configured, server_settings
from orchestration.errors import SemaforoError
from orchestration.failures import make_folder
from orchestration.settings import WarehousePaths

_NO_SENDER = "semaforo@localhost"

_NAME = re.compile(r"\d{4,}\.eml", re.ASCII)
_MESSAGE_ID = re.compile(r"<[0-9a-f]{40}@\w+\.semaforo>", re.ASCII)


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

    What an earlier preview wrote into the folder is removed: it would look as if still to be sent.

    Raises:
        SemaforoError: nothing is published, a refresh is at work, or a file that is not a
            preview's bears the name of one.
    """
    sender = server_settings().sender if is_configured() else _NO_SENDER
    centres = current_centres(paths, wait)
    make_folder(folder)
    with published(paths) as marts, outbox(paths.outbox) as box:
        messages = prepare(marts, box, centres, choice, datetime.now(UTC))
        fresh = [
            addressed(each.message.content, sender, each.recipients.addresses) for each in messages
        ]
        contents = [*_pending(box, sender), *fresh]
    count = len(contents)
    targets = [folder / f"{number:04d}.eml" for number in range(1, count + 1)]
    _make_room(folder, targets)
    for path, content in zip(targets, contents, strict=True):
        # They hold addresses: for nobody else's eyes.
        path.touch(mode=0o600, exist_ok=False)
        path.write_bytes(content)
    said = [f"Escritos en {folder}: {counted(count, 'mensaje', 'mensajes')}; no se envió nada"]
    if sender == _NO_SENDER:
        said.append(f"El remitente es de muestra: defina {PREFIX}SERVIDOR y {PREFIX}REMITENTE")
    return said


def _make_room(folder: Path, targets: list[Path]) -> None:
    """Remove an earlier preview's files, unless somebody else's file is where one must go."""
    earlier = {path for path in folder.iterdir() if _is_preview(path)}
    for path in targets:
        if path not in earlier and (path.exists() or path.is_symlink()):
            raise SemaforoError(
                f"--dry-run: {path} no es de una muestra anterior y no se reemplaza; "
                "indique otra carpeta"
            )
    for path in earlier:
        path.unlink()


def _is_preview(path: Path) -> bool:
    """Whether a preview wrote a file; a message that was saved from a mailbox was received."""
    if not _NAME.fullmatch(path.name) or path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        head = BytesHeaderParser().parse(file)
    identity = _MESSAGE_ID.fullmatch(str(head["Message-ID"] or "").strip())
    return identity is not None and "Received" not in head


def _pending(box: Outbox, sender: str) -> Iterator[bytes]:
    """Messages that are still in the outbox."""
    mails = [each for each in box.open_deliveries() if each.kind != CHAT]
    for message, group in groupby(mails, key=lambda delivery: delivery.message_id):
        yield addressed(box.content(message), sender, [each.target for each in group])
