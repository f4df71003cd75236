"""Where the command begins: in UTF-8; ended with a line, also while the program is still read.

SIGTERM ends it as Ctrl-C does. Belongs here: what has to hold before any command. Does not: any
command (cli).
"""

import os
import signal
import sys

from orchestration.errors import INTERRUPTED


def main() -> None:
    """Read the command line program and run it."""
    if sys.getfilesystemencoding() != "utf-8" and not sys.flags.utf8_mode:
        # Under a plain es_PE, which is Latin-1, a path with an accent would be another one for
        # DuckDB, and a light could not be printed. Names on the disk and terminals are UTF-8.
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606
    asked = []

    def end(number: int, _frame: object) -> None:
        asked.append(number)
        # Who asks again does not wait.
        signal.signal(number, signal.SIG_DFL)
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    try:
        _run()
    finally:
        if asked:
            # All is put in order; systemd, or whoever asked, is to see that it was the signal.
            os.kill(os.getpid(), asked[0])


def _run() -> None:
    try:
        from orchestration.cli import app
    except KeyboardInterrupt:
        sys.stderr.write(f"{INTERRUPTED}\n")
        sys.exit(130)
    app()


if __name__ == "__main__":
    main()
