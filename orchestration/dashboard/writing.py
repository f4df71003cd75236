"""Files of the dashboard: whole or not at all.

Belongs here: replacing a file. Does not: its content.
"""

import os
import shutil
from pathlib import Path


def write_text(path: Path, text: str) -> bool:
    """Replace a file at once, so that no reader sees half of it; tell whether it changed."""
    content = text.encode()
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.nuevo")
    half.write_bytes(content)
    os.replace(half, path)
    return True


def copy_tree(source: Path, target: Path) -> None:
    """Copy a folder of the package beside the pages, file by file, and drop what it lost."""
    wanted = {path.relative_to(source) for path in source.rglob("*") if path.is_file()}
    for name in wanted:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        half = (target / name).with_name(f".{name.name}.nuevo")
        shutil.copyfile(source / name, half)
        os.replace(half, target / name)
    for path in target.rglob("*"):
        if path.is_file() and path.relative_to(target) not in wanted:
            path.unlink()


def remove_pages(folder: Path, pages: set[str]) -> None:
    """Delete pages that nothing leads to any more, and the folders that they leave empty."""
    for page in pages:
        path = folder / page
        path.unlink(missing_ok=True)
        for parent in path.parents:
            if parent == folder or not parent.is_dir() or any(parent.iterdir()):
                break
            parent.rmdir()
