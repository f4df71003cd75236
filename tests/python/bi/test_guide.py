"""What docs/bi.md gives to paste runs on what was published, and answers."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.publishing.tables import BY_PLAN

_PROJECT = Path(__file__).parents[3]
GUIDE = (_PROJECT / "docs" / "bi.md").read_text(encoding="utf-8")
README = (_PROJECT / "README.md").read_text(encoding="utf-8")
QUESTIONS = [
    block for block in re.findall(r"```sql\n(.*?)```", GUIDE, re.DOTALL)
    if block.startswith("select")
]  # fmt: skip


@pytest.mark.parametrize("question", range(len(QUESTIONS)))
def test_a_question_of_the_guide_has_an_answer(question, shipped_warehouse):
    assert shipped_warehouse.query(QUESTIONS[question])


def test_the_lines_for_pandas_print_the_colours(shipped_warehouse):
    (lines,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", lines],
        cwd=shipped_warehouse.root.parent, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    assert "verde" in done.stdout
    assert "poi-2023" in done.stdout


def test_the_oldest_duckdb_that_reads_the_file_is_named(shipped_warehouse):
    # Numbers of formats and first readers: DuckDB's storage_info.cpp; 68 is that of 1.5.
    with shipped_warehouse.published.open("rb") as file:
        header = file.read(20)
    assert header[8:12] == b"DUCK"
    assert int.from_bytes(header[12:20], "little") == 68
    assert "## DuckDB (1.5 or later)" in GUIDE
    assert "with version number 68»" in GUIDE
    assert "a DuckDB file that 1.5 and later read" in README


def test_the_tables_with_a_file_a_year_are_named():
    (named,) = re.findall(r"The largest tables \(([^)]*)\)\s+have a file a year", GUIDE)
    assert re.findall(r"`(\w+)`", named) == sorted(BY_PLAN)


def test_every_analysis_is_counted():
    analyses = list((_PROJECT / "analyses").glob("*.sql"))
    assert len(analyses) == 11
    assert "Eleven questions" in GUIDE
