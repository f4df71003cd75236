"""The figures of the back-test in docs/foresight.md: made again, on real and on generated plans."""

import re
from pathlib import Path

import pytest
from generated_plans import WAYS, plan_tables, write_folder
from warehouses import Warehouse, half_up

DOCUMENT = Path(__file__).parents[3] / "docs" / "foresight.md"
SEED = 23
MONTHS = {"March": 3, "June": 6, "September": 9}
PLANS = {
    "La Victoria 2023, first semester": "301264",
    "ZED ILO 2023": "zed-ilo",
    **{f"generated, `{way}`": f"gen-{way}" for way in WAYS},
}
LEVELS = {"entity": "ENTIDAD"}


def documented(head: str) -> list[list[str]]:
    """Cells of the table whose head starts like that, without the marks of the best forecast."""
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(head))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            return rows
        rows.append([cell.strip().replace("*", "") for cell in line.strip("|").split("|")])
    return rows


@pytest.fixture(scope="module")
def generated(tmp_path_factory) -> Warehouse:
    """Two closed years of three entities, of a seed that no parameter was chosen on."""
    root = tmp_path_factory.mktemp("backtest")
    plans = [plan_tables(way=way, years=(2022, 2023), seed=SEED) for way in WAYS]
    warehouse = Warehouse(root / "warehouse")
    warehouse.refresh("--data", write_folder(root / "data", *plans), "--as-of", "2024-02-15")
    return warehouse


@pytest.fixture(scope="module")
def both(shipped_warehouse, generated) -> dict[str, Warehouse]:
    return {"real": shipped_warehouse, "generated": generated}


def differing(cells: list[str], figures: list[float]) -> list[tuple]:
    """Cells that are not the figure, rounded to as many decimals as the cell has."""
    numbers = [cell.removesuffix(" %") for cell in cells]
    return [
        (number, figure)
        for number, figure in zip(numbers, figures, strict=True)
        if number != str(half_up(float(figure), len(number.partition(".")[2])))
    ]


def test_each_plan_and_corte_is_as_documented(both):
    found = {}
    for warehouse in both.values():
        for entity, month, *figures in warehouse.query("""
            select entidad_id, mes_corte, n_elementos, error_proyeccion_pct,
                error_ritmo_lineal_pct, error_ultimo_avance_pct, cobertura_pct, n_rojo,
                n_rojo_esperado, n_sin_avance, error_sin_avance_pct
            from marts.rpt_proyeccion_contraste where nivel = 'AO'
        """):
            found[entity, month] = figures
    rows = documented("| plan | corte |")
    assert {(PLANS[row[0]], MONTHS[row[1]]) for row in rows} == set(found)
    for plan, corte, *cells in rows:
        assert differing(cells, found[PLANS[plan], MONTHS[corte]]) == [], (plan, corte)


def test_each_level_is_as_documented(both):
    found = {}
    for kind, warehouse in both.items():
        for level, *figures in warehouse.query("""
            select nivel, sum(n_elementos),
                sum(n_elementos * error_proyeccion_pct) / sum(n_elementos),
                sum(n_elementos * error_ritmo_lineal_pct) / sum(n_elementos),
                sum(n_elementos * error_ultimo_avance_pct) / sum(n_elementos),
                sum((n_elementos + n_sin_avance) * cobertura_pct)
                    / sum(n_elementos + n_sin_avance)
            from marts.rpt_proyeccion_contraste group by nivel
        """):
            found[kind, level] = figures
    rows = documented("| | level |")
    assert len(rows) == 9
    for kind, level, *cells in rows:
        assert differing(cells, found[kind, LEVELS.get(level, level)]) == [], (kind, level)


@pytest.mark.parametrize("kind", ["real", "generated"])
def test_the_projection_is_nearer_than_both_naive_forecasts(both, kind):
    ((ours, linear, last),) = both[kind].query("""
        select
            sum(n_elementos * error_proyeccion_pct) / sum(n_elementos),
            sum(n_elementos * error_ritmo_lineal_pct) / sum(n_elementos),
            sum(n_elementos * error_ultimo_avance_pct) / sum(n_elementos)
        from marts.rpt_proyeccion_contraste where nivel = 'AO'
    """)
    assert ours < 0.8 * min(linear, last)


def test_closed_years_are_not_projected(generated):
    assert generated.query("select count(*) from marts.fct_proyeccion") == [(0,)]
    assert generated.query("select distinct anio from marts.rpt_proyeccion_contraste") == [(2023,)]


def test_the_document_names_its_seed():
    text = DOCUMENT.read_text(encoding="utf-8")
    assert re.search(rf"seed {SEED}\b", text)
