"""What a critical finding stops: nothing is published, and the reason is told in a line.

Loading keeps such data out, so the tests put it into the warehouse behind the loader's back.
I02 would need bands with a gap, which every load refuses, and I03 and I04 watch over the models,
which no data breaks: int_calidad_integridad.yml tries them.
"""

import csv

import duckdb
import pytest
import small_plan

from orchestration.settings import SHIPPED_SEEDS

TAMPERING = {
    "I01 Filas huérfanas, metas_ejecutadas sin actividades: 1 fila": """
        insert into raw.metas_ejecutadas by name
        select * replace ('NADIE' as actividad_id) from raw.metas_ejecutadas
        where actividad_id = 'A1' and mes = 1
    """,
    "I05 Carga que no cuadra, metas_ejecutadas.csv: Se leyeron 12 filas, se cargaron 11": """
        update raw.carga set leidas = leidas + 1 where tabla = 'metas_ejecutadas'
    """,
}


@pytest.mark.parametrize("reason", TAMPERING)
def test_critical_finding_stops_the_publication(published, reason):
    before = published.contents()
    with duckdb.connect(str(published.root / "private" / "build.duckdb")) as connection:
        connection.execute(TAMPERING[reason])
    done = published.run("refresh", "--as-of", small_plan.AS_OF)
    assert done.returncode == 1
    assert reason in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert published.contents() == before


def test_institution_may_call_a_rule_critical(published, tmp_path):
    """Its own row of the catalog stands over the shipped one."""
    with (SHIPPED_SEEDS / "reglas_calidad.csv").open(encoding="utf-8", newline="") as file:
        rule = next(row for row in csv.DictReader(file) if row["regla_id"] == "S01")
    folder = small_plan.write_folder(
        tmp_path / "own", {"reglas_calidad": [rule | {"severidad": "critica"}]}
    )
    done = published.run("refresh", "--data", folder, "--as-of", small_plan.AS_OF)
    assert done.returncode == 1
    assert "S01 Mes vencido sin registro, A5: Sin registro de febrero" in " ".join(
        done.stderr.split()
    )


def test_rule_without_threshold_is_named(published, tmp_path):
    with (SHIPPED_SEEDS / "reglas_calidad.csv").open(encoding="utf-8", newline="") as file:
        rule = next(row for row in csv.DictReader(file) if row["regla_id"] == "S07")
    folder = small_plan.write_folder(
        tmp_path / "own", {"reglas_calidad": [rule | {"umbral": None}]}
    )
    done = published.run("refresh", "--data", folder, "--as-of", small_plan.AS_OF)
    assert done.returncode == 1
    assert "reglas_calidad: la regla S07 no tiene umbral" in " ".join(done.stderr.split())
