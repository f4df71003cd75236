"""Where the command begins: in UTF-8; interrupted while the program is still read, with a line.

Belongs here: what has to hold before any command. Does not: any command (cli).
"""

import os
import sys

from orchestration.errors import INTERRUPTED


def main() -> None:
    """Read the command line program and run it."""
    if sys.getfilesystemencoding() != "utf-8" and not sys.flags.utf8_mode:
        # Under a plain es_PE, which is Latin-1, a path with an accent would be another one for
        # DuckDB, and a light could not be printed. Names on the disk and terminals are UTF-8.
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606
    try:
        from orchestration.cli import app
    except KeyboardInterrupt:
        sys.stderr.write(f"{INTERRUPTED}\n")
        sys.exit(130)
    app()


if __name__ == "__main__":
    main()
