"""The mail server: how it is reached, and what its answers mean.

Belongs here: SMTP (RFC 5321), its settings from the environment. Does not: which message is due,
or remembering what happened.
"""

import os
import smtplib
import ssl
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from orchestration.alerts.recipients import parse_addresses, without_addresses
from orchestration.errors import SemaforoError
from orchestration.system_words import in_spanish

PREFIX = "SEMAFORO_SMTP_"
STARTTLS, TLS, PLAIN = "starttls", "tls", "ninguna"
_PORTS = {STARTTLS: 587, TLS: 465, PLAIN: 25}
_TIMEOUT = 30.0

_PERMANENT = 500
# Not the address: the server wants a login first (RFC 4954, 6).
_LOGIN_CODES = frozenset({530, 534, 535, 538})


@dataclass(frozen=True)
class ServerSettings:
    """How the mail server is reached.

    Attributes:
        host, port: where.
        security: STARTTLS, TLS or PLAIN.
        user, password: login, or empty.
        sender: address in From.
        timeout: seconds that each answer may take.
        authority: file of certificates to trust instead of the system's, or None.
    """

    host: str
    port: int
    security: str
    user: str
    password: str = field(repr=False)
    sender: str = field(repr=False)
    timeout: float
    authority: Path | None


class ServerTroubleError(Exception):
    """The server cannot be used at all: no message is at fault, none was handed over."""


@dataclass(frozen=True)
class Answer:
    """What the server said of one recipient.

    Attributes:
        accepted: it has the message.
        permanent: it will never take it.
        detail: why, without addresses.
    """

    accepted: bool
    permanent: bool
    detail: str


def is_configured(environ: Mapping[str, str] = os.environ) -> bool:
    """Say whether a mail server is named."""
    return bool(environ.get(f"{PREFIX}SERVIDOR", "").strip())


def server_settings(environ: Mapping[str, str] = os.environ) -> ServerSettings:
    """Read the settings.

    Raises:
        SemaforoError: one is missing or means nothing; names its variable.
    """

    def given(name: str) -> str:
        return environ.get(f"{PREFIX}{name}", "").strip()

    host = given("SERVIDOR")
    if not host:
        raise SemaforoError(
            f"no hay servidor de correo: defina {PREFIX}SERVIDOR y {PREFIX}REMITENTE"
        )
    security = given("SEGURIDAD").lower() or STARTTLS
    if security not in _PORTS:
        raise SemaforoError(f"{PREFIX}SEGURIDAD: use uno de: {', '.join(_PORTS)}")
    sender = parse_addresses(given("REMITENTE"))
    if len(sender) != 1:
        raise SemaforoError(f"{PREFIX}REMITENTE: escriba una dirección de correo")
    user = given("USUARIO")
    if user and security == PLAIN:
        raise SemaforoError(
            f"{PREFIX}SEGURIDAD=ninguna enviaría la clave sin cifrar; use starttls o tls"
        )
    authority = given("CERTIFICADOS")
    if authority and not Path(authority).is_file():
        raise SemaforoError(f"{PREFIX}CERTIFICADOS: no existe el archivo {authority}")
    return ServerSettings(
        host=host,
        port=int(_number(given("PUERTO"), "PUERTO", _PORTS[security])),
        security=security,
        user=user,
        password=_password(given, environ) if user else "",
        sender=sender[0],
        timeout=_number(given("ESPERA"), "ESPERA", _TIMEOUT),
        authority=Path(authority) if authority else None,
    )


def _number(text: str, name: str, default: float) -> float:
    try:
        number = float(text) if text else float(default)
    except ValueError:
        number = -1.0
    if not 0 < number < 65536:
        raise SemaforoError(f"{PREFIX}{name}: «{text}» no es un número entre 1 y 65535")
    return number


def _password(given: Callable[[str], str], environ: Mapping[str, str]) -> str:
    """The password, kept as it is written: a space may be part of it."""
    file = given("CLAVE_ARCHIVO")
    if not file:
        return environ.get(f"{PREFIX}CLAVE", "")
    try:
        # With the mark that an editor of Windows puts before the text, or without it.
        return Path(file).read_text(encoding="utf-8-sig").rstrip("\n")
    except OSError as failure:
        raise SemaforoError(
            f"{PREFIX}CLAVE_ARCHIVO: no se puede leer {file}: {in_spanish(failure.strerror)}"
        ) from failure
    except UnicodeDecodeError:
        raise SemaforoError(
            f"{PREFIX}CLAVE_ARCHIVO: {file} no está en UTF-8; guárdelo así"
        ) from None


class Session:
    """One connection to the server, opened at the first message and again where it broke."""

    def __init__(self, settings: ServerSettings):
        self.settings = settings
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *exc_info: object) -> None:
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (smtplib.SMTPException, OSError):
                self._drop()

    def deliver(
        self,
        content: bytes,
        targets: Sequence[str],
        on_handover: Callable[[list[str]], None] = lambda accepted: None,
    ) -> dict[str, Answer]:
        """Hand a message over for several recipients; gives the answer for each.

        Args:
            content: the whole message.
            targets: addresses.
            on_handover: told of the recipients that the server takes, right before it gets the
                text; from here on the message may arrive.

        Raises:
            ServerTroubleError: no connection, no login, or the sender is not accepted.
        """
        smtp = self._connected()
        answers: dict[str, Answer] = {}
        try:
            code, reply = _open_still(*smtp.mail(self.settings.sender))
            if code >= _PERMANENT:
                raise ServerTroubleError(
                    f"el servidor no acepta el remitente {self._said(code, reply)}"
                )
            if code != 250:
                return self._all(targets, answers, self._said(code, reply))
            taken = self._address(smtp, targets, answers)
            if not taken:
                smtp.rset()
                return answers
            on_handover(taken)
            try:
                code, reply = _open_still(*smtp.data(content))
            except smtplib.SMTPDataError as refusal:
                code, reply = _open_still(refusal.smtp_code, refusal.smtp_error)
            for target in taken:
                answers[target] = Answer(
                    accepted=code == 250,
                    permanent=code >= _PERMANENT,
                    detail="" if code == 250 else self._said(code, reply, *targets),
                )
            if code != 250:
                smtp.rset()
        except (smtplib.SMTPException, OSError) as failure:
            # Whether the message arrived is not known: it goes again, with the same Message-ID.
            self._drop()
            detail = without_addresses(_broken(failure), self.settings.sender, *targets)
            return self._all(targets, answers, detail)
        return answers

    def _address(
        self, smtp: smtplib.SMTP, targets: Sequence[str], answers: dict[str, Answer]
    ) -> list[str]:
        """Name the recipients; gives those that the server takes."""
        taken = []
        for target in targets:
            code, reply = _open_still(*smtp.rcpt(target))
            if code in _LOGIN_CODES:
                raise ServerTroubleError(
                    f"el servidor pide usuario y clave {self._said(code, reply, *targets)}; "
                    f"defina {PREFIX}USUARIO y {PREFIX}CLAVE"
                )
            if code in {250, 251}:
                taken.append(target)
            else:
                answers[target] = Answer(
                    False, code >= _PERMANENT, self._said(code, reply, *targets)
                )
        return taken

    def _all(
        self, targets: Sequence[str], answers: dict[str, Answer], detail: str
    ) -> dict[str, Answer]:
        """The same passing failure for every recipient that has no answer yet."""
        return {target: Answer(False, False, detail) for target in targets} | answers

    def _said(self, code: int, reply: bytes, *addresses: str) -> str:
        text = " ".join(reply.decode("utf-8", "replace").split())[:300]
        hidden = without_addresses(
            text, self.settings.sender, *([self.settings.user] * bool(self.settings.user)),
            *addresses,
        )  # fmt: skip
        return f"({code} {hidden})"

    @property
    def is_open(self) -> bool:
        """Whether the connection outlived the last message."""
        return self._smtp is not None

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is not None:
            return self._smtp
        settings = self.settings
        where = f"{settings.host}:{settings.port}"
        try:
            self._smtp = self._open()
        except ssl.SSLCertVerificationError as failure:
            raise ServerTroubleError(
                f"el certificado de {where} no es de confianza ({failure.verify_message}); si es "
                f"de la institución, nómbrelo en {PREFIX}CERTIFICADOS"
            ) from failure
        except ssl.SSLError as failure:
            raise ServerTroubleError(
                f"{where} no habla TLS como se le pide ({failure.reason}); revise {PREFIX}SEGURIDAD"
            ) from failure
        except smtplib.SMTPNotSupportedError as failure:
            raise ServerTroubleError(
                f"{where} no ofrece lo que se le pide ({failure}); revise {PREFIX}SEGURIDAD"
            ) from failure
        except smtplib.SMTPAuthenticationError as failure:
            raise ServerTroubleError(
                f"{where} no acepta el usuario o la clave "
                + self._said(failure.smtp_code, failure.smtp_error)
            ) from failure
        except (smtplib.SMTPException, OSError) as failure:
            raise ServerTroubleError(
                f"no se llega al servidor {where}: {without_addresses(_broken(failure))}"
            ) from failure
        except UnicodeError:
            raise ServerTroubleError(
                f"{PREFIX}SERVIDOR: «{settings.host}» no es un nombre de servidor"
            ) from None
        return self._smtp

    def _open(self) -> smtplib.SMTP:
        settings = self.settings
        try:
            context = ssl.create_default_context(cafile=settings.authority)
        except OSError:
            raise ServerTroubleError(
                f"{PREFIX}CERTIFICADOS: {settings.authority} no se puede leer o no tiene "
                "certificados en PEM"
            ) from None
        if settings.security == TLS:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.host, settings.port, timeout=settings.timeout, context=context
            )
        else:
            smtp = smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout)
        try:
            if settings.security == STARTTLS:
                smtp.starttls(context=context)
            if settings.user:
                _log_in(smtp, settings.user, settings.password)
            else:
                smtp.ehlo_or_helo_if_needed()
        except BaseException:
            smtp.close()
            raise
        return smtp


def _log_in(smtp: smtplib.SMTP, user: str, password: str) -> None:
    """Log in; smtplib takes ASCII alone, and PLAIN has every letter in UTF-8 (RFC 4616, 2)."""
    if (user + password).isascii():
        smtp.login(user, password)
        return
    smtp.ehlo_or_helo_if_needed()
    initial = b64encode(f"\0{user}\0{password}".encode()).decode()
    code, reply = smtp.docmd("AUTH", f"PLAIN {initial}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, reply)


def _open_still(code: int, reply: bytes) -> tuple[int, bytes]:
    """Give an answer back, unless it says that the server closes the connection (421)."""
    if code == 421:
        raise smtplib.SMTPResponseException(code, reply)
    return code, reply


def _broken(failure: Exception) -> str:
    """What a broken connection means, in plain words."""
    if isinstance(failure, TimeoutError) or "timed out" in str(failure):
        return "no contestó a tiempo"
    if isinstance(failure, ConnectionRefusedError):
        return "no atiende en ese puerto"
    if isinstance(failure, smtplib.SMTPServerDisconnected):
        return "cortó la conexión"
    if isinstance(failure, smtplib.SMTPResponseException):
        reply = failure.smtp_error
        text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)
        return f"{failure.smtp_code} {' '.join(text.split())[:300]}"
    if isinstance(failure, OSError) and failure.strerror:
        return in_spanish(failure.strerror)
    return type(failure).__name__
