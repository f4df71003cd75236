"""Data Docs: the pages that Great Expectations writes of a run, made to open without a network.

Belongs here: where the pages are and what they would ask the web for. Does not: what they say.
The pages come with styles and scripts of a dozen web addresses, and their index is filled by
one of those scripts: they get a small style and script of their own and a plain index.
"""

import logging
import re
import shutil
from dataclasses import dataclass
from html import escape
from pathlib import Path

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


@dataclass(frozen=True)
class SuiteSummary:
    """One line of the index: what a suite judged and what it found."""

    name: str
    expectations: int
    failed: int
    measures: int
    findings: int


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
                "base_directory": str(folder),
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
    (folder / "index.html").write_text(_index(folder, title, suites, note), encoding="utf-8")


def _head(up: str) -> str:
    return f'<link rel="stylesheet" href="{up}{STYLE}"><script src="{up}{SCRIPT}" defer></script>'


def _index(folder: Path, title: str, suites: list[SuiteSummary], note: str) -> str:
    rows = "".join(
        f"<tr><td>{_link(folder, suite.name)}</td><td>{suite.expectations}</td>"
        f"<td>{suite.failed}</td><td>{suite.measures}</td><td>{suite.findings}</td></tr>\n"
        for suite in suites
    )
    return (
        '<!DOCTYPE html>\n<html lang="es"><head><meta charset="UTF-8">'
        f"<title>{escape(title)}</title>{_head('')}</head>\n"
        f'<body><div class="container-fluid"><h1>{escape(title)}</h1>\n'
        f"{f'<p>{escape(note)}</p>' if note else ''}"
        '<table class="table"><thead><tr><th>Suite</th><th>Expectativas</th>'
        "<th>Incumplidas</th><th>Medidas que no son 0</th><th>Hallazgos</th></tr></thead>\n"
        f"<tbody>{rows}</tbody></table></div></body></html>\n"
    )


def _link(folder: Path, suite: str) -> str:
    pages = sorted((folder / "validations" / suite).rglob("*.html"))
    if not pages:
        return escape(suite)
    address = pages[0].relative_to(folder).as_posix()
    more = "".join(
        f' <a href="{escape(page.relative_to(folder).as_posix())}">({number})</a>'
        for number, page in enumerate(pages[1:], start=2)
    )
    return f'<a href="{escape(address)}">{escape(suite)}</a>{more}'
