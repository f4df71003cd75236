"""A real PostgreSQL on loopback, made for the tests and stopped by its own pid at their end."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parts[-2]))
    assert found, "PostgreSQL is missing: make system-deps"
    return found[-1]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """Addresses of one database of the cluster, by login."""

    def __init__(self, port: int) -> None:
        self.port = port

    def url(self, user: str = "postgres", password: str = "", database: str = "postgres") -> str:
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def variables(self, database: str) -> dict[str, str]:
        """The environment of a client, as libpq reads it."""
        return {
            "PGHOST": "127.0.0.1", "PGPORT": str(self.port), "PGUSER": "postgres",
            "PGPASSWORD": "", "PGDATABASE": database,
        }  # fmt: skip

    def run(
        self, sql: str, user: str = "postgres", parameters=None, database: str = "postgres"
    ) -> list[tuple]:
        connection = psycopg2.connect(self.url(user, database=database))
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(sql, parameters)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def create_database(self, name: str) -> None:
        connection = psycopg2.connect(self.url())
        connection.autocommit = True
        try:
            connection.cursor().execute(f"create database {name}")
        finally:
            connection.close()


@contextmanager
def private_server() -> Iterator[Server]:
    """Start one in a folder of its own; stop it at the end."""
    # PostgreSQL refuses to run as root, and pytest's folders are closed to other users.
    user = {"user": "postgres"} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="semaforo-pg-", dir="/tmp"))
    if user:
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
    data, port, programs = folder / "data", _free_port(), _programs()

    def call(name: str, *arguments: str) -> None:
        subprocess.run(
            [str(programs / name), "-D", str(data), *arguments],
            cwd=folder, check=True, timeout=120, **user,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    try:
        call("initdb", "-U", "postgres", "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8", "-N")
        call(
            "pg_ctl", "-w", "-l", str(folder / "log"), "-o",
            f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off",
            "start",
        )  # fmt: skip
        try:
            yield Server(port)
        finally:
            call("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
