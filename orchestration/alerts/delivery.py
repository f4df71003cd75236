"""Sending: what is news goes to the outbox, what is in the outbox goes out.

Belongs here: the order of noting and sending, so that nothing is lost or needlessly repeated.
Does not: SMTP itself, or the file in which it is noted.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby

from orchestration.alerts import chat, smtp
from orchestration.alerts.digests import Digest
from orchestration.alerts.findings import published, require_private
from orchestration.alerts.links import dashboard_url
from orchestration.alerts.messages import addressed, counted
from orchestration.alerts.outbox import (
    CHAT,
    DELIVERED,
    PENDING,
    REFUSED,
    Delivery,
    Outbox,
    outbox,
)
from orchestration.alerts.preparing import Choice, Prepared, current_centres, prepare
from orchestration.alerts.recipients import PLANNING_VARIABLE, Centres, masked
from orchestration.failures import require_published
from orchestration.lock import refresh_lock
from orchestration.settings import WarehousePaths

# A server that twice in a row breaks off or keeps us waiting will not do better the third time.
_BROKEN_SESSIONS = 2

EVERYTHING = Choice()

Clock = Callable[[], datetime]


@dataclass
class SendReport:
    """What a call of `send` did and what is left.

    Attributes:
        kept: messages new in the outbox.
        delivered: deliveries that arrived.
        failed: deliveries to be tried again, in words.
        waiting: deliveries not tried, because their next attempt is later.
        refused: deliveries refused for good, now or before and reaching nobody else, in words.
        unreached: messages that reach nobody.
        unaddressed: units whose message has no recipient.
        notes: anything else worth a line.
    """

    kept: int = 0
    delivered: int = 0
    failed: list[str] = field(default_factory=list)
    waiting: int = 0
    refused: list[str] = field(default_factory=list)
    unreached: int = 0
    unaddressed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether nothing is left to deliver."""
        return not (self.failed or self.waiting or self.unreached)

    def lines(self) -> list[str]:
        """Say it, problems last."""
        said = [
            f"Avisos: {counted(self.kept, 'mensaje nuevo', 'mensajes nuevos')}, "
            f"{counted(self.delivered, 'entregado', 'entregados')}",
            *self.notes,
            *(f"Por reintentar: {text}" for text in self.failed),
            *(f"Rechazado: {text}" for text in self.refused),
            *(
                f"Sin destinatario: {unit}; cargue su correo en centros_costo o defina "
                f"{PLANNING_VARIABLE}"
                for unit in self.unaddressed
            ),
        ]
        if self.waiting:
            said.append(
                f"En espera del próximo intento: {counted(self.waiting, 'envío', 'envíos')}"
            )
        return said


def send(
    paths: WarehousePaths,
    *,
    choice: Choice = EVERYTHING,
    wait: float = 0.0,
    at_once: bool = False,
    clock: Clock = lambda: datetime.now(UTC),
) -> SendReport:
    """Tell every unit what is news to it, and deliver what is still in the outbox.

    Args:
        paths: the warehouse.
        choice: what is to be told.
        wait: seconds to wait for a refresh, or for another sender.
        at_once: try everything now, also what waits for its next attempt.
        clock: gives the time.

    Raises:
        SemaforoError: a setting is wrong, nothing is published, or someone else is at work.
    """
    server = smtp.server_settings()
    chats = chat.Chat() if chat.is_configured() else None
    with open_outbox(paths, wait) as box:
        report = SendReport()
        centres = current_centres(paths, wait)
        with published(paths) as marts, box.together():
            told = _keep(box, prepare(marts, box, centres, choice, clock()), report, clock)
            if told and chats is not None:
                box.keep(chat.chat_message(told, dashboard_url()), [chat.TARGET], clock())
        deliver(box, server, chats, centres, report, at_once=at_once, clock=clock)
        return report


@contextmanager
def open_outbox(paths: WarehousePaths, wait: float) -> Iterator[Outbox]:
    """Open the outbox, nobody else sending.

    Raises:
        SemaforoError: someone else is sending.
    """
    require_published(paths.published)
    require_private(paths)
    with (
        refresh_lock(paths.alerts_lock, wait=wait, work="otro envío de avisos"),
        outbox(paths.outbox) as box,
    ):
        yield box


def deliver(
    box: Outbox,
    server: smtp.ServerSettings,
    chats: chat.Chat | None,
    centres: Centres,
    report: SendReport,
    *,
    at_once: bool,
    clock: Clock,
) -> None:
    """Try what is due, and say in the report what is left."""
    _readdress(box, centres, clock)
    waiting = [each for each in box.open_deliveries() if each.kind != CHAT or chats]
    due = [each for each in waiting if at_once or each.next_attempt <= clock()]
    report.waiting = len(waiting) - len(due)
    _post([each for each in due if each.kind == CHAT], box, chats, report, clock)
    with smtp.Session(server) as session:
        mails = [each for each in due if each.kind != CHAT]
        while mails:
            _mail(mails, box, session, report, clock)
            # Refused by the unit's address: the next one above it is tried right away.
            fresh = _readdress(box, centres, clock)
            mails = [each for each in box.open_deliveries() if each.message_id in fresh]
    report.refused += [
        text
        for each in box.refused(reached_nobody=True)
        if (text := _named(each, each.last_detail)) not in report.refused
    ]
    report.unaddressed = [unit.name for _, unit, refused in box.unreached() if not refused]
    report.unreached = len(box.unreached())


def _keep(
    box: Outbox, messages: Iterable[Prepared], report: SendReport, clock: Clock
) -> list[Digest]:
    told = []
    for each in messages:
        fresh = box.keep(each.message, each.recipients.addresses, clock(), each.digest)
        report.kept += fresh
        report.notes += [
            f"{each.message.unit.name}: el correo cargado de {centre} no es una dirección; se usa "
            f"otro: {each.recipients.shown()}"
            for centre in each.recipients.unusable
        ]
        if each.digest is not None:
            told.append(each.digest)
    return told


def _readdress(box: Outbox, centres: Centres, clock: Clock) -> set[str]:
    """Address what reaches nobody to whom it may reach by now; gives the messages."""
    fresh = set()
    for message, unit, refused in box.unreached():
        recipients = centres.recipients(unit, refused)
        if recipients.addresses:
            box.readdress(message, recipients.addresses, clock())
            fresh.add(message)
    return fresh


def _post(
    due: Sequence[Delivery],
    box: Outbox,
    chats: chat.Chat | None,
    report: SendReport,
    clock: Clock,
) -> None:
    for each in due:
        box.sending(each.message_id, [each.target], clock())
        if chats.post(box.content(each.message_id).decode()):
            box.settle(each.message_id, each.target, DELIVERED, "", clock())
            report.delivered += 1
        else:
            detail = "no todos los canales lo aceptaron"
            box.settle(each.message_id, each.target, PENDING, detail, clock())
            report.failed.append(f"Chat: {detail}")


def _mail(
    due: Sequence[Delivery],
    box: Outbox,
    session: smtp.Session,
    report: SendReport,
    clock: Clock,
) -> None:
    messages = [list(group) for _, group in groupby(due, key=lambda delivery: delivery.message_id)]
    broken = 0
    for number, deliveries in enumerate(messages):
        try:
            _mail_one(deliveries, box, session, report, clock)
        except smtp.ServerTroubleError as trouble:
            _hold_back(messages[number:], str(trouble), box, report, clock)
            return
        broken = 0 if session.is_open else broken + 1
        left = messages[number + 1 :]
        if broken == _BROKEN_SESSIONS and left:
            _hold_back(left, "el servidor corta o no contesta", box, report, clock)
            return


def _mail_one(
    deliveries: Sequence[Delivery],
    box: Outbox,
    session: smtp.Session,
    report: SendReport,
    clock: Clock,
) -> None:
    message = deliveries[0].message_id
    targets = [each.target for each in deliveries]
    content = addressed(box.content(message), session.settings.sender, targets)
    # Noted before the server has the text: a process that dies from here on leaves a message that
    # may have arrived, and it goes again with its own Message-ID.
    answers = session.deliver(
        content, targets, lambda accepted: box.sending(message, accepted, clock())
    )
    for each in deliveries:
        answer = answers[each.target]
        state = DELIVERED if answer.accepted else REFUSED if answer.permanent else PENDING
        box.settle(message, each.target, state, answer.detail, clock())
        if answer.accepted:
            report.delivered += 1
        else:
            said = report.refused if answer.permanent else report.failed
            said.append(_named(each, answer.detail))


def _hold_back(
    messages: Sequence[Sequence[Delivery]],
    reason: str,
    box: Outbox,
    report: SendReport,
    clock: Clock,
) -> None:
    """Note that the server kept these from being sent: one line for all."""
    held = [each for deliveries in messages for each in deliveries]
    for each in held:
        box.settle(each.message_id, each.target, PENDING, reason, clock())
    report.failed.append(f"{counted(len(held), 'envío', 'envíos')}: {reason}")


def _named(delivery: Delivery, detail: str) -> str:
    return f"{delivery.unit_name}, {masked(delivery.target)}: {detail}"
