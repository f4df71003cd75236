"""Pages as text: templates filled with data that the scripts draw.

Belongs here: rendering. Does not: reading the marts, writing files.
"""

import hashlib
from functools import cache
from pathlib import Path, PurePosixPath

import duckdb
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from orchestration.dashboard import names
from orchestration.dashboard.colours import ink_on, outline_of
from orchestration.dashboard.reading import embedded

_HERE = Path(__file__).parent
TEMPLATES = _HERE / "templates"
STATIC = _HERE / "static"


@cache
def version() -> str:
    """Digest of all that makes a page beside its data: when it changes, every page is rewritten."""
    digest = hashlib.sha256(duckdb.__version__.encode())
    files = [*_HERE.glob("*.py"), *TEMPLATES.rglob("*"), *STATIC.rglob("*")]
    for path in sorted(path for path in files if path.is_file()):
        digest.update(path.relative_to(_HERE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def render(template: str, page: PurePosixPath, data: object, **context: object) -> str:
    """Fill a template.

    Args:
        template: its name, without ending.
        page: where the page will stand; addresses in it are relative to that.
        data: what its scripts read.
        context: what the template itself reads.
    """
    return (
        _environment()
        .get_template(f"{template}.html.j2")
        .render(
            raiz=names.root_of(page),
            version=version(),
            datos=embedded(data),
            **context,
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["tinta"] = ink_on
    environment.filters["borde"] = outline_of
    return environment
