"""The page about the models that dbt writes: each table and column, and what it comes from.

Belongs here: what of the project the page shows, and when it is made anew. Does not: how dbt is
called (transform.py), nor any description (models/). It holds no row of any table. It is the same
for every warehouse, so one made for this state of the project is copied.
"""

import contextlib
import json
import os
import shutil
import tempfile
from pathlib import Path

from orchestration.errors import SemaforoError
from orchestration.failures import disk_failure
from orchestration.parsing import parse_key
from orchestration.settings import PROJECT_ROOT, SCRATCH, WarehousePaths
from orchestration.system_words import in_spanish
from orchestration.transform import parsed_manifest, write_docs_page

PAGE = "index.html"
_KEY = "dbt_docs.key"
# Part of the key: a page made by another edition of this module is made anew.
_EDITION = "1"
# dbt's own page asks for two files that are nowhere: icons before it knows which, its favicon.
_MISSING_FILES = {
    'xlink:href="{{': 'ng-attr-xlink:href="{{',
    "${require('./assets/favicons/favicon.ico')}": "data:,",
}


def show_project_docs(paths: WarehousePaths, *, target: str, project: Path = PROJECT_ROOT) -> bool:
    """Put the page in the warehouse unless it is there; say whether it was written.

    Needs the lock of the warehouse and the models built.

    Raises:
        SemaforoError: the page could not be made; what is published stands.
    """
    key = f"{_EDITION}-{parse_key(project, target)}"
    shown, noted = paths.dbt_docs / PAGE, paths.private / _KEY
    if shown.exists() and noted.exists() and noted.read_text(encoding="utf-8") == key:
        return False
    kept = project / "target" / "docs" / f"{key}.html"
    try:
        with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=paths.private) as folder:
            page = Path(folder) / PAGE
            if kept.exists():
                shutil.copyfile(kept, page)
            else:
                _make(paths, page, target, project)
                _keep(page, kept)
            paths.dbt_docs.mkdir(exist_ok=True)
            page.replace(shown)
        noted.write_text(key, encoding="utf-8")
    except (OSError, SemaforoError) as failure:
        why = disk_failure(str(failure)) or in_spanish(str(failure))
        raise SemaforoError(
            f"lo publicado en el almacén ya vale, pero falta la página de los modelos: {why}"
        ) from failure
    return True


def _make(paths: WarehousePaths, page: Path, target: str, project: Path) -> None:
    shown = about_the_project(parsed_manifest(paths, target=target, project=project))
    (page.parent / "manifest.json").write_text(
        # A text that ends the script it stands in would end the page.
        json.dumps(shown, default=str, ensure_ascii=False).replace("</", "<\\/"),
        encoding="utf-8",
    )
    made = write_docs_page(paths, page.parent, target=target, project=project)
    text = made.read_text(encoding="utf-8")
    for asked, instead in _MISSING_FILES.items():
        text = text.replace(asked, instead)
    page.write_text(text, encoding="utf-8")


def about_the_project(manifest: dict) -> dict:
    """Leave out of a manifest what is not about the tables of this project.

    That is dbt's own macros and texts, where the project stands, and unit tests with their rows.
    """
    ours = manifest["metadata"]["project_name"]
    shown = {
        name: macro for name, macro in manifest["macros"].items() if macro["package_name"] == ours
    }
    docs = {name: doc for name, doc in manifest["docs"].items() if doc["package_name"] == ours}
    nodes = {
        name: {field: value for field, value in node.items() if field != "root_path"}
        for name, node in manifest["nodes"].items()
    }
    links = {
        name: {
            node: [other for other in others if not other.startswith("unit_test.")]
            for node, others in manifest[name].items()
            if not node.startswith("unit_test.")
        }
        for name in ("parent_map", "child_map")
    }
    return manifest | {"macros": shown, "docs": docs, "nodes": nodes, "unit_tests": {}} | links


def _keep(page: Path, kept: Path) -> None:
    """Keep the page for the next warehouse, and only it; where nothing can be written, do not."""
    with contextlib.suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(f".{os.getpid()}")
        shutil.copyfile(page, fresh)
        fresh.replace(kept)
        for other in kept.parent.glob("*.html"):
            if other != kept:
                other.unlink(missing_ok=True)
