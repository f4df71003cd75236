"""Each metric of models/metricas, asked through MetricFlow, gives what the mart prints."""

import json
from collections import Counter

import pytest
from metric_queries import Metrics

PLAN = "entidad_id || '|' || plan_id"
CENTRE = "entidad_id || '|' || centro_costo_id"
AT_PRESENT = "join marts.dim_plan as p using (entidad_id, plan_id) where mes_corte = corte_vigente"

# Metrics, their groups, a condition, and the same figures straight from a mart.
QUESTIONS = {
    "plan_at_its_present_cut": (
        ["avance_fisico_pct", "programado_financiero", "ejecutado_financiero",
         "avance_financiero_pct"],
        ["plan"],
        f"select {PLAN}, avance_fisico_pct, programado_financiero, ejecutado_financiero, "
        f"avance_financiero_pct from marts.fct_avance_entidad {AT_PRESENT}",
    ),
    "plan_at_each_cut": (
        ["avance_fisico_por_corte_pct", "programado_anual_por_corte_pct",
         "ejecutado_anual_por_corte_pct"],
        ["plan", "metric_time__month"],
        f"select {PLAN}, make_timestamp(anio, mes_corte, 1, 0, 0, 0), avance_fisico_pct, "
        "programado_anual_pct, ejecutado_anual_pct from marts.fct_avance_entidad",
    ),
    "activities_by_colour": (
        ["actividades"],
        ["plan", "actividad_y_corte__semaforo_fisico"],
        f"select {PLAN}, color, cantidad from marts.rpt_semaforizacion {AT_PRESENT} "
        "and nivel = 'AO' and cantidad > 0",
    ),
    "units": (
        ["avance_unidad_pct"],
        ["plan", "centro"],
        f"select {PLAN}, {CENTRE}, avance_fisico_pct from marts.fct_avance_centro_costo "
        f"{AT_PRESENT} and alcance = 'propio'",
    ),
    "completeness": (
        ["registros_esperados", "registros_hechos", "registros_a_tiempo", "completitud_pct",
         "oportunidad_pct"],
        ["plan", "centro", "metric_time__month"],
        f"select {PLAN}, {CENTRE}, make_timestamp(anio, mes, 1, 0, 0, 0), esperadas, registradas, "
        "a_tiempo, completitud_pct, oportunidad_pct from marts.fct_completitud",
    ),
    "open_alerts_by_rule": (
        ["alertas_abiertas"],
        ["regla__titulo", "alerta__severidad"],
        "select titulo, a.severidad, count(*) from marts.fct_alerta as a "
        "join marts.dim_regla using (regla_id) where resuelta_en is null group by all",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def metrics(shipped_warehouse, tmp_path_factory):
    return Metrics(shipped_warehouse.published, tmp_path_factory.mktemp("dbt"))


def rounded(rows):
    """Rows as a bag; twelve digits, for 100·(a/b) and (100·a)/b are not the same double."""
    return Counter(
        tuple(f"{value:.12g}" if isinstance(value, float) else value for value in row)
        for row in rows
    )


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_metric_gives_what_the_mart_prints(question, metrics, shipped_warehouse):
    names, groups, sql = QUESTIONS[question]
    ours = shipped_warehouse.query(sql)
    found = metrics.ask(names, groups)
    if question == "activities_by_colour":
        # Activities without a colour are no line of the report.
        found = [row for row in found if row[1] is not None]
    for number in range(len(groups), len(groups) + len(names)):
        assert len({row[number] for row in ours}) > 1, f"{names} would pass on a constant"
    assert rounded(found) == rounded(ours)


def test_every_metric_is_asked_above(metrics):
    asked = {name for names, _, _ in QUESTIONS.values() for name in names}
    assert {metric.name for metric in metrics.manifest.metrics} == asked


def test_metrics_and_measures_name_what_exists(metrics, shipped_warehouse):
    """Measures are columns of published marts, each measure serves a metric and no other is."""
    manifest = json.loads(metrics.text)
    published = {
        tuple(row)
        for row in shipped_warehouse.query(
            "select table_name, column_name from duckdb_columns() where schema_name = 'marts'"
        )
    }
    measures = set()
    for model in manifest["semantic_models"]:
        table = model["node_relation"]["alias"]
        assert any(name == table for name, _ in published), table
        for measure in model["measures"]:
            measures.add(measure["name"])
            column = measure["expr"] or measure["name"]
            assert column == "1" or (table, column) in published, (table, column)
    used = {
        metric["type_params"]["measure"]["name"]
        for metric in manifest["metrics"]
        if metric["type_params"]["measure"]
    }
    assert used == measures


def test_labels_and_descriptions_are_given(metrics):
    for metric in metrics.manifest.metrics:
        assert metric.label, metric.name
        assert metric.description, metric.name
