"""Names of the files that a command writes: what their extension says.

Belongs here: completing or refusing a name. Does not: what is written.
"""

from collections.abc import Sequence
from pathlib import Path

from orchestration.errors import MisuseError


def extension(out: Path) -> str:
    """Give the extension of a name, in small letters and without its point; empty = none."""
    return out.suffix.lower().removeprefix(".")


def completed(out: Path, offered: Sequence[str], wanted: str, option: str) -> Path:
    """Give the name with the extension `wanted` where it has none.

    Args:
        out: file to write.
        offered: extensions of what can be written.
        wanted: that of what is written, one of `offered`.
        option: how the command line calls the file.

    Raises:
        MisuseError: the name ends like something that is not offered.
    """
    # /dev/null is written as it is named, and so is /dev/stdout, a link even where it is a file.
    if out.is_symlink() or (out.exists() and not out.is_file()):
        return out
    if not out.suffix:
        return out.with_name(f"{out.name}.{wanted}")
    if extension(out) not in offered:
        endings = ", ".join(f".{name}" for name in offered)
        raise MisuseError(f"{option}: {out} termina en {out.suffix}; use {endings}")
    return out
