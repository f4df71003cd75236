"""A line about each refresh for the institution's chat, through apprise where it is installed.

Belongs here: apprise, which is optional and imported only where SEMAFORO_APPRISE names a chat.
Does not: mail, or which findings are news.
"""

import os
from collections.abc import Mapping, Sequence

from orchestration.alerts.digests import Digest, message_id
from orchestration.alerts.findings import Unit
from orchestration.alerts.messages import counted
from orchestration.alerts.outbox import CHAT, Message
from orchestration.errors import SemaforoError

URLS_VARIABLE = "SEMAFORO_APPRISE"
TARGET = "chat"
"""How the outbox names the chat: the addresses carry keys, and stay in the environment."""

TITLE = "Semáforo"


def is_configured(environ: Mapping[str, str] = os.environ) -> bool:
    """Say whether a chat is named."""
    return bool(environ.get(URLS_VARIABLE, "").strip())


def chat_message(digests: Sequence[Digest], base_url: str | None) -> Message:
    """Write the line that says how much is new, without naming any finding."""
    news = sum(len(digest.news) for digest in digests)
    still = sum(len(digest.reminders) for digest in digests)
    parts = [
        f"Al {digests[0].as_of:%d/%m/%Y}: {counted(news, 'novedad', 'novedades')} y "
        f"{counted(still, 'hallazgo que sigue abierto', 'hallazgos que siguen abiertos')} en "
        f"{counted(len(digests), 'unidad', 'unidades')}.",
        *([f"{base_url}/index.html"] if base_url else []),
    ]
    text = " ".join(parts)
    identity = message_id(CHAT, [digest.message_id for digest in digests])
    return Message(identity, CHAT, Unit("", "", "", "Chat"), text, text.encode())


class Chat:
    """The chats that the environment names."""

    def __init__(self, environ: Mapping[str, str] = os.environ):
        """Read the addresses.

        Raises:
            SemaforoError: apprise is not installed, or takes one of the addresses for none.
        """
        try:
            import apprise
        except ImportError as missing:
            raise SemaforoError(
                f"{URLS_VARIABLE} está definida y apprise no está instalado: instálelo con «pip "
                "install apprise» o quite la variable"
            ) from missing
        self._chats = apprise.Apprise()
        for number, url in enumerate(environ.get(URLS_VARIABLE, "").split(), start=1):
            if not self._chats.add(url):
                raise SemaforoError(
                    f"{URLS_VARIABLE}: apprise no entiende la dirección {number}; corríjala"
                )

    def post(self, text: str) -> bool:
        """Post a text to every chat; says whether all took it."""
        return bool(self._chats.notify(body=text, title=TITLE))
