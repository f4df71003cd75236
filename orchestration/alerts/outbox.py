"""The outbox: what was told, each message, its recipients and every attempt to deliver it.

Belongs here: the private SQLite file that remembers them. Does not: making or sending a message.
A message and the memory of what it tells are one transaction: neither is there without the other.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from orchestration.alerts.digests import Digest, Told
from orchestration.alerts.findings import Unit
from orchestration.errors import SemaforoError

PENDING, SENDING, DELIVERED, REFUSED = "pendiente", "enviando", "entregado", "rechazado"
"""State of a message for one recipient. SENDING outlives only a process that died while sending."""

ALERTS, DEADLINE, CHAT = "alertas", "plazo", "chat"
"""Kinds of message."""

FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=6)

# What SQLite says of the machine, not of us.
_TROUBLE = {
    sqlite3.SQLITE_FULL: "no queda espacio en el disco; libere espacio y repita",
    sqlite3.SQLITE_IOERR: "el disco no responde; revíselo y repita",
    sqlite3.SQLITE_BUSY: "otro programa lo tiene abierto; ciérrelo y repita",
    sqlite3.SQLITE_READONLY: "no hay permiso de escritura; revise el dueño de la carpeta",
    sqlite3.SQLITE_CANTOPEN: "no se puede abrir; revise el dueño de la carpeta",
    sqlite3.SQLITE_NOTADB: "está dañado; restáurelo de una copia",
    sqlite3.SQLITE_CORRUPT: "está dañado; restáurelo de una copia",
}

_SCHEMA = """
    create table if not exists mensaje (
        mensaje_id text primary key,
        clase text not null,
        entidad_id text not null,
        centro_costo_id text not null,
        unidad text not null,
        asunto text not null,
        creado_en text not null,
        contenido blob
    ) strict;
    create table if not exists entrega (
        mensaje_id text not null references mensaje,
        destino text not null,
        estado text not null,
        intentos integer not null default 0,
        proximo_intento text not null,
        primary key (mensaje_id, destino)
    ) strict;
    create table if not exists intento (
        mensaje_id text not null references mensaje,
        destino text not null,
        momento text not null,
        estado text not null,
        detalle text not null
    ) strict;
    create table if not exists avisado (
        entidad_id text not null,
        centro_costo_id text not null,
        alerta_id text not null,
        severidad text not null,
        aperturas integer not null,
        abierta_desde text not null,
        avisado_en text not null,
        primary key (entidad_id, centro_costo_id, alerta_id)
    ) strict;
    create table if not exists publicacion (fecha_reporte text primary key) strict;
"""


@dataclass(frozen=True)
class Message:
    """A message to keep.

    Attributes:
        message_id: its fixed identity.
        kind: ALERTS, DEADLINE or CHAT.
        unit: whom it is for.
        subject: for lists.
        content: the whole message but for From and To.
    """

    message_id: str
    kind: str
    unit: Unit
    subject: str
    content: bytes


@dataclass(frozen=True)
class Delivery:
    """A message for one recipient, and how far it got.

    Attributes:
        kind, unit_name, entity, centre, subject: of its message.
        attempts: how many were made.
        next_attempt: not before then.
        last_detail: what the last attempt met with.
    """

    message_id: str
    kind: str
    entity: str
    centre: str
    unit_name: str
    subject: str
    target: str
    state: str
    attempts: int
    next_attempt: datetime
    last_detail: str


class Outbox:
    """The open file. Every method that changes it is one transaction."""

    def __init__(self, connection: sqlite3.Connection):
        self._connection = connection

    def told(self, unit: Unit) -> dict[str, Told]:
        """What a unit last heard, by alert_id."""
        rows = self._connection.execute(
            """
            select alerta_id, severidad, aperturas, abierta_desde, avisado_en from avisado
            where entidad_id = ? and centro_costo_id = ?
            """,
            [unit.entity, unit.centre],
        )
        return {
            alert: Told(
                severity, openings, date.fromisoformat(since), datetime.fromisoformat(moment)
            )
            for alert, severity, openings, since, moment in rows
        }

    def knows(self, message_id: str) -> bool:
        """Say whether a message was ever kept."""
        found = self._connection.execute(
            "select 1 from mensaje where mensaje_id = ?", [message_id]
        ).fetchone()
        return found is not None

    def last_as_of(self) -> date | None:
        """Latest report date that was told."""
        (day,) = self._connection.execute("select max(fecha_reporte) from publicacion").fetchone()
        return date.fromisoformat(day) if day else None

    def keep(
        self,
        message: Message,
        targets: Iterable[str],
        now: datetime,
        digest: Digest | None = None,
    ) -> bool:
        """Keep a message to be sent, with what it tells; says whether it was not yet there."""
        unit = message.unit
        with self._transaction() as connection:
            fresh = connection.execute(
                "insert into mensaje values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                [
                    message.message_id, message.kind, unit.entity, unit.centre, unit.name,
                    message.subject, now.isoformat(), message.content,
                ],
            ).rowcount  # fmt: skip
            if fresh:
                self._address(connection, message.message_id, targets, now)
            if digest is not None:
                connection.executemany(
                    "insert or replace into avisado values (?, ?, ?, ?, ?, ?, ?)",
                    [
                        (
                            unit.entity, unit.centre, entry.finding.alert_id,
                            entry.finding.severity, entry.finding.openings,
                            entry.finding.open_since.isoformat(), now.isoformat(),
                        )
                        for entry in digest.entries
                    ],
                )  # fmt: skip
                connection.execute(
                    "insert or ignore into publicacion values (?)", [digest.as_of.isoformat()]
                )
        return bool(fresh)

    def readdress(self, message_id: str, targets: Iterable[str], now: datetime) -> None:
        """Send a message that reached nobody to other addresses, too."""
        with self._transaction() as connection:
            self._address(connection, message_id, targets, now)

    def unreached(self) -> list[tuple[str, Unit, set[str]]]:
        """List the mails that reach nobody: no recipient, or all refused; with those refused."""
        rows = self._connection.execute(
            """
            select mensaje_id, entidad_id, centro_costo_id, unidad,
                coalesce(group_concat(destino, ' '), '')
            from mensaje left join entrega using (mensaje_id)
            where clase <> ?
            group by mensaje_id
            having count(destino) = count(*) filter (where estado = ?)
            order by creado_en, mensaje_id
            """,
            [CHAT, REFUSED],
        )
        return [
            (message, Unit(entity, centre, "", name), set(refused.split()))
            for message, entity, centre, name, refused in rows
        ]

    def open_deliveries(self) -> list[Delivery]:
        """List what is still to be delivered, oldest first, due or not."""
        return self._deliveries("estado in (?, ?)", [PENDING, SENDING])

    def refused(self, *, reached_nobody: bool) -> list[Delivery]:
        """List what was refused for good; or only that of messages that reach nobody else."""
        found = self._deliveries("estado = ?", [REFUSED])
        nobody = {message for message, _, _ in self.unreached()}
        return [each for each in found if not reached_nobody or each.message_id in nobody]

    def content(self, message_id: str) -> bytes:
        """Content of a message that is still to be delivered."""
        (content,) = self._connection.execute(
            "select contenido from mensaje where mensaje_id = ?", [message_id]
        ).fetchone()
        return content

    def sending(self, message_id: str, targets: Sequence[str], now: datetime) -> None:
        """Note that a message is about to be handed over: it may arrive from here on."""
        with self._transaction() as connection:
            connection.executemany(
                "update entrega set estado = ? where mensaje_id = ? and destino = ?",
                [(SENDING, message_id, target) for target in targets],
            )
            self._note(connection, [(message_id, each) for each in targets], SENDING, "", now)

    def settle(self, message_id: str, target: str, state: str, detail: str, now: datetime) -> None:
        """Note how an attempt ended. PENDING waits longer after each attempt."""
        with self._transaction() as connection:
            (attempts,) = connection.execute(
                "select intentos + 1 from entrega where mensaje_id = ? and destino = ?",
                [message_id, target],
            ).fetchone()
            connection.execute(
                """
                update entrega set estado = ?, intentos = ?, proximo_intento = ?
                where mensaje_id = ? and destino = ?
                """,
                [state, attempts, (now + wait_after(attempts)).isoformat(), message_id, target],
            )
            self._note(connection, [(message_id, target)], state, detail, now)
            # What arrived everywhere is not needed again, and holds what only the unit need see.
            connection.execute(
                """
                update mensaje set contenido = null
                where mensaje_id = $1 and not exists (
                    select 1 from entrega where mensaje_id = $1 and estado <> $2
                )
                """,
                [message_id, DELIVERED],
            )

    def _deliveries(self, condition: str, parameters: list[str]) -> list[Delivery]:
        rows = self._connection.execute(
            f"""
            select mensaje_id, clase, entidad_id, centro_costo_id, unidad, asunto, destino,
                estado, intentos, proximo_intento,
                coalesce((
                    select detalle from intento
                    where intento.mensaje_id = entrega.mensaje_id
                        and intento.destino = entrega.destino
                    order by rowid desc limit 1
                ), '')
            from entrega join mensaje using (mensaje_id)
            where {condition} order by creado_en, entidad_id, centro_costo_id, mensaje_id, destino
            """,
            parameters,
        ).fetchall()
        return [Delivery(*row[:9], datetime.fromisoformat(row[9]), row[10]) for row in rows]

    def _address(
        self,
        connection: sqlite3.Connection,
        message_id: str,
        targets: Iterable[str],
        now: datetime,
    ) -> None:
        connection.executemany(
            """
            insert or ignore into entrega (mensaje_id, destino, estado, proximo_intento)
            values (?, ?, ?, ?)
            """,
            [(message_id, target, PENDING, now.isoformat()) for target in targets],
        )

    def _note(
        self,
        connection: sqlite3.Connection,
        deliveries: Sequence[tuple[str, str]],
        state: str,
        detail: str,
        now: datetime,
    ) -> None:
        connection.executemany(
            "insert into intento values (?, ?, ?, ?, ?)",
            [(*delivery, now.isoformat(), state, detail) for delivery in deliveries],
        )

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make all changes in the block one transaction: all of them, or none."""
        with self._transaction():
            yield

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        if self._connection.in_transaction:
            yield self._connection
            return
        self._connection.execute("begin immediate")
        try:
            yield self._connection
        except BaseException:
            # A full disk has ended the transaction already.
            if self._connection.in_transaction:
                self._connection.execute("rollback")
            raise
        self._connection.execute("commit")


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts that failed: 5 minutes, doubled, at most 6 hours."""
    return min(FIRST_WAIT * 2 ** min(attempts - 1, 10), LONGEST_WAIT)


@contextmanager
def outbox(path: Path) -> Iterator[Outbox]:
    """Open the outbox, made where there is none; only its owner may read it.

    Raises:
        SemaforoError: the disk refuses, or the file is damaged.
    """
    if not path.exists():
        path.touch(mode=0o600)
    try:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as connection:
            connection.execute("pragma synchronous = full")
            connection.executescript(_SCHEMA)
            yield Outbox(connection)
    except sqlite3.Error as failure:
        # The lower byte; above it SQLite tells more than there is to do about it.
        meaning = _TROUBLE.get((getattr(failure, "sqlite_errorcode", None) or 0) & 0xFF)
        if meaning is None:
            raise
        raise SemaforoError(f"{path}: {meaning}") from failure
