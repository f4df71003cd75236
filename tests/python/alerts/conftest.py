"""A published small plan and a mail server, for every test of the alerts."""

import subprocess
from pathlib import Path

import pytest
from mail import Sender, running_server


@pytest.fixture
def server(tmp_path):
    """A server that takes mail without login or encryption."""
    with running_server(tmp_path / "mail") as running:
        yield running


@pytest.fixture
def sender(published) -> Sender:
    """The alerts of the small plan; no server is named yet."""
    return Sender(published)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that nobody knows, and its key."""
    folder = tmp_path_factory.mktemp("certificate")
    cert, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-days", "2", "-subj", "/CN=mail.example",
            "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(cert),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return cert, key
