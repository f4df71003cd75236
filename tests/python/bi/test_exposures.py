"""The exposures name the marts that the code behind them reads, all and no other."""

import re
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).parents[3]
MARTS = {path.stem for path in (PROJECT / "models" / "marts").rglob("*.sql")}
CODE = {"informes": "reports", "tablero": "dashboard", "alertas": "alerts"}
EXPOSURES = {
    exposure["name"]: exposure
    for exposure in yaml.safe_load(
        (PROJECT / "models" / "exposures.yml").read_text(encoding="utf-8")
    )["exposures"]
}


def marts_read(package: Path) -> set[str]:
    """Names of marts in the SQL of a package: written in full, or given to a table's reader."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(package.rglob("*.py")))
    return {mart for mart in MARTS if re.search(rf"\bmarts\.{mart}\b|[\"']{mart}[\"']", text)}


@pytest.mark.parametrize("name", sorted(EXPOSURES))
def test_an_exposure_depends_on_what_its_code_reads(name):
    found = marts_read(PROJECT / "orchestration" / CODE[name])
    declared = {re.search(r"'(\w+)'", ref)[1] for ref in EXPOSURES[name]["depends_on"]}
    assert found == declared


def test_every_reader_of_marts_has_its_exposure():
    readers = {
        name for name, folder in CODE.items() if (PROJECT / "orchestration" / folder).is_dir()
    }
    assert readers == set(EXPOSURES)
