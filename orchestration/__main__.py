"""Where the command begins: an interruption while the program is still read is said in a line.

Belongs here: nothing but that. Does not: any command (cli).
"""

import sys

from orchestration.errors import INTERRUPTED


def main() -> None:
    """Read the command line program and run it."""
    try:
        from orchestration.cli import app
    except KeyboardInterrupt:
        sys.stderr.write(f"{INTERRUPTED}\n")
        sys.exit(130)
    app()


if __name__ == "__main__":
    main()
