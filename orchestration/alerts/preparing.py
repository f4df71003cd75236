"""From the publication to messages: what would be told now, to whom.

Belongs here: putting findings, memory, recipients and text together. Does not: sending, or noting
anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from orchestration.alerts.deadlines import deadline_message, pending
from orchestration.alerts.digests import Digest, make_digest
from orchestration.alerts.findings import Published, Unit, check_entity, require_private
from orchestration.alerts.links import dashboard_url
from orchestration.alerts.messages import digest_message
from orchestration.alerts.outbox import Message, Outbox
from orchestration.alerts.recipients import Centres, Recipients, read_centres
from orchestration.errors import MisuseError
from orchestration.failures import require_published
from orchestration.lock import refresh_lock
from orchestration.settings import WarehousePaths, check_wait


@dataclass(frozen=True)
class Prepared:
    """A message, whom it is for, and what it tells.

    Attributes:
        message: all but From and To.
        recipients: where it goes.
        digest: the findings it tells; None for a message about something else.
    """

    message: Message
    recipients: Recipients
    digest: Digest | None


def check_use(*, sending: bool, previewing: bool, at_once: bool, wait: float) -> None:
    """Check that the options of `semaforo alerts` go together.

    Raises:
        MisuseError: one of them would do nothing beside the others, or means nothing.
    """
    check_wait(wait)
    if sending and previewing:
        raise MisuseError("--dry-run y --send no van juntos: uno escribe los mensajes, otro envía")
    if at_once and not sending:
        raise MisuseError("--now solo vale con --send; agréguelo o quite --now")


def current_centres(paths: WarehousePaths, wait: float) -> Centres:
    """Read the addresses that are loaded.

    Raises:
        SemaforoError: a refresh holds the warehouse for longer than `wait` seconds.
    """
    require_published(paths.published)
    require_private(paths)
    with refresh_lock(paths.lock, wait=wait):
        return read_centres(paths.build_db)


def digests(
    marts: Published, outbox: Outbox, entity: str | None, now: datetime
) -> Iterator[tuple[Unit, int, Digest | None]]:
    """Give each unit with open findings, how many, and what is news to it.

    Nothing is news where units were told of a later report date: a past month computed again
    says nothing about today.
    """
    check_entity(marts, entity)
    last = outbox.last_as_of()
    past = last is not None and marts.as_of < last
    for unit, findings in marts.open_findings(entity):
        digest = (
            None
            if past
            else make_digest(unit, findings, outbox.told(unit), as_of=marts.as_of, now=now)
        )
        yield unit, len(findings), digest


@dataclass(frozen=True)
class Choice:
    """What is to be told.

    Attributes:
        entity: only of this entity; None = of all.
        deadline: what falls due this month, instead of the findings.
    """

    entity: str | None = None
    deadline: bool = False


def prepare(
    marts: Published, outbox: Outbox, centres: Centres, choice: Choice, now: datetime
) -> Iterator[Prepared]:
    """Make the message of every unit that is to be told something.

    Raises:
        SemaforoError: the publication does not know the entity, or what falls due this month.
    """
    make = _deadlines if choice.deadline else _findings
    return make(marts, outbox, centres, choice.entity, now)


def _deadlines(
    marts: Published, outbox: Outbox, centres: Centres, entity: str | None, now: datetime
) -> Iterator[Prepared]:
    base_url = dashboard_url()
    check_entity(marts, entity)
    for unit, registrations in pending(marts, entity, now.astimezone().date()):
        message = deadline_message(marts, unit, registrations, base_url, now)
        if not outbox.knows(message.message_id):
            yield Prepared(message, centres.recipients(unit), None)


def _findings(
    marts: Published, outbox: Outbox, centres: Centres, entity: str | None, now: datetime
) -> Iterator[Prepared]:
    base_url = dashboard_url()
    for unit, _, digest in digests(marts, outbox, entity, now):
        if digest is not None:
            message = digest_message(digest, base_url, now)
            yield Prepared(message, centres.recipients(unit), digest)
