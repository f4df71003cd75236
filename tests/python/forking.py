"""Commands as processes of their own that find the large libraries already read.

Reading dbt and Great Expectations takes a small refresh longer than its work. Each command here
is forked from a server that has read them; what a command does otherwise, that its exit code and
its streams are its own, is as when a person starts it (test_cli.py starts the installed program).
"""

import multiprocessing
import os
import subprocess
import tempfile
from pathlib import Path

_READ_BEFORE = ["dbt.cli.main", "expectations.runner", "orchestration.cli"]

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(_READ_BEFORE)


def run_command(arguments: list[str], timeout: int = 300) -> subprocess.CompletedProcess:
    """Run `semaforo` with these arguments to its end, in this folder and environment.

    Raises subprocess.TimeoutExpired after `timeout` seconds.
    """
    with tempfile.TemporaryDirectory() as folder:
        streams = [Path(folder, name) for name in ("stdout", "stderr")]
        command = _context.Process(
            target=_command, args=(arguments, *streams, dict(os.environ), Path.cwd())
        )
        command.start()
        command.join(timeout)
        if command.exitcode is None:
            command.kill()
            raise subprocess.TimeoutExpired(arguments, timeout)
        written = [stream.read_text(encoding="utf-8") for stream in streams]
        return subprocess.CompletedProcess(arguments, command.exitcode, *written)


def _command(
    arguments: list[str], stdout: Path, stderr: Path, environment: dict[str, str], folder: Path
) -> None:
    from orchestration.cli import app

    for number, stream in ((1, stdout), (2, stderr)):
        os.dup2(os.open(stream, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    app(arguments)
