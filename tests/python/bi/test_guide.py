"""What docs/bi.md gives to paste runs on what was published, and answers."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.publishing.tables import BY_PLAN

GUIDE = (Path(__file__).parents[3] / "docs" / "bi.md").read_text(encoding="utf-8")
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


def test_the_tables_with_a_file_a_year_are_named():
    (named,) = re.findall(r"The largest tables \(([^)]*)\)\s+have a file a year", GUIDE)
    assert re.findall(r"`(\w+)`", named) == sorted(BY_PLAN)


def test_every_analysis_is_counted():
    analyses = list((Path(__file__).parents[3] / "analyses").glob("*.sql"))
    assert len(analyses) == 11
    assert "Eleven questions" in GUIDE
