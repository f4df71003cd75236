"""Report → import → the contract rows it was made from → the same figures.

The shipped example workbooks are the follow-up reports of two shipped plans.
"""

import csv
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import small_plan
from warehouses import Warehouse

from orchestration.contract import contract
from orchestration.settings import PROJECT_ROOT, SHIPPED_SEEDS

EXAMPLES = PROJECT_ROOT / "examples"
SEMAFORO = Path(sys.executable).parent / "semaforo"
DEADLINE_BYTES = 300_000

# Columns of the contract that the layout has no place for.
NOT_CARRIED = {
    "planes": {"documento"},
    "centros_costo": {"centro_padre_id", "correo"},
    "objetivos": {"ponderacion"},
    "acciones": {"ponderacion"},
    "actividades": {"ponderacion", "mes_inicio", "mes_fin"},
    "resultados_reportados": {"n_actividades"},
}
# Tables that an import writes; the layout has no place for any other.
WRITTEN = (
    "entidades",
    "planes",
    "centros_costo",
    "objetivos",
    "acciones",
    "actividades",
    "metas_programadas",
    "metas_ejecutadas",
    "resultados_reportados",
)


@dataclass(frozen=True)
class Example:
    file: str
    entity: str
    name: str
    cut: int
    options: tuple[str, ...]

    @property
    def path(self) -> Path:
        return EXAMPLES / self.file


MONTHLY = Example(
    "reporte-seguimiento-mensual.xlsx", "301264", "Municipalidad de La Victoria", 6, ()
)
QUARTERLY = Example(
    "reporte-seguimiento-trimestral.xlsx",
    "zed-ilo",
    "Zona Especial de Desarrollo Ilo – ZED ILO",
    12,
    (
        "--metodologia", "zed-ilo", "--nivel-gobierno", "regional",
        "--centros", str(SHIPPED_SEEDS / "centros_costo.csv"),
    ),
)  # fmt: skip


def run_import(example: Example, out: Path) -> str:
    done = subprocess.run(
        [
            SEMAFORO, "import", "reporte-seguimiento", example.path, "--entidad", example.entity,
            "--plan", "poi-2023", "--anio", "2023", "--out", out,
            "--nombre-entidad", example.name, *example.options,
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module", params=[MONTHLY, QUARTERLY], ids=["monthly", "quarterly"])
def imported(request, tmp_path_factory):
    out = tmp_path_factory.mktemp("import") / "out"
    return request.param, out, run_import(request.param, out)


def rows_of(folder: Path, table: str, entity: str) -> dict[tuple, dict]:
    """Rows of the plan by key, decimals as numbers: 0 and 0.00 are one figure."""
    spec = contract()[table]
    numbers = {column.name for column in spec.columns if column.kind in {"decimal", "entero"}}
    path = folder / f"{table}.csv"
    if not path.exists():
        return {}
    used = {row["centro_costo_id"] for row in read(folder / "actividades.csv")}
    found = {}
    for row in read(path):
        if row["entidad_id"] != entity or row.get("plan_id", "poi-2023") != "poi-2023":
            continue
        if table == "centros_costo" and row["centro_costo_id"] not in used:
            continue
        values = {
            column: Decimal(value) if column in numbers and value else value
            for column, value in row.items()
            if column not in NOT_CARRIED.get(table, set())
        }
        found[tuple(row[column] for column in spec.key)] = values
    return found


def read(path: Path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("table", WRITTEN)
def test_the_import_gives_the_rows_of_the_seeds(imported, table):
    example, out, _ = imported
    expected = rows_of(SHIPPED_SEEDS, table, example.entity)
    found = rows_of(out, table, example.entity)
    unknown_money = []
    if table == "resultados_reportados":
        # Money that the source leaves unknown counts 0 in the marts, and the report prints 0.
        for key, row in expected.items():
            if row["ejecutado_financiero"] == "":
                unknown_money.append(key)
                assert found[key]["ejecutado_financiero"] == 0
                row["ejecutado_financiero"] = found[key]["ejecutado_financiero"]
    assert found == expected
    if (table, example) == ("resultados_reportados", MONTHLY):
        # The count that the source's own totals prove: 71 AO of eight AEI.
        assert len(unknown_money) == 71
        assert len(found) == 137


def test_no_other_table_is_written(imported):
    _, out, _ = imported
    written = {path.stem for path in out.glob("*.csv")}
    assert written <= set(WRITTEN)
    assert written >= set(WRITTEN) - {"resultados_reportados"}


def test_the_report_adds_up(imported):
    _, _, said = imported
    assert "Todos los totales del reporte cuadran con sus filas." in said


def test_the_example_is_what_the_report_command_writes(imported, closed_warehouse, tmp_path):
    example, _, _ = imported
    target = tmp_path / "again.xlsx"
    done = closed_warehouse.run(
        "report", "seguimiento", "--entidad", example.entity, "--plan", "poi-2023",
        "--corte", example.cut, "--out", target,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert cells(target) == cells(example.path)
    assert example.path.stat().st_size < DEADLINE_BYTES


def cells(path: Path) -> list[list[tuple]]:
    (sheet,) = openpyxl.load_workbook(path).worksheets
    return [[(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows()]


@pytest.fixture(scope="module")
def from_imports(closed_warehouse, tmp_path_factory):
    """A warehouse fed with what the two examples gave, as of the same day."""
    folder = tmp_path_factory.mktemp("fed")
    warehouse = type(closed_warehouse)(folder / "warehouse")
    for number, example in enumerate((MONTHLY, QUARTERLY)):
        out = folder / str(number)
        run_import(example, out)
        warehouse.refresh("--data", out, "--as-of", "2024-08-15")
    return warehouse


FIGURES = {
    "fct_avance_actividad": "actividad_id, centro_costo_id, aei_id, oei_id",
    "fct_avance_accion": "aei_id, oei_id, n_actividades, n_sp, n_si, n_rojo, n_amarillo, n_verde",
    "fct_avance_objetivo": "oei_id, n_actividades, n_sp, n_si, n_rojo, n_amarillo, n_verde",
    "fct_avance_entidad": "n_actividades, n_sp, n_si, mediana_actividades_pct",
}
COMMON = (
    "entidad_id, plan_id, mes_corte, avance_fisico_pct, estado, origen, semaforo_fisico, "
    "programado_financiero, ejecutado_financiero, avance_financiero_pct, programado_anual_pct, "
    "ejecutado_anual_pct"
)


@pytest.mark.slow
@pytest.mark.parametrize("mart", FIGURES)
def test_a_refresh_from_the_imports_gives_the_same_figures(from_imports, closed_warehouse, mart):
    query = (
        f"select {COMMON}, {FIGURES[mart]} from marts.{mart} "
        "where entidad_id in ('301264', 'zed-ilo') order by all"
    )
    expected = closed_warehouse.query(query)
    assert expected
    assert from_imports.query(query) == expected


@pytest.mark.slow
def test_nothing_of_the_imports_is_quarantined(from_imports):
    assert from_imports.query("select * from marts.cuarentena") == []


# The codes of the small plan, written as offices write them; their numbers are not CEPLAN's.
CODES = {"A1": "AO001", "A2": "AO-1", "A3": "1.2.3", "A4": "AO.4", "A5": "ACT/5"}


@pytest.fixture(scope="module")
def coded(tmp_path_factory):
    """The small plan with codes of its own, and what its own report gives when it is imported."""
    root = tmp_path_factory.mktemp("coded")
    tables = {
        name: [
            row | {"actividad_id": CODES[row["actividad_id"]]} if "actividad_id" in row else row
            for row in rows
        ]
        for name, rows in small_plan.tables().items()
    }
    folder = small_plan.write_folder(root / "plan", tables)
    warehouse = Warehouse(root / "warehouse")
    warehouse.refresh("--data", folder, "--as-of", small_plan.AS_OF)
    report = warehouse.run(
        "report", "seguimiento", "--entidad", "muni", "--plan", "poi-2024", "--out", root / "r.xlsx"
    )
    assert report.returncode == 0, report.stderr
    done = subprocess.run(
        [
            SEMAFORO, "import", "reporte-seguimiento", root / "r.xlsx", "--entidad", "muni",
            "--plan", "poi-2024", "--anio", "2024", "--out", root / "imported",
            "--metodologia", "regla-chica", "--catalogos", folder,
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder, root / "imported", done.stdout


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("objetivos", ["oei_id"]),
        ("acciones", ["aei_id", "oei_id"]),
        ("actividades", ["actividad_id", "aei_id"]),
        ("metas_programadas", ["actividad_id", "mes", "meta_fisica"]),
    ],
)
def test_codes_stay_as_a_plan_writes_them(coded, table, columns):
    folder, imported, _ = coded
    expected, found = (
        sorted([row[column] for column in columns] for row in read(path / f"{table}.csv"))
        for path in (folder, imported)
    )
    assert found == expected


def test_totals_of_a_plan_with_its_own_codes_are_checked(coded):
    assert "Todos los totales del reporte cuadran con sus filas." in coded[2]
