"""Empty CSVs for a plan of one's own: what is written, and that a plan grows from it."""

import csv
import re
import shlex

import small_plan
from forking import run_command

from orchestration.contract import contract
from orchestration.settings import PROJECT_ROOT

NEEDED = (
    "entidades",
    "planes",
    "centros_costo",
    "objetivos",
    "acciones",
    "actividades",
    "metas_programadas",
)


def test_a_plan_written_into_the_templates_is_published(warehouse, tmp_path):
    folder = tmp_path / "mi plan"
    done = run_command(["templates", str(folder)])
    assert (done.returncode, done.stderr) == (0, "")
    written = {path.stem: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert written == {
        name: ",".join(spec.column_names) + "\n" for name, spec in contract().items()
    }
    tables = small_plan.tables()
    tables["planes"] = [row | {"metodologia_id": "ceplan"} for row in tables["planes"]]
    for name in NEEDED:
        with (folder / f"{name}.csv").open("a", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, contract()[name].column_names).writerows(tables[name])
    checked = run_command(["check", str(folder)])
    assert checked.returncode == 0, checked.stdout
    warehouse.refresh("--data", folder, "--as-of", small_plan.AS_OF, "--no-dashboard")
    assert warehouse.query("select plan_id, corte_vigente from marts.dim_plan") == [("poi-2024", 3)]


def test_the_readme_goes_from_templates_to_a_first_refresh(tmp_path, monkeypatch):
    readme = (PROJECT_ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```\n(\.venv/bin/semaforo templates .*?)```", readme, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    for line in block.splitlines():
        _, name, *options = shlex.split(line, comments=True)
        if name == "refresh":
            break
        done = run_command([name, *options])
        assert (done.returncode, done.stderr) == (0, ""), line
    assert options == ["--data", "mi-carpeta", "--warehouse", "mi-almacen"]


def test_what_a_plan_needs_is_said_first_and_every_table_once(tmp_path):
    said = run_command(["templates", str(tmp_path / "x")]).stdout.splitlines()
    named = [line.split(".csv:")[0].strip() for line in said if ".csv:" in line]
    assert tuple(named[: len(NEEDED)]) == NEEDED
    assert sorted(named) == sorted(contract())


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "planes.csv").write_text("mío", encoding="utf-8")
    done = run_command(["templates", str(tmp_path)])
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"semaforo: {tmp_path} ya tiene planes.csv y no se reemplaza; indique otra carpeta\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["planes.csv"]
