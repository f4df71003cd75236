"""A mail server that a test starts as a process of its own: what it takes stands in a folder.

    smtp_server.py FOLDER

FOLDER/server.json says how it is reached (tls, starttls, user, password, cert, key), and
FOLDER/orders.json, read at each command, what it refuses: `rcpt` and `data` are lists of answers
given in turn, one per command ("" = accept); `hang` are seconds before the answer to the text;
`kill` is a file with the process to kill once the text is accepted and before the answer goes out.
It writes FOLDER/port, and each message taken as FOLDER/NNNN.eml with NNNN.json beside it.
"""

import asyncio
import json
import os
import signal
import ssl
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult

FOLDER = Path(sys.argv[1])
SETTINGS = json.loads((FOLDER / "server.json").read_text())


def orders() -> dict:
    return json.loads((FOLDER / "orders.json").read_text())


def context() -> ssl.SSLContext:
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.load_cert_chain(SETTINGS["cert"], SETTINGS["key"])
    return made


class Handler:
    """Takes every message, unless told otherwise."""

    def __init__(self):
        self.answered = {"rcpt": 0, "data": 0}
        self.taken = 0

    def next_order(self, kind: str) -> str:
        answers = orders().get(kind, [])
        number = self.answered[kind]
        self.answered[kind] += 1
        return answers[number] if number < len(answers) else ""

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        refused = orders().get("mail", "")
        if refused:
            return refused
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        refused = self.next_order("rcpt")
        if refused:
            return refused
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        refused = self.next_order("data")
        if refused:
            return refused
        told = orders()
        if told.get("hang"):
            await asyncio.sleep(told["hang"])
        self.taken += 1
        name = f"{self.taken:04d}"
        (FOLDER / f"{name}.eml").write_bytes(envelope.original_content)
        (FOLDER / f"{name}.json").write_text(
            json.dumps(
                {
                    "from": envelope.mail_from,
                    "to": envelope.rcpt_tos,
                    "tls": server.transport.get_extra_info("ssl_object") is not None,
                    "user": session.auth_data.login.decode() if session.auth_data else "",
                }
            )
        )
        if told.get("kill"):
            os.kill(int(Path(told["kill"]).read_text()), signal.SIGKILL)
        return "250 taken"


def authenticate(server, session, envelope, mechanism, data):
    good = (
        data.login == SETTINGS["user"].encode() and data.password == SETTINGS["password"].encode()
    )
    return AuthResult(success=good, handled=False, auth_data=data)


def main() -> None:
    handler = Handler()

    def protocol() -> SMTP:
        return SMTP(
            handler,
            hostname="mail.example",
            tls_context=context() if SETTINGS.get("starttls") else None,
            require_starttls=bool(SETTINGS.get("starttls")),
            authenticator=authenticate if SETTINGS.get("user") else None,
            auth_required=bool(SETTINGS.get("user")),
            auth_require_tls=not SETTINGS.get("tls"),
            decode_data=False,
        )

    async def serve() -> None:
        listener = await asyncio.get_running_loop().create_server(
            protocol, "127.0.0.1", 0, ssl=context() if SETTINGS.get("tls") else None
        )
        port = listener.sockets[0].getsockname()[1]
        half = FOLDER / "port.new"
        half.write_text(str(port))
        half.rename(FOLDER / "port")
        await asyncio.Event().wait()

    asyncio.run(serve())


if __name__ == "__main__":
    main()
