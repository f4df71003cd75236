"""Open findings and pending messages on a terminal.

Belongs here: layout. Does not: any address in clear, or changing anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from orchestration.alerts.digests import Digest
from orchestration.alerts.findings import Unit
from orchestration.alerts.messages import counted
from orchestration.alerts.outbox import Delivery
from orchestration.alerts.preparing import Prepared
from orchestration.alerts.recipients import masked
from orchestration.terminal import plain, print_lines, print_table


@dataclass(frozen=True)
class UnitLine:
    """A unit with open findings: how many, what is news, where it goes."""

    unit: Unit
    open_count: int
    digest: Digest | None
    recipients: str


def print_units(console: Console, lines: list[UnitLine], as_of: str) -> None:
    """Print each unit with its open findings and what is still to be told."""
    if not lines:
        print_lines(console, [f"Sin alertas abiertas al {as_of}"])
        return
    table = Table(box=SIMPLE_HEAD, title=f"Alertas abiertas al {as_of}", title_justify="left")
    table.add_column("Entidad y unidad", overflow="fold")
    for heading in ("Abiertas", "Por avisar", "Por recordar"):
        table.add_column(heading, justify="right")
    table.add_column("Destinatario", overflow="fold")
    names = _names([line.unit for line in lines])
    for line in lines:
        name = names[line.unit]
        digest = line.digest
        table.add_row(
            Text("\n".join(map(plain, name.split("\n")))),
            f"{line.open_count:,}",
            f"{len(digest.news):,}" if digest else "0",
            f"{len(digest.reminders):,}" if digest else "0",
            Text(line.recipients),
        )
    print_table(console, table)
    told = sum(line.digest is not None for line in lines)
    print_lines(
        console,
        [
            f"{counted(sum(line.open_count for line in lines), 'hallazgo', 'hallazgos')} en "
            f"{counted(len(lines), 'unidad', 'unidades')}; "
            f"{counted(told, 'mensaje', 'mensajes')} por enviar con --send"
        ],
    )


def _names(units: list[Unit]) -> dict[Unit, str]:
    """Name each unit below its entity, with its code where another has the same name."""
    entities: dict[str, set[str]] = {}
    centres: dict[tuple[str, str], set[str]] = {}
    for unit in units:
        entities.setdefault(unit.entity_name, set()).add(unit.entity)
        centres.setdefault((unit.entity, unit.name), set()).add(unit.centre)
    named = {}
    for unit in units:
        name = unit.name
        if unit.centre and len(centres[unit.entity, unit.name]) > 1:
            name += f" ({unit.centre})"
        if unit.entity_name:
            code = f" ({unit.entity})" if len(entities[unit.entity_name]) > 1 else ""
            name = f"{unit.entity_name}{code}\n{name}"
        named[unit] = name
    return named


def print_messages(console: Console, messages: Iterable[Prepared]) -> None:
    """Print the subject of each message and where it would go."""
    said = [f"{each.message.subject} → {each.recipients.shown()}" for each in messages]
    print_lines(console, said or ["Nada por avisar"])


def print_pending(console: Console, waiting: list[Delivery], refused: list[Delivery]) -> None:
    """Print what is still in the outbox, and what was refused for good."""
    said = [
        f"Pendiente: {each.unit_name}, {masked(each.target)}; "
        f"{counted(each.attempts, 'intento', 'intentos')}, el próximo desde "
        f"{each.next_attempt.astimezone():%d/%m/%Y %H:%M}{_why(each)}"
        for each in waiting
    ]
    said += [f"Rechazado: {each.unit_name}, {masked(each.target)}{_why(each)}" for each in refused]
    print_lines(console, said)


def _why(delivery: Delivery) -> str:
    return f": {delivery.last_detail}" if delivery.last_detail else ""
