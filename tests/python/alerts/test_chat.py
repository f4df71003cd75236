"""A line for the chat: through apprise to a real web server, once, and only where one is named."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class Chat(ThreadingHTTPServer):
    """A chat on loopback that keeps what is posted, and answers as told."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Post)
        self.answer = 200
        self.posted: list[dict] = []

    @property
    def url(self) -> str:
        return f"json://usuario:secreto@127.0.0.1:{self.server_port}/"


class Post(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.answer == 200:
            self.server.posted.append(json.loads(body))
        self.send_response(self.server.answer)
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def chat():
    with Chat() as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def test_a_refresh_with_news_is_one_line_in_the_chat(sender, server, chat) -> None:
    ours = sender.to(server).given(SEMAFORO_APPRISE=chat.url)
    done = ours.run("--send")
    assert done.returncode == 0, done.stdout + done.stderr
    assert [post["message"] for post in chat.posted] == [
        "Al 15/05/2024: 6 novedades y 0 hallazgos que siguen abiertos en 2 unidades."
    ]
    assert ours.run("--send").returncode == 0
    assert len(chat.posted) == 1
    assert len(server.taken()) == 2


def test_a_chat_that_refuses_is_tried_again_and_its_key_is_not_shown(sender, server, chat) -> None:
    chat.answer = 500
    ours = sender.to(server).given(SEMAFORO_APPRISE=chat.url)
    done = ours.run("--send")
    assert done.returncode == 1
    assert "Por reintentar: Chat" in done.stdout
    assert "secreto" not in done.stdout + done.stderr
    assert len(server.taken()) == 2
    chat.answer = 200
    assert ours.run("--send", "--now").returncode == 0
    assert len(chat.posted) == 1
    assert len(server.taken()) == 2


def test_an_address_that_apprise_does_not_know_is_refused_unseen(sender, server) -> None:
    done = sender.to(server).given(SEMAFORO_APPRISE="nada://secreto").run("--send")
    assert done.returncode == 1
    assert "SEMAFORO_APPRISE: apprise no entiende la dirección 1" in done.stderr
    assert "secreto" not in done.stdout + done.stderr
    assert server.taken() == []


def test_without_apprise_the_variable_is_refused_and_mail_does_without(
    sender, server, tmp_path
) -> None:
    (tmp_path / "sin").mkdir()
    (tmp_path / "sin" / "sitecustomize.py").write_text(
        "import sys\nsys.modules['apprise'] = None\n", encoding="utf-8"
    )
    ours = sender.to(server).given()
    without = type(ours)(ours.warehouse, ours.environ | {"PYTHONPATH": str(tmp_path / "sin")})
    done = without.given(SEMAFORO_APPRISE="json://127.0.0.1/").run("--send")
    assert done.returncode == 1
    assert "apprise no está instalado" in done.stderr
    assert server.taken() == []
    assert without.run("--send").returncode == 0
    assert len(server.taken()) == 2
