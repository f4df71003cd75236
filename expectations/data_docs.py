"""Data Docs: the pages that Great Expectations writes of a run, made to open without a network.

Belongs here: where the pages are and what they would ask the web for. Does not: what they say.
The pages come with styles and scripts of a dozen web addresses, and their index is filled by
one of those scripts: they get a small style and script of their own and a plain index.
"""

import logging
import re
import shutil
from functools import partial
from pathlib import Path

from expectations.index_page import SuiteSummary, index

SITE = "semaforo"
ASSETS = Path(__file__).parent / "static"
STYLE, SCRIPT = "data_docs.css", "data_docs.js"

# What a page loads from elsewhere, and the publisher's own advertising.
_FROM_THE_WEB = re.compile(
    r"""<script[^>]*\bsrc=[^>]*>\s*</script>
    | <link[^>]*>
    | <img[^>]*\bsrc="https?://[^>]*>
    | <footer>.*?</footer>
    | \burl\(\s*['"]?https?://[^)]*\)""",
    re.DOTALL | re.VERBOSE,
)


class DataDocsError(RuntimeError):
    """A page could not be written; Great Expectations itself only logs it and goes on."""


def add_site(context, folder: Path) -> None:
    """Have the context write its Data Docs to a folder, and nowhere else."""
    for other in list(context.get_site_names()):
        context.delete_data_docs_site(other)
    context.add_data_docs_site(
        SITE,
        {
            "class_name": "SiteBuilder",
            "show_how_to_buttons": False,
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
            "store_backend": {
                "class_name": "TupleFilesystemStoreBackend",
                # A «$» would name a variable of the environment.
                "base_directory": str(folder).replace("$", r"\$"),
            },
        },
    )


def build(context) -> None:
    """Write the pages.

    Raises:
        DataDocsError: some page could not be written; carries what was logged of it.
    """
    logged: list[str] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: logged.append(record.getMessage())
    log = logging.getLogger("great_expectations")
    log.addHandler(handler)
    try:
        context.build_data_docs()
    finally:
        log.removeHandler(handler)
    if logged:
        raise DataDocsError("\n".join(logged))


def finish(folder: Path, title: str, suites: list[SuiteSummary], note: str = "") -> None:
    """Make the pages of a folder open without a network, under an index of their own.

    The index says `note` under its title.
    """
    shutil.rmtree(folder / "static", ignore_errors=True)
    for name in (STYLE, SCRIPT):
        shutil.copyfile(ASSETS / name, folder / name)
    for page in folder.rglob("*.html"):
        up = "../" * (len(page.relative_to(folder).parts) - 1)
        text = _FROM_THE_WEB.sub("", page.read_text(encoding="utf-8"))
        page.write_text(text.replace("</head>", _head(up) + "</head>", 1), encoding="utf-8")
    text = index(title, suites, partial(_pages, folder), note)
    (folder / "index.html").write_text(text, encoding="utf-8")


def _head(up: str) -> str:
    return f'<link rel="stylesheet" href="{up}{STYLE}"><script src="{up}{SCRIPT}" defer></script>'


def _pages(folder: Path, suite: str) -> list[str]:
    """Addresses of the pages that Great Expectations wrote of a suite."""
    return [
        page.relative_to(folder).as_posix()
        for page in sorted((folder / "validations" / suite).rglob("*.html"))
    ]
